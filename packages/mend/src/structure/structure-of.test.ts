import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mend } from '../mend.ts';
import { simulate } from '../simulate.ts';
import { toBytes } from '../utf8.ts';
import { structureOf } from './structure-of.ts';

const paragraphs = [
  '为做好荷花节期间的交通安排，市交通运输局会同有关部门制定了本方案，现予公布。',
  '6月18日至20日，环湖路全线禁止机动车通行，公交12路、15路延长至南门码头。',
  '市民可拨打<strong>12345</strong>热线咨询，也可到各街道便民服务点领取纸质地图。',
];

const labelled = `<html><head><meta charset="utf-8"><title>荷花节期间交通安排的通告 - 临江市人民政府</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/xw/">新闻中心</a> <a href="/gk/">信息公开</a></div>
<div class="pos">当前位置：<a href="/">首页</a>&gt;&gt;<a href="/gk/">信息公开</a>&gt;&gt;<a href="/gk/tz/">通知公告</a>&gt;&gt;正文</div>
<h1>荷花节期间交通安排的通告</h1>
<div class="info">发布日期：2026-06-01 09:30　来源：市交通运输局　作者：周启明　浏览次数：1024</div>
<div class="zw" style="font-size:16px">${paragraphs.map((words) => `<p class="MsoNormal" style="text-indent:2em">${words}</p>`).join('\n')}
<table><caption>停车场</caption><tr><th>名称</th><th>车位</th></tr><tr><td>南门</td><td>300</td></tr></table>
<p><img src="/images/map.png" alt="环湖路示意图"></p><p>附件：<a href="/files/map.pdf">交通组织图.pdf</a></p></div>
<div class="foot">【打印本页】【关闭窗口】</div><div>主办：临江市人民政府办公室　网站标识码：3299000001</div></body></html>`;

const structured = (html: string) => structureOf(mend({ name: 'page.html', bytes: toBytes(html) }));

