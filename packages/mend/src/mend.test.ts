import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accept } from './accept.ts';
import { replay } from './assemble.ts';
import { crosscheck } from './crosscheck.ts';
import { encodeGbk } from './cp936.ts';
import { mend } from './mend.ts';
import { simulate } from './simulate.ts';
import type { SimulateOptions } from './simulate.ts';
import type { MendResult } from './types.ts';
import { toBytes } from './utf8.ts';

const mended = (source: string, options: SimulateOptions = {}): MendResult =>
  mend({ name: 'test', bytes: simulate(toBytes(source), options) });
const received = (text: string): MendResult => mend({ name: 'test', bytes: toBytes(text) });

const page = `<html><head><meta charset="utf-8"><title>临江市公布春耕安排</title></head><body>
<div>当前位置：<a href="/">首页</a></div>
<p>　　三月起，全市春耕陆续展开，农机站已检修拖拉机六百台。</p>
<p>　　种子、化肥储备充足，价格平稳。</p>
<div><a href="#">【返回顶部】</a><a href="#">【打印此页】</a></div>
</body></html>`;

test('mend puts a minus-one character and its `<` back when the bytes were kept', () => {
  const result = mended('<p>无障碍浏览</p>');
  assert.equal(result.html, '<p>无障碍浏览</p>');
  assert.deepEqual(
    result.plan.map(({ class: kind, rule, after, before }) => ({ kind, rule, after, before })),
    [{ kind: 'proved', rule: 'minus-one', after: '览<', before: 'e8a787fc' }],
  );
  assert.equal(result.verdict, 'mended');
});

test('mend puts it back when the bytes were dropped, and after NFKC', () => {
  for (const nfkc of [false, true]) {
    const result = mended(page, { sink: 'drop', nfkc });
    const proved = result.plan.filter((place) => place.class === 'proved').map((place) => place.after);
    assert.deepEqual(proved, ['排<', '：<', '。<', '。<', '】<', '】<'], `nfkc ${nfkc}`);
  }
});

test('mend puts `<` back behind a fixed space, of which the filter leaves a control sign that NFKC does not touch', () => {
  const source = page.replace('<body>', '<body><p>大厅照常开放。\u00a0</p>');
  for (const nfkc of [false, true])
    assert.match(mended(source, { sink: 'drop', nfkc }).html, /大厅照常开放。\u00a0<\/p>/, `nfkc ${nfkc}`);
});

test('mend puts the colon back behind a whole label, and behind one and a space where a position is told', () => {
  const source = page.replace('<body>', '<body><p>您当前的位置 ： 首页</p><p>邮政编码： 610000 记者： 何静</p>');
  const { html } = accept(mended(source, { filter: 'php54', sink: 'replace' }), { atLeast: 0.9 });
  assert.match(html, /<p>您当前的位置 ： 首页<\/p><p>邮政编码： 6/);
});

test('mend puts `？<` and `＝<` back where NFKC made a bracket of what the minus-one left', () => {
  const source = page.replace('<body>', '<body><p>怎样报名参加？</p><p>还能借吗？<br>于甲＝</p>');
  for (const filter of ['php52', 'php54'] as const) {
    const { html } = mended(source, { filter, sink: 'replace', nfkc: true });
    assert.match(html, /怎样报名参加？<\/p><p>/, filter);
    assert.match(html, /借吗？<br>于甲＝<\/p>/, filter);
  }
});

test('mend puts `<` back behind signs that NFKC spells out, and after lost characters of unknown number', () => {
  const source = page.replace('<body>', '<body><p>均价为每㎡</p><p><span>②</span>联合港项目</p><p>展厅有九〇〇㎡<br>');
  for (const filter of ['php52', 'php54'] as const) {
    const result = mended(source, { filter, sink: 'replace', nfkc: true });
    assert.doesNotMatch(result.html, /(?:^|[^<\/\w])(?:\/[a-z]{1,5}>|br>)/, filter);
    assert.match(accept(result, { atLeast: 0.9 }).html, /均价为每㎡<\/p>/, filter);
  }
});

