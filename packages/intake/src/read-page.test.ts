import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { gapMarkup, isCleanBody, sanitise, textOf } from '@chengmen/html';
import { simulate } from '@chengmen/mend';
import { ChengmenError, kinds, sha256, type ErrorCode } from '@chengmen/model';
import fc from 'fast-check';
import { readPage, unknownDate } from './read-page.ts';
import type { Intake, PageToRead } from './types.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (page: string | Uint8Array, more: Partial<PageToRead> = {}): Intake =>
  readPage({ name: 'page.html', bytes: typeof page === 'string' ? bytesOf(page) : page, channel: 'restored', ...more });
const refusedWith = (code: ErrorCode) => (error: unknown) => error instanceof ChengmenError && error.code === code;

const page = `<html><head><title>青渡港开港_临江市人民政府</title></head><body>
<div class="nav"><a href="/a/">走进临江</a> <a href="/b/">新闻中心</a> <a href="/c/">数据开放</a></div>
<div>当前位置：<a href="/">首页</a> &gt;&gt; <a href="/b/">新闻中心</a> &gt;&gt; 正文</div>
<h1>青渡港开港</h1>
<table><tr><td>发布日期：2021-03-12 08:30 来源：青渡区人民政府 作者：田苗 浏览次数：<span>12</span> 字号：〖<a href="javascript:fontZoom(18)">大</a><a href="javascript:fontZoom(14)">小</a>〗</td></tr></table>
<div class="content" id="zoom">
<p>
	　　青渡港3号泊位昨日开港，首艘货轮靠泊卸货。<br />
　　泊位长320米，可停靠万吨货轮。
</p>
<p>
	　　今年计划吞吐量<span id="__kindeditor_bookmark_start_0__" style="display:none;"></span>120万吨。
</p>
</div>
<div><a href="#">【返回顶部】</a><a href="#">【打印此页】</a></div>
<div><a href="#">联系我们</a> | <a href="#">网站地图</a></div>
<div>主办：临江市人民政府办公室　版权所有：临江市人民政府</div>
</body></html>`;

test('readPage: title, time, source, author, breadcrumb and body by the page’s own labels', () => {
  const { fields, breadcrumb, notes, missing, removed, received } = read(page);
  assert.equal(fields.title, '青渡港开港');
  assert.equal(fields.date, '2021-03-12 08:30');
  assert.equal(fields.source, '青渡区人民政府');
  assert.equal(fields.author, '田苗');
  assert.equal(fields.channel, 'restored');
  assert.equal(
    fields.body,
    '<p>青渡港3号泊位昨日开港，首艘货轮靠泊卸货。</p><p>泊位长320米，可停靠万吨货轮。</p><p>今年计划吞吐量120万吨。</p>',
  );
  assert.deepEqual(
    breadcrumb.map(({ text }) => text),
    ['首页', '新闻中心', '正文'],
  );
  assert.deepEqual([notes, missing], [[], []]);
  assert.deepEqual(removed[0]?.what, 'KindEditor 编辑器残留');
  assert.deepEqual(received, { name: 'page.html', size: bytesOf(page).length, sha256: sha256(bytesOf(page)) });
  assert.deepEqual(fields.mending?.counts, { proved: 0, likely: 0, lost: 0, stated: 0 });
});

test('readPage: without its own source the owner in the footer is the source, and a note says so', () => {
  const { fields, notes } = read(page.replace('来源：青渡区人民政府', '').replace(' 08:30', ''));
  assert.equal(fields.source, '临江市人民政府');
  assert.equal(fields.date, '2021-03-12 00:00');
  assert.match(notes.join('\n'), /只写到日[\s\S]*取自页脚：临江市人民政府/);
});

test('readPage: a date the page does not give is not made up', () => {
  const { fields, missing, notes } = read(
    '<html><body><div><h1>关于青渡港</h1></div><div><p>青渡港是临江市的主要港口，设泊位12个。</p></div></body></html>',
  );
  assert.equal(fields.date, unknownDate);
  assert.deepEqual(missing, ['date', 'source']);
  assert.match(notes.join('\n'), /没有写明日期/);
});

test('readPage: a damaged, hijacked page: hijacked names flagged and in no field, gaps marked, the note counts them', () => {
  const bytes = simulate(bytesOf(page), {
    inject: [
      { was: '新闻中心', keyword: '金鲤滚球投注平台' },
      { was: '数据开放', keyword: '免费六码预测' },
    ],
  });
  const { fields, breadcrumb, mend } = read(bytes);
  assert.deepEqual(breadcrumb[1], { text: '〓', hijacked: true });
  assert.ok(mend.alarms.some(({ readings }) => readings.includes('金鲤滚球投注平台')));
  const { mending, ...published } = fields;
  assert.doesNotMatch(JSON.stringify(published), /投注|六码|__kindeditor|(?<!<)\/p>|br \/|\ufdd0/);
  assert.ok(isCleanBody(fields.body));
  assert.deepEqual(
    new Set(mending?.alarms.flatMap(({ readings }) => readings.slice(0, 1))),
    new Set(['金鲤滚球投注平台', '免费六码预测']),
  );
  const gaps = fields.body.split(gapMarkup).length - 1 + (fields.title.split('〓').length - 1);
  const lost = mending?.places.filter((place) => place.class === 'lost') ?? [];
  assert.equal(lost.filter(({ place }) => !place.includes('发布')).length, gaps);
  assert.ok((mending?.counts.proved ?? 0) > 0);
  const truth = textOf(sanitise(/id="zoom">([\s\S]*?)<\/div>/.exec(page)?.[1] ?? '').html);
  const pattern = textOf(fields.body)
    .split('〓')
    .map((part) => part.replace(/[.*+?()[\]{}|\\^$]/g, '\\$&'));
  assert.match(truth, new RegExp(`^${pattern.join('[\\s\\S]{1,2}')}$`), 'the truth, but for the gaps');
});