describe('structureOf', () => {
  test('structureOf reads metadata by the page’s own labels', () => {
    assert.deepEqual(structured(labelled).metadata, {
      title: '荷花节期间交通安排的通告',
      date: '2026-06-01',
      time: '09:30',
      source: '市交通运输局',
      author: '周启明',
      hits: 1024,
      breadcrumb: ['首页', '信息公开', '通知公告', '正文'],
      channel: '通知公告',
    });
  });

  test('structureOf takes a letter and its answer for the body, without the facts between them', () => {
    const page = `<html><body><table><tr><td><a href="#">我要写信</a></td><td><a href="#">信件查询</a></td></tr></table>
<table><tr><th>来信主题</th><td>环湖路何时恢复通行</td></tr><tr><th>来信日期</th><td>2026-06-18 14:40</td></tr>
<tr><th>来信内容：</th><td>荷花节期间环湖路禁行，请问何时恢复？</td></tr><tr><th>答复单位</th><td>市交通运输局</td></tr>
<tr><th>答复内容：</th><td><p>您好，6月20日夜间布展结束后恢复通行。</p><p>感谢您的关心。</p></td></tr></table>
<div>临江市信访局 版权所有</div></body></html>`;
    assert.equal(
      structured(page).text,
      '荷花节期间环湖路禁行，请问何时恢复？\n您好，6月20日夜间布展结束后恢复通行。\n感谢您的关心。',
    );
  });

  test('structureOf ends the body at a line of furniture whose last character is a gap', () => {
    const page = `<html><body><h2>荷花节安排</h2><div>发布日期：2026-06-01</div><div>${paragraphs[0] ?? ''}</div>
<div>${paragraphs[1] ?? ''}</div><p>上一\ufffd<a href="1.html">关于做好防汛工作的通知</a></p><p>下一篆<a href="2.html">没有了</a></p></body></html>`;
    assert.equal(structured(page).text, paragraphs.slice(0, 2).join('\n'));
  });

  test('structureOf gives the body clean, with what was taken away told', () => {
    const { body, text, removed } = structured(labelled);
    assert.match(body ?? '', /^<p>为做好荷花节期间的交通安排/);
    assert.match(body ?? '', /<strong>12345<\/strong>/);
    assert.doesNotMatch(body ?? '', /style|class|MsoNormal|打印本页|主办/);
    assert.ok(text.startsWith('为做好荷花节期间的交通安排'));
    assert.ok(removed.length > 0);
  });

  test('structureOf lists files, pictures and tables of the body', () => {
    const { attachments, pictures, tables } = structured(labelled);
    assert.deepEqual(attachments, [{ name: '交通组织图.pdf', address: '/files/map.pdf' }]);
    assert.deepEqual(pictures, [{ address: '/images/map.png', alt: '环湖路示意图' }]);
    assert.deepEqual(tables, [
      {
        caption: '停车场',
        rows: [
          ['名称', '车位'],
          ['南门', '300'],
        ],
      },
    ]);
  });

  test('structureOf keeps links and pictures of the body, in full where the page says its address', () => {
    const { body } = structured(labelled);
    assert.match(body ?? '', /<img src="\/images\/map\.png" alt="环湖路示意图">/);
    assert.match(body ?? '', /<a href="\/files\/map\.pdf">/);
    const placed = labelled.replace('</head>', '<link rel="canonical" href="http://a.example/gk/1.html"></head>');
    assert.match(structured(placed).body ?? '', /<img src="http:\/\/a\.example\/images\/map\.png"/);
    const hostile = structured(
      labelled.replace('/images/map.png', 'javascript:alert(1)').replace('/files/map.pdf', 'data:text/html,x.pdf'),
    );
    assert.doesNotMatch(hostile.body ?? '', /javascript:|data:/);
  });

  test('structureOf finds the same of a damaged page, gaps as 〓', () => {
    const whole = structured(labelled);
    const hurt = structureOf(mend({ name: 'page.html', bytes: simulate(toBytes(labelled)) }));
    assert.equal(hurt.metadata.date, whole.metadata.date);
    const pattern = (hurt.metadata.title ?? '').replaceAll('〓', '..?');
    assert.match(whole.metadata.title ?? '', new RegExp(`^${pattern}$`));
    assert.equal(hurt.text.split('\n').length, whole.text.split('\n').length);
    assert.doesNotMatch(hurt.text, /\/p>|br \/>/);
  });

  test('structureOf says null for what a page does not state, and gives all its words where it has no body', () => {
    const { metadata, body, text } = structured('<p>临江</p>');
    assert.deepEqual([metadata.date, metadata.hits, metadata.channel], [null, null, null]);
    assert.ok(body === null || body.includes('临江'));
    assert.match(text, /临江/);
  });

  test('structureOf leaves a bare date under the title out of the body', () => {
    const page = `<article><h1>关于开展绿道巡查的通知</h1><time>2026-05-02</time>${paragraphs.map((words) => `<p>${words}</p>`).join('')}</article>`;
    assert.ok(structured(page).text.startsWith('为做好'));
  });

  test('structureOf leaves footers without labels and lists of other pages out, by their element or their shape', () => {
    const body = `<div class="txt">${paragraphs.map((words) => `<p>${words}</p>`).join('')}</div>`;
    const list = Array.from(
      { length: 20 },
      (_, i) => `<li><a href="${i}.html">关于第${i}号绿道巡查结果的通报</a><span>2026-05-0${i % 10}</span></li>`,
    ).join('');
    const disclaimer =
      '本网站所有内容均由临江市水务局提供，未经许可不得转载、摘编；如需使用请注明出处，违者依法追究责任。';
    const head = '<h1>荷花节通告</h1><div>发布日期：2026-06-01</div>';
    for (const round of [
      `${head}${body}<aside><h3>通知公告</h3><ul>${list}</ul></aside><footer><p>${disclaimer}</p></footer>`,
      `${head}<div>${body.replace('</div>', '')}<p>最新动态</p><ul>${list}</ul></div></div><div class="m-footer">${disclaimer}</div>`,
      `<div class="nav"><a href="/">首页</a></div><div class="tit">荷花节通告</div>${body}<div class="box">${list}</div><div>临江市水务局版权所有　互联网新闻信息服务许可证3212018001</div>`,
    ]) {
      const page = `<html><head><title>荷花节通告_临江市水务局</title></head><body>${round}</body></html>`;
      const { text, metadata } = structured(page);
      assert.deepEqual([metadata.title, text.split('\n').length], ['荷花节通告', paragraphs.length], text);
      assert.ok(text.startsWith('为做好') && text.endsWith('纸质地图。'), text);
    }
  });

  test('structureOf leaves a footer out that says more than the body', () => {
    const sentence = '城北水厂将于周末检修，请沿线居民提前储水。';
    const words =
      '<p>主办：临江市水务局　承办：临江市信息中心　地址：临江市望江路1号　邮编：990000</p><p>本网站由临江市水务局负责维护，为保证浏览效果，建议使用1024×768以上分辨率浏览本站。</p><p>技术支持：临江市信息中心　网站标识码：9901000002</p>';
    const head = '<h1>检修公告</h1><div>发布时间：2026-03-04　来源：市水务局</div>';
    for (const foot of [`<footer>${words}</footer>`, `<div class="page-footer">${words}</div>`, `<div>${words}</div>`])
      for (const body of [`<div><p>${sentence}</p></div>`, `<pre>${sentence}</pre>`])
        assert.equal(structured(`${head}${body}${foot}`).text, sentence);
  });

  test('structureOf keeps facts and sentences of a notice that begin like labels', () => {
    const lines = [
      '各有关单位：',
      '时间：6月1日上午9时',
      '地点：市民中心三楼会议室',
      '请准时参加，不得缺席，如有特殊情况请提前请假。',
      '扫描二维码填写回执，截止时间为5月30日下午5时。',
      '责任编辑和记者一律凭证件入场，其余人员谢绝入内。',
      '市政府办公室',
      '2026年3月4日',
    ];
    const page = `<h1>关于召开座谈会的通知</h1><div>发布时间：2026-03-04　来源：市政府办</div><div>${lines.map((line) => `<p>${line}</p>`).join('')}</div><div>附件：<a href="/a/1.doc">回执</a></div><div>扫一扫在手机打开当前页</div>`;
    const { text, attachments, metadata } = structured(page);
    assert.deepEqual(text.split('\n'), lines);
    assert.deepEqual(attachments, [{ name: '回执', address: '/a/1.doc' }]);
    assert.equal(metadata.source, '市政府办');
  });

  test('structureOf keeps what stands beside one long paragraph', () => {
    const long = (paragraphs[0] ?? '').repeat(8);
    const page = `<h1>荷花节通告</h1><div>发布日期：2026-06-01</div><div><p>${long}</p><p>见<a href="b.html">水价公示</a></p><p>附件：<a href="1.pdf">图.pdf</a></p></div>`;
    assert.equal(structured(page).text, `${long}\n见水价公示\n附件：图.pdf`);
  });

  test('structureOf reads titles in two lines, ways in cells, large numbers and dates in characters', () => {
    const page = `<html><head><title>关于表彰先进集体和先进个人的决定_临江市</title></head><body><table><tr><td>当前位置：</td><td><a href="/">首页</a></td><td>&gt;&gt;</td><td><a href="/gg/">通知公告</a></td></tr></table><div class="t">关于表彰先进集体<br>和先进个人的决定</div><div>发布时间：二〇二六年三月十四日　作者：周启明 何田　浏览：12,345</div><div>${paragraphs.map((words) => `<p>${words}</p>`).join('')}</div><div>临江市人社局 版权所有</div></body></html>`;
    assert.deepEqual(structured(page).metadata, {
      title: '关于表彰先进集体和先进个人的决定',
      date: '2026-03-14',
      time: null,
      source: '临江市人社局',
      author: '周启明 何田',
      hits: 12345,
      breadcrumb: ['首页', '通知公告'],
      channel: '通知公告',
    });
    assert.equal(structured(page.replace('12,345', '1.2万')).metadata.hits, 12_000);
  });

  test('structureOf never throws, and its body is clean, whatever markup it is given', () => {
    const scraps = fc.constantFrom(
      ...[
        '<div>',
        '</div>',
        '<p>',
        '<table><tr><td>',
        '</table>',
        '<ul><li>',
        '<h1>',
        '</h1>',
        '<br>',
        '<a href="',
        '">',
        '</a>',
      ],
      ...[
        '<script>',
        '</script>',
        '<style>',
        '<!--',
        '-->',
        '<svg><a href="javascript:x">',
        '<img src="a.png" onerror="x">',
      ],
      ...[
        '发布日期：2026-06-01',
        '来源：市水务局',
        '当前位置：首页>>新闻>>正文',
        '浏览次数：12',
        '附件：',
        '责任编辑：',
        '版权所有',
      ],
      ...['\ufdd0', '\ufffd', '\u0000', '&#0;', '&lt;', '<title>', '〓', ...paragraphs, ' class="footer" '],
    );
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 40 }), (parts) => {
        const { body, text } = structured(parts.join(''));
        assert.equal(typeof text, 'string');
        assert.doesNotMatch(body ?? '', /<script|<style|<svg|onerror|javascript:|\ufdd0/);
      }),
      { numRuns: 100 },
    );
  });

  test('structureOf survives elements sixty thousand deep', () => {
    const deep = '<div>'.repeat(60_000) + paragraphs[0] + '</div>'.repeat(60_000);
    assert.match(structured(deep).text, /荷花节/);
  });
});