test('mend proves nothing of the rests of tags that scripts and references write without `<`', () => {
  const written = [
    `<script>document.write('<script src="/hits.js">'+'<'+'/script>');</script>`,
    `<script>document.write("<b>" + "(/b>");</script>`,
    '<p>&lt;/p></p>',
  ];
  for (const whole of written) {
    const result = mended(page.replace('<body>', `<body>${whole}`), { sink: 'drop', nfkc: true });
    assert.ok(result.html.includes(whole), whole);
    assert.ok(result.plan.some((place) => place.after === '】<'));
  }
});

test('mend marks a swallowed character as a gap and puts the certain `<` behind it', () => {
  const result = mended('<p>临江大学排名</p><a>大</a><p>春耕</p>');
  assert.match(result.html, /<a>〓<\/a>/);
  assert.equal(result.verdict, 'gaps');
});

test('mend never proves a swallowed digit', () => {
  const result = mended('<p>五月下旬起，本市新增公交线路7条</p><p>定于12月1日通车</p>');
  const places = result.plan.filter((place) => place.rule === 'question');
  assert.equal(places.length, 1);
  assert.equal(places[0]?.class, 'likely');
});

test('mend tells a loss that the pairing proves, and its place', () => {
  const source = '<p>\n是改善便民服务。\n</p><p>三是公开透明。</p>';
  const result = mended(source, { sink: 'drop' });
  const place = result.plan.find(({ rule }) => rule === 'vanished');
  assert.equal(place?.length, 0);
  assert.equal(place?.candidates[0]?.text, '。');
});

test('mend flags a hijacked name with its whole reading and one gap', () => {
  const source = '<ul><li><a href="/1/">政务服务</a></li><li><a href="/2/">互动交流</a></li></ul><p>请到窗口办理。</p>';
  const result = mended(source, { inject: [{ was: '互动交流', keyword: '克罗地亚VS巴西视频回放' }] });
  assert.deepEqual(
    result.alarms.map(({ readings }) => readings),
    [['克罗地亚VS巴西视频回放']],
  );
  assert.match(result.html, /<a href="\/2\/">〓<\/a>/);
});

test('mend reads a hijacked name from what dropping left of it', () => {
  const readings = (keyword: string): readonly string[] =>
    mended(page, { sink: 'drop', nfkc: true, inject: [{ was: '首页', keyword }] }).alarms[0]?.readings ?? [];
  assert.equal(readings('克罗地亚VS巴西视频回放')[0], '克罗地亚VS巴西视频回放');
  assert.equal(readings('波兰VS沙特谁赢')[0], '波兰VS沙特谁赢');
  assert.ok(readings('荷兰VS美国预测').includes('荷兰VS美国预测'));
});

test('mend gives back honest text byte for byte', () => {
  for (const text of [page, '', 'plain', '\ufeff临江', '无', '一〓二', '标签a>b、br />都不是损坏。\n\n这里很好。']) {
    const result = received(text);
    assert.equal(result.html, text);
    assert.equal(result.verdict, 'clean');
    assert.deepEqual(result.alarms, []);
  }
});

test('mend decodes an honest GBK page whatever it declares', () => {
  const text = '<html><meta charset="utf-8"><p>临江市档案馆周一至周五对外开放。</p></html>';
  const result = mend({ name: 'gbk', bytes: encodeGbk(text) });
  assert.equal(result.html, text);
  assert.equal(result.encoding.used, 'gb18030');
  assert.equal(result.encoding.declared, 'utf-8');
  assert.equal(result.verdict, 'clean');
});

test('mend undoes UTF-8 read as Latin-1', () => {
  const text = '<p>临江市图书馆，周一闭馆。</p>';
  const result = received(new TextDecoder('windows-1252').decode(toBytes(text)));
  assert.equal(result.html, text);
  assert.equal(result.encoding.mechanism, 'utf-8-read-as-latin1');
});

test('mend does not change the bytes it is given', () => {
  const bytes = Buffer.from(simulate(toBytes(page)));
  const copy = Buffer.from(bytes);
  mend({ name: 'test', bytes });
  assert.deepEqual(bytes, copy);
});

test('mend restores the width of punctuation only when NFKC took it', () => {
  const result = mended(page, { sink: 'drop', nfkc: true });
  assert.ok(result.encoding.nfkc);
  assert.match(accept(result, { atLeast: 0.98 }).html, /三月起，全市春耕陆续展开，农机站/);
  assert.equal(mended(page, { sink: 'drop' }).plan.filter(({ rule }) => rule === 'width').length, 0);
});