test('readPage: a decision fills its gap and says from where; one about another page is refused', () => {
  const bytes = simulate(bytesOf(page));
  assert.match(read(bytes).fields.body, /青渡<span[^>]*>〓<\/span>号泊位/);
  const decisions = {
    file: 'd.json',
    page: sha256(bytes),
    decisions: [{ context: '青渡〓号泊位', text: '港3', source: '港口志' }],
  };
  const { fields } = read(bytes, { decisions });
  assert.match(fields.body, /青渡港3号泊位/);
  const stated = fields.mending?.places.find((place) => place.class === 'stated');
  assert.deepEqual([stated?.source, stated?.after], ['港口志', '港3']);
  assert.equal(fields.mending?.counts.stated, 1);
  assert.throws(() => read(bytes, { decisions: { ...decisions, page: sha256('another') } }), /d\.json.*page/);
  assert.throws(() => read(page, { decisions }), refusedWith('decisions-invalid'));
  const wrong = { ...decisions, decisions: [{ context: '没有〓这', text: '港3', source: '港口志' }] };
  assert.throws(() => read(bytes, { decisions: wrong }), refusedWith('decisions-invalid'));
});

test('readPage: a 〓 that the page had of its own stays a letter', () => {
  const { fields } = read(page.replace('万吨货轮', '〓万吨货轮'));
  assert.match(fields.body, /停靠〓万吨/);
  assert.doesNotMatch(fields.body, /class="gap"/);
});

test('readPage: pictures, attachments and links of the old site are let go and told', () => {
  const { fields, notes, removed } = read(
    page.replace(
      '今年计划',
      '<img src="/up/1.jpg"><img src="https://x.example/2.jpg">今年<a href="/up/a.doc">计划表</a>见<a href="https://x.example/">这里</a>',
    ),
  );
  assert.match(fields.body, /今年计划表见<a href="https:\/\/x\.example\/">这里<\/a>/);
  assert.doesNotMatch(fields.body, /<img/);
  assert.match(notes.join('\n'), /2 张图片[\s\S]*计划表（\/up\/a\.doc）/);
  assert.ok(removed.some(({ what }) => what.startsWith('指向原站内部的链接')));
});

test('readPage: an address or an organiser inside the text does not end it; what follows its end is told', () => {
  const more = '<p>主办单位：市交通运输局</p><p>联系方式：0999-8560000</p><p>特此通知。</p>';
  const within = read(page.replace('</p>\n</div>', `</p>${more}</div>`));
  assert.match(within.fields.body, /主办单位：市交通运输局<\/p><p>联系方式：[\s\S]*特此通知。<\/p>$/);
  assert.deepEqual(within.notes, []);
  const after = read(page.replace('</p>\n</div>', `</p><p>相关链接</p><p>${'另一篇文章的介绍。'.repeat(6)}</p></div>`));
  assert.doesNotMatch(after.fields.body, /另一篇/);
  assert.match(after.notes.join('\n'), /正文之后还有约 \d+ 字没有收入/);
});

test('readPage: rubbish is refused clearly', () => {
  const rubbish: readonly (readonly [string, Uint8Array])[] = [
    ['empty', new Uint8Array()],
    ['zeros', new Uint8Array(100_000)],
    ['ones', new Uint8Array(100_000).fill(0xff)],
    ['noise', Uint8Array.from({ length: 100_000 }, (_, index) => (index * index * 31 + (index >> 3) * 17) & 0xff)],
    ['too large', new Uint8Array(5_000_000).fill(0x41)],
    ['menus only', bytesOf('<div><a href="/a">甲甲甲甲</a></div>'.repeat(200))],
    ['no words', bytesOf('<html><body><div></div><p></p><p>…</p></body></html>')],
    ['endless', bytesOf(`<div><p>${'字句。'.repeat(100_000)}</p><p></p></div>`)],
    ['deep', bytesOf('<div>'.repeat(60_000))],
  ];
  for (const [name, bytes] of rubbish)
    assert.throws(() => read(bytes, { name }), refusedWith('nothing-to-take-in'), name);
});