test('structureOf tells title and text of the shortest of pages apart', () => {
  const html = '<html><title>临江市公告</title><body><p>本市自五月一日起施行新规，请市民留意。</p></body></html>';
  const { metadata, text } = structureOf(mend({ name: 'short.html', bytes: new TextEncoder().encode(html) }));
  assert.equal(metadata.title, '临江市公告');
  assert.equal(text, '本市自五月一日起施行新规，请市民留意。');
});

const framed = (about: string, body: string, below: string): string =>
  `<html><head><title>荷花节期间交通安排的通告</title></head><body><h1>荷花节期间交通安排的通告</h1>${about}${body}${below}</body></html>`;
const textOfPage = (html: string): string => structured(html).text;

test('structureOf: a line with a date and a time below the title is not the body', () => {
  const body = `<div class="con">${paragraphs.map((words) => `<p>${words}</p>`).join('')}</div>`;
  const page = framed('<div>2026-06-01 09:43:45　来源: 临江晚报 举报</div>', body, '<p>分享到</p>');
  assert.match(textOfPage(page), /^为做好荷花节/);
  const phone = framed(
    '<div>临江发布 6月1日 13:05 发布于江苏</div>',
    body,
    '<div>来源｜临江晚报　记者｜周启明</div><div>点赞 196　收藏　转发</div>',
  );
  assert.match(textOfPage(phone), /^为做好荷花节/);
  assert.match(textOfPage(phone), /地图。$/);
});