test('mend leaves open whether the bracket behind the number of an item was wide', () => {
  const items = ['春耕物资已经备齐', '农机检修全部完成', '灌溉渠道清淤疏通'].map(
    (item, i) => `<p>${i + 1}) ${item}。</p>`,
  );
  const received = mended(page.replace('</body>', `${items.join('\n')}</body>`), { sink: 'drop', nfkc: true });
  const { html } = accept(received, { atLeast: 0.9 });
  for (const number of [1, 2, 3]) assert.ok(html.includes(`<p>${number}) `), html);
});

test('mend knows a text on lines of its own by its marks before white space, and takes no other text for it', () => {
  const lines = [
    '三月起，全市春耕陆续展开。',
    '农机站已检修拖拉机六百台。',
    '种子储备充足。',
    '价格平稳。',
    '渠道通水。',
    '公告完。',
  ];
  const source = `${lines.join('\n')}\n`;
  const result = mended(source, { sink: 'replace' });
  assert.equal(result.encoding.mechanism, 'cp936-round-trip');
  assert.ok(result.plan.every(({ rule }) => rule === 'vanished'));
  const cut = received(source.replace(/.。\n/g, (end) => `\ufffd ${end}`));
  assert.ok(cut.plan.every((place) => place.class === 'lost'));
});

test('accept applies candidates from the given probability on, and no gap below it', () => {
  const result = mended(page, { sink: 'drop', nfkc: true });
  const strict = accept(result, { atLeast: 1.1 });
  assert.equal(strict.html, result.html);
  for (const place of accept(result, { atLeast: 0.98 }).plan) {
    if (place.accepted !== undefined) assert.ok(place.accepted >= 0.98);
    else if (place.class === 'likely') assert.ok((place.candidates[0]?.probability ?? 0) < 0.98);
  }
});

const words = fc.constantFrom(
  ...[
    '临江',
    '市政府',
    '发布',
    '。',
    '，',
    '：',
    '“',
    '”',
    '〖',
    '】',
    '工作',
    '一',
    '的',
    '页',
    '号',
    '大',
    '2024',
    '年',
    '7',
    '月',
    ' ',
    '\n',
    '·',
    '𠮷',
  ],
);
const sentence = fc.array(words, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(''));
const tag = fc.constantFrom('p', 'div', 'a', 'span', 'li', 'strong');
const element = fc.tuple(tag, sentence).map(([name, text]) => `<${name}>${text}</${name}>`);
const document = fc
  .array(element, { minLength: 1, maxLength: 10 })
  .map((parts) => `<html><body><div>临江市人民政府门户网站</div>\n${parts.join('\n')}</body></html>`);
const sinks = fc.constantFrom<SimulateOptions>(
  {},
  { sink: 'drop' },
  { sink: 'drop', nfkc: true },
  { filter: 'php8' },
  { filter: 'php8', sink: 'drop' },
);

/** The proved repairs of a damaged page with its bytes kept, read off the damage itself. */
function hurtPairs(source: string): string[] {
  const pairs: string[] = [];
  for (const place of mended(source).plan) if (place.class === 'proved') pairs.push(place.after);
  return pairs;
}

test('mend repairs every minus-one exactly when the bytes were kept', () => {
  fc.assert(
    fc.property(document, (source) => {
      const result = mended(source);
      const open = result.plan.filter((place) => place.class !== 'proved');
      if (open.length === 0) assert.equal(result.html, source);
      let rest = source;
      for (const part of result.html.split('〓')) {
        const at = rest.indexOf(part);
        assert.ok(at >= 0, `“${part}” stands in the source`);
        rest = rest.slice(at + part.length);
      }
    }),
    { numRuns: 300 },
  );
});

test('mend proves nothing wrong when the bytes were dropped', () => {
  fc.assert(
    fc.property(document, (source) => {
      const proved = mended(source, { sink: 'drop' }).plan.filter((place) => place.class === 'proved');
      const known = hurtPairs(source);
      let at = 0;
      for (const place of proved) {
        at = known.indexOf(place.after, at) + 1;
        assert.ok(at > 0, `${place.after} in ${known.join(' ')}`);
      }
    }),
    { numRuns: 300 },
  );
});