test('readPage: mutilated pages are read or refused, never worse', () => {
  const whole = simulate(bytesOf(page));
  const cut = fc.record({ at: fc.nat(whole.length), length: fc.nat(400), put: fc.uint8Array({ maxLength: 12 }) });
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 6 }), (cuts) => {
      const bytes = cuts.reduce(
        (sum, { at, length, put }) => Uint8Array.from([...sum.slice(0, at), ...put, ...sum.slice(at + length)]),
        whole,
      );
      try {
        const { fields } = read(bytes);
        assert.ok(kinds.article.safeParse(fields).success);
        assert.ok(isCleanBody(fields.body));
      } catch (error) {
        assert.ok(refusedWith('nothing-to-take-in')(error), String(error));
      }
    }),
    { numRuns: 60 },
  );
});

const corpus = process.env['CHENGMEN_CORPUS'];
const skip = corpus ? false : 'CHENGMEN_CORPUS is not set';

test('readPage (corpus): the seed page', { skip }, () => {
  const { fields, breadcrumb, removed, mend } = read(readFileSync(join(corpus ?? '', 'seed/page.txt')), {
    name: 'page.txt',
  });
  assert.match(fields.title, /带队赴京开展对(?:接|〓) 推动重大项目进展$/);
  assert.equal(fields.date, '2020-12-04 00:00');
  assert.equal(fields.source, '常州市人民政府');
  assert.deepEqual(
    breadcrumb.map(({ hijacked }) => hijacked),
    [false, true, true, false],
  );
  assert.equal(fields.body.split('<p>').length - 1, 13);
  assert.match(fields.body, /今<span class="gap"[^>]*>〓<\/span>·28/);
  assert.match(fields.body, /去年<span class="gap"[^>]*>〓<\/span>3位/);
  assert.doesNotMatch(fields.body, /kindeditor|(?<!<)\/p>|br \/|扫一扫|返回顶部/);
  assert.ok(removed.some(({ what, count }) => what.startsWith('KindEditor') && count === 2));
  assert.equal(mend.plan.filter((place) => place.rule === 'minus-one').length, 21);
  assert.equal(fields.mending?.alarms.length, 4);
});

test('readPage (corpus): the reconstruction of the seed page gives the same fields, whole', { skip }, () => {
  const { fields } = read(readFileSync(join(corpus ?? '', 'seed/reconstruction.html')));
  assert.match(fields.title, /对接 推动重大项目进展$/);
  assert.equal(fields.date, '2020-12-04 00:00');
  assert.equal(fields.source, '常州市人民政府');
  assert.equal(fields.body.split('<p>').length - 1, 13);
  assert.doesNotMatch(fields.body, /〓/);
});

interface DamagedCase {
  readonly model: string;
  readonly original: string;
  readonly damaged_b64: string;
}

test(
  'readPage (corpus): damaged pages: date, breadcrumb and limits of the body as on the page before damage',
  { skip },
  () => {
    const cases = gunzipSync(readFileSync(join(corpus ?? '', 'damaged/cases.jsonl.gz')))
      .toString()
      .trim()
      .split('\n')
      .slice(0, 60)
      .map((line) => JSON.parse(line) as DamagedCase);
    let wholeTitles = 0;
    for (const { original, damaged_b64, model } of cases) {
      const found = read(Buffer.from(damaged_b64, 'base64'));
      const before = read(original);
      assert.equal(found.fields.date, before.fields.date);
      assert.equal(found.breadcrumb.length, before.breadcrumb.length);
      if (found.fields.title === before.fields.title) wholeTitles++;
      assert.doesNotMatch(textOf(found.fields.body), /\/p>|br \/>|返回顶部|浏览次数|主办：/);
      if (model === 'clean' || model === 'gbk' || model === 'latin1')
        assert.deepEqual(found.fields.body, before.fields.body);
      // What a damaged body lacks are gaps and characters lost without trace, not paragraphs.
      const [some, all] = [textOf(found.fields.body).length, textOf(before.fields.body).length];
      assert.ok(Math.abs(some - all) <= all * (model === 'drop' ? 0.2 : 0.05), `${model} ${some} of ${all}`);
    }
    assert.ok(wholeTitles >= cases.length * 0.7, `${wholeTitles} of ${cases.length} titles whole`);
  },
);

test('readPage (corpus): pages in GBK bytes: a title on all that hold an article', { skip }, (context) => {
  const folder = join(corpus ?? '', 'gbk-pages');
  const names = readdirSync(folder).filter((name) => name.endsWith('.html'));
  let [taken, titled] = [0, 0];
  for (const name of names) {
    try {
      const { fields, missing } = read(readFileSync(join(folder, name)), { name });
      taken++;
      if (!missing.includes('title') && fields.title !== '') titled++;
      assert.doesNotMatch(fields.body + fields.title, /[〓\ufffd]/);
    } catch (error) {
      assert.ok(refusedWith('nothing-to-take-in')(error), `${name} ${String(error)}`);
    }
  }
  context.diagnostic(`${names.length} pages, ${taken} with an article, ${titled} with a title`);
  assert.ok(taken >= names.length / 2 && titled >= taken * 0.9, `${names.length} ${taken} ${titled}`);
});