test('structureOf: an address and a signature in elements of their own belong to the letter', () => {
  const body = `<div>王女士您好，现答复如下：</div><div>${paragraphs.join('<br>')}</div><div>临江市交通运输局<br>2026年6月3日</div>`;
  const text = textOfPage(framed('', body, '<div>满意 不满意</div>'));
  assert.match(text, /^王女士您好/);
  assert.match(text, /2026年6月3日$/);
});

test('structureOf: who publishes the page, below a rule, is not its body', () => {
  const body = paragraphs.map((words) => `<p>${words}</p>`).join('');
  assert.match(textOfPage(framed('', body, '<hr><p>本局地址： 临江市环湖路8号 邮政编码： 213000</p>')), /地图。$/);
});

const words = (some: readonly string[]): string[] => some.map((one) => one.replace(/<[^>]*>/g, ''));

test('structureOf: a table of data right behind the words belongs to them, a table of links does not', () => {
  const page = (table: string): string =>
    `<html><head><title>荷花节停车安排</title></head><body><h1>荷花节停车安排</h1><div>发布时间：2026-06-01</div><div class="text">${paragraphs.map((one) => `<p>${one}</p>`).join('')}</div>${table}<div class="copy">临江市交通运输局 复核：简宁</div></body></html>`;
  const data = page('<table><tr><th>停车场</th><th>车位</th></tr><tr><td>南门</td><td>300</td></tr></table>');
  assert.deepEqual(structured(data).text.split(/\s+/).slice(-4), ['停车场', '车位', '南门', '300']);
  const links = page(
    '<table><tr><td><a href="/1">要闻</a></td><td><a href="/2">通知</a></td></tr><tr><td><a href="/3">政策</a></td><td><a href="/4">公示</a></td></tr></table>',
  );
  assert.deepEqual(structured(links).text.split('\n'), words(paragraphs));
});