test('mend replays, is the same twice, and offers only what the damage can have hurt', () => {
  fc.assert(
    fc.property(document, sinks, (source, options) => {
      const bytes = simulate(toBytes(source), options);
      const result = mend({ name: 'test', bytes });
      assert.equal(replay(result, bytes), result.html);
      const accepted = accept(result, { atLeast: 0.5 });
      assert.equal(replay(accepted, bytes), accepted.html);
      for (const html of [result.html, accepted.html]) assert.equal(received(html).html, html);
      result.plan.forEach((place, index) => {
        for (const { text } of place.candidates) assert.equal(crosscheck(result, index, text), undefined);
      });
    }),
    { numRuns: 300 },
  );
});

test('mend reports offsets that point at the places', () => {
  fc.assert(
    fc.property(document, sinks, (source, options) => {
      const bytes = simulate(toBytes(source), options);
      const result = mend({ name: 'test', bytes });
      const points = [...result.html];
      for (const place of result.plan) {
        assert.equal(points.slice(place.out, place.out + [...place.after].length).join(''), place.after);
        assert.equal(place.before, Buffer.from(bytes.subarray(place.at, place.at + place.length)).toString('hex'));
      }
    }),
    { numRuns: 100 },
  );
});

test('mend sees no narrowed mark inside a name that was put in', () => {
  const bytes = Buffer.from(
    '493f7d7f3d6f7eefbfbd1668e9928529efbfbd001621efbfbd11e6b68341e8a5bc5744efbfbd163ee3808fefbfbd6120687265663d2223223e' +
      'e68993e58db0e69cace9a1b53c2f613ee38091e3808fa88de99ab9e697bae6b1be2eefbfbd0eefbfbd',
    'hex',
  );
  const { plan } = mend({ name: 'test', bytes });
  let end = 0;
  for (const { at, length } of plan) {
    assert.ok(at >= end, `the place at ${at} begins before the one before it ends`);
    end = at + length;
  }
});

test('mend survives any bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .tuple(document, fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }))
      .map(([source, edits]) => {
        const copy = simulate(toBytes(source));
        for (const [at, byte] of edits) if (at < copy.length) copy[at] = byte;
        return copy;
      }),
  );
  fc.assert(
    fc.property(bytes, (input) => {
      const result = mend({ name: 'test', bytes: input });
      assert.equal(replay(result, input), result.html);
      assert.ok(!result.html.includes('\ufffd') || new TextDecoder().decode(input).includes('\ufffd'));
    }),
    { numRuns: 1000 },
  );
});

test('mend finishes with large hostile inputs', () => {
  const patterns = [
    '<',
    '<a ',
    '<!--',
    '?',
    '?/a',
    '观/',
    '观a ',
    'Ƶ ',
    '\ufffd',
    ',中',
    '<script>',
    'é中',
    '中 ',
    '中\n',
  ];
  for (const pattern of patterns) {
    const text = `观/p>${pattern.repeat(Math.floor(20_000 / pattern.length))}`;
    assert.equal(typeof received(text).html, 'string');
    assert.equal(typeof mended(text).html, 'string');
  }
  mend({ name: 'test', bytes: new Uint8Array(20_000).map((_, i) => (i * 97) % 256) });
});

test('mend reads a name put over one whose last byte had gone with the `<`, and puts that back', () => {
  const hurt = Buffer.from(simulate(toBytes('<p>全市春耕陆续展开。</p><td><a href="#">新闻网</a></td>')));
  const at = hurt.indexOf('>', hurt.indexOf('href')) + 1;
  const name = Buffer.from(encodeGbk('彩票365'));
  // What is left of 网 and the sign: its last byte less one, and FC.
  const end = hurt.indexOf(0xfc, at);
  const result = mend({ name: 'test', bytes: Buffer.concat([hurt.subarray(0, at), name, hurt.subarray(end)]) });
  assert.deepEqual(
    result.alarms.map(({ at, readings }) => ({ at, readings })),
    [{ at, readings: ['彩票365'] }],
  );
  assert.ok(result.html.endsWith('<td><a href="#">〓</a></td>'));
});

test('mend tells the narrow colon that went with the end of a label, whatever was kept', () => {
  const source = `${page}<div>发布人:市农业局 来源:临江日报 上一篇:<a href="/1.html">春灌开始</a></div>`;
  for (const sink of ['drop', 'replace'] as const) {
    const result = accept(mended(source, { sink }), { atLeast: 0.9 });
    assert.match(result.html, /发布人:市农业局/, sink);
    assert.match(result.html, /上一篇:<a/, sink);
  }
});

test('mend knows a page without end tags by the stops that no line has and by ends that are all in step', () => {
  const articles = Array.from(
    { length: 12 },
    (_, i) =>
      `<p>　　第${'一二三四五六七八九十'[i % 10]}条　取水单位应当安装计量设施，按照批准的用水计划用水，每年${i + 1}月报送用水情况${i % 2 ? '' : '表'}。`,
  );
  const head =
    '<title>临江市用水办法</title><h2>用水<b>办法</b></h2><i>目录</i><i>正文</i><i>打印</i><i>关于</i><i>首页</i>';
  const source = `${head}\n${articles.join('\n')}\n`;
  const result = mended(source.replace(/<\/(?:b|i|h2|title)>/g, '(1)'), { sink: 'drop' });
  assert.equal(result.encoding.mechanism, 'cp936-round-trip');
  assert.equal(mend({ name: 'test', bytes: toBytes(source) }).html, source);
});

/** A page whose text stands on lines of its own, so that no sign of a tag is swallowed. */
const linesApart = `<html>
<body>
<table>
<tr>
<td>
通知公告
政务服务
办事指南
互动交流
数据开放
走进临江
</td>
</tr>
</table>
<div>
日期：2024年5月16日 作者：办公室 点击：311次
</div>
<div>
    5月16日，临江市召开老旧小区改造推进会，会议要求8月底前完成26个小区的管网改造，惠及居民1.3万户，并同步增设电梯。
</div>
<div>
    据市住建局介绍，今年1至4月，全市已开工18个小区，完成投资2.6亿元，改造面积97万平方米，新增停车位1450个。
</div>
<div>
    下一步，各街道将于6月5日前完成居民意见征集，9月30日前全部完工，年底前组织验收，确保让居民满意。
</div>
</body>
</html>
`;

for (const [filter, mechanism] of [
  ['php52', 'cp936-round-trip-php52'],
  ['php54', 'cp936-round-trip'],
  ['php8', 'cp936-round-trip-php8'],
] as const) {
  for (const sink of ['bytes', 'replace', 'drop'] as const) {
    test(`mend tells ${filter} by the words where no tag was hurt: ${sink}`, () => {
      const received = simulate(toBytes(linesApart), { filter, sink });
      assert.equal(mend({ name: 'x', bytes: received }).encoding.mechanism, mechanism);
    });
  }
}

test('mend takes question marks of another reader for no round trip where stops stand at the ends of lines', () => {
  const lossy = linesApart.replace(/[层镇惠梯]/g, '?').replace(/小区/g, '小?');
  const result = mend({ name: 'x', bytes: toBytes(lossy) });
  assert.equal(result.encoding.mechanism, 'none');
  assert.equal(result.html, lossy);
});

test('mend finds a no-break space that vanished from a run of them', () => {
  const source =
    '<p>大局稳定。\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 \u00a0<br />\n　　会议强调，要坚持稳中求进。</p>';
  const result = mend({ name: 'x', bytes: simulate(toBytes(source), { sink: 'drop' }) });
  assert.equal(accept(result, { atLeast: 0.9 }).html, source);
});

test('mend knows a law on lines of its own by articles without their 条, where no tag and no figure was hurt', () => {
  const articles = Array.from(
    { length: 9 },
    (_, i) =>
      `第${'一二三四五六七八九'[i] ?? ''}条 取水单位应当安装计量设施并保持完好，按照批准的计划取水，\n报送取水的情况和用水的情况，并接受检查。`,
  );
  const source = `<html><head><title>用水办法</title></head><body>\n<a href="/">版块</a> <a href="/j">精华</a> <a href="/s">搜索</a>\n<div>\n${articles.join('\n\n')}\n</div>\n</body></html>`;
  const result = mended(source, { sink: 'drop' });
  assert.equal(result.encoding.mechanism, 'cp936-round-trip');
  assert.ok(result.plan.filter(({ rule }) => rule === 'vanished').length > 0);
  const speech = source.replaceAll('条 ', ' ');
  assert.equal(mend({ name: 'test', bytes: toBytes(speech) }).verdict, 'clean');
});