test('structureOf: a letter in a table, answered below it, is part of the body', () => {
  const page = `<html><body><table><tr><td>编 号</td><td>QZ2026118</td></tr><tr><td>来信人</td><td>许女士</td></tr><tr><td>标 题</td><td>环湖路何时通行</td></tr><tr><td>来信时间</td><td>2026年6月18日</td></tr><tr><td>内 容</td><td>荷花节期间环湖路禁行，请问什么时候恢复，老人看病要绕行。</td></tr></table>
<div><b>回复：</b>${paragraphs.map((one) => `<p>${one}</p>`).join('')}</div></body></html>`;
  const { text } = structured(page);
  assert.match(text, /请问什么时候恢复，老人看病要绕行。/);
  assert.ok(text.endsWith(words(paragraphs).join('\n')));
});

test('structureOf: labels of disclosure and who told a story to whom are about the page, its menu is not its text', () => {
  const body = paragraphs.map((one) => `<p>${one}</p>`).join('');
  for (const about of [
    '索引号：LX-263-28　　主题分类：综合交通',
    '口述／邱满仓 整理／阿宽 2026.06.01',
    '2026/06/01 · 阅读 804',
  ])
    assert.deepEqual(
      structured(
        `<html><body><h1>荷花节停车安排</h1><div>${about}</div>${body}<p>转载请先打声招呼</p></body></html>`,
      ).text.split('\n'),
      words(paragraphs),
      about,
    );
  const menu = `<html><head><title>柳溪旧事</title></head><body><a href=1.htm>封面</a>　<a href=2.htm>卷首</a><h3>荷花节停车安排</h3>${body}</body></html>`;
  assert.deepEqual(structured(menu).text.split('\n'), words(paragraphs));
  assert.equal(structured(menu).metadata.title, '荷花节停车安排');
});

test('structureOf: a heading within the text that says the end of a hurt title is not the title', () => {
  const [first = '', second = '', third = ''] = words(paragraphs);
  const page = `<html><head><title>荷花节出行指南 停车：南门开放三百个车位</title></head><body><h1>荷花节出\ufffd指南 停车：南门开放三百个车位</h1><div>发布日期：2026-06-01</div><p>${first}</p><p>停车：南门开放三百个车位</p><p>${second}</p><p>${third}</p></body></html>`;
  assert.deepEqual(structured(page).text.split('\n'), [first, '停车：南门开放三百个车位', second, third]);
});
