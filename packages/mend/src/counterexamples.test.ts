import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeGbk } from './cp936.ts';
import { mend } from './mend.ts';
import { simulate } from './simulate.ts';
import type { SimulateOptions } from './simulate.ts';
import { toBytes } from './utf8.ts';

const words =
  '临江 市政府 春耕 网站 浏览 农机站 联系人 图书馆 公交 线路 大桥 通车 展区 荷花节 排水 备案 年度 三月 号 页 大 中 的 一'.split(
    ' ',
  );
/** Words in turn, so that all byte patterns come up. */
function speaker(start: number): () => string {
  let next = start;
  const word = (): string => words[next++ % words.length] ?? '';
  return () => word() + word();
}

/** Markup unlike that of any one system. */
const templates: readonly ((say: () => string) => string)[] = [
  (say) =>
    `<TABLE WIDTH=100%><TR><TD NOWRAP>${say()}</TD><TD ALIGN=CENTER>${say()}7</TD></TR></TABLE><BR>${say()}<BR/>`,
  (say) => `<p style="text-indent:2em"><font color="#F00" face='宋体'>${say()}</font><span>${say()}</span></p>\r\n`,
  (say) => `<p>&nbsp;&nbsp;${say()}&ldquo;${say()}&rdquo;${say()}&hellip;</p>`,
  (say) =>
    `<script>var a='${say()}';if(a=="${say()}"){write('<b>${say()}</b>')}</script><!-- ${say()} --><p>${say()}。</p>`,
  (say) => `<a\n href="/a"\n title="${say()}"\n>${say()}</a\n><div\nclass="x">${say()}</div\n>`,
  (say) => `<o:p>${say()}</o:p><my-el data-x="${say()}">${say()}</my-el><svg><text x="1">${say()}</text></svg>`,
  (say) =>
    `<img alt="${say()}" src="/a.jpg"/><a title='${say()}' href="/x">${say()}</a><input placeholder="${say()}"/>`,
  (say) => `<dl><dt>${say()}<dd>${say()}</dl><mark>${say()}</mark><ruby>${say()}<rt>${say()}</rt></ruby><hr>${say()}`,
  (say) =>
    `<div>\r\n\t${say()}。\r\n\t<span>${say()}\r\n</span></div><ul class='l'><li><em>${say()}</em>${say()}</li></ul>`,
  (say) => `<script type="application/ld+json">{"@type":"Page","name":"${say()}"}</script><h1>${say()}</h1>`,
];

const pages = Array.from({ length: 120 }, (_, i) => {
  const say = speaker(i * 7);
  const body = [0, 1, 2].map((k) => templates[(i + k) % templates.length]?.(say) ?? '').join('');
  return `<html><head><title>${say()}</title></head><body>${body}<p>${say()}。</p></body></html>`;
});

const sinks: readonly SimulateOptions[] = [
  {},
  { sink: 'drop' },
  { sink: 'replace' },
  { sink: 'drop', nfkc: true },
  { filter: 'php52' },
  { filter: 'php8' },
  { filter: 'php8', sink: 'replace' },
];

const pieces = (html: string): string[] => html.split(/〓/);
/** Marks as NFKC leaves them, where it went over the page. */
const flat = (html: string, options: SimulateOptions): string => (options.nfkc ? html.normalize('NFKC') : html);

/** Of a character that vanished before white space, dropping leaves nothing to see. */
const tight = (page: string): string => page.replace(/(?<=[\p{Script=Han}。])\s+/gu, '');

for (const options of sinks) {
  test(`mend restores any markup and writes nothing that was not there: ${JSON.stringify(options)}`, () => {
    for (const made of pages) {
      const page = options.sink === 'drop' ? tight(made) : made;
      const { html } = mend({ name: 'test', bytes: simulate(toBytes(page), options) });
      assert.doesNotMatch(html, /[\p{Script=Han}。〓]\/(?:p|a|td|div|title|span|font|h1|li|o:p|text|b)\s*>/u);
      const source = flat(page, options);
      let at = 0;
      for (const piece of pieces(flat(html, options))) {
        const found = source.indexOf(piece, at);
        assert.ok(found >= 0, `“${piece}” in ${source}`);
        at = found + piece.length;
      }
    }
  });
}

test('mend restores each page whole where the bytes were kept and no character was lost', () => {
  const whole = pages.filter((page) => {
    const { plan } = mend({ name: 'test', bytes: simulate(toBytes(page)) });
    return plan.every((place) => place.class === 'proved');
  });
  for (const page of whole) assert.equal(mend({ name: 'test', bytes: simulate(toBytes(page)) }).html, page);
});

test('mend changes nothing in texts that speak of tags, of code and of U+FFFD', () => {
  const texts = [
    '编辑器中 a/b>c 的写法，按 Ctrl+/p> 键。',
    '{{ 姓名br }} 与 {% 名称p %}，以及 {{姓名}}/p>',
    '# 标题\n\n- 第一条：a>b\n- `</p>` 标签\n\n```html\n<p>你好</p>\n中文/p>\n```\n',
    '// 注释/div>结束\nconst 甲 = "乙a>丙";\n/* 说明p> */\nif (a/b>c) { 返回 }\n',
    'const 名 = (x) => x.code === code && y > 3; // 中code 的值 > 0',
    '解码器遇到错误字节时输出 U+FFFD（�），这是规定的替换字符。',
    'text.replace("�", "?") // 去掉它',
    '你好?/p>不是标签。真的吗?br>也不是',
    '临江市音标表\nˍ\nˆ\nǹ\nê̄\nʃ\n',
    '<p>男/女>18岁，平均分/tr>80</p>',
    '首页\n政务公开\n新闻中心\n互动交流\n走进临江\n数据开放\n',
  ];
  for (const text of texts) {
    const result = mend({ name: 'test', bytes: toBytes(text) });
    assert.equal(result.html, text);
    assert.deepEqual([result.verdict, result.alarms.length], ['clean', 0], text);
  }
});

const concat = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? toBytes(part) : part)]));

test('mend reads a hijacked name in titles and attributes, beside other text and beside damage', () => {
  const name = '克罗地亚VS巴西视频回放';
  const gbk = encodeGbk(name);
  const hurt = simulate(toBytes('<a>请到网站上浏览</a><b>'));
  const around: readonly (readonly [string | Uint8Array, string])[] = [
    ['<title>', '</title>'],
    ['<TITLE>', '-临江市人民政府</TITLE>'],
    ['<title>临江市人民政府_', '</title>'],
    ['<a href="/x" title="', '">首页</a>'],
    ["<img alt='", "' src=x>"],
    ['<img alt=', ' src=x>'],
    ['<p>首页 ', ' 新闻</p>'],
    ['<a>\n', '\n</a>'],
    // What stood there had swallowed the `<` of the end tag.
    ['<a>', '/a>'],
    [hurt, '</b>'],
  ];
  for (const [before, after] of around) {
    const bytes = concat(
      '<p>三月起，全市春耕陆续展开，农机站已检修拖拉机。</p>',
      before,
      gbk,
      after,
      '<p>价格平稳</p>',
    );
    const { alarms, plan, html } = mend({ name: 'test', bytes });
    const gaps = plan.filter(({ rule }) => rule === 'foreign-name');
    assert.deepEqual([alarms.map(({ readings }) => readings[0]), gaps.length], [[name], 1], String(after));
    if (after === '/a>') assert.match(html, /<a>〓<\/a>/);
  }
});

test('mend keeps U+FFFD of an earlier reader as gaps with one alarm', () => {
  const page = '<p>临江市�书馆周一至周五对外开放��</p>';
  const result = mend({ name: 'test', bytes: toBytes(page) });
  assert.equal(result.html, '<p>临江市〓书馆周一至周五对外开放〓</p>');
  assert.deepEqual(
    result.alarms.map(({ kind }) => kind),
    ['replacement-characters'],
  );
});

test('mend sees the round trip of dropped bytes though a stray byte was put in afterwards', () => {
  const page = '<html><body><p>请到网站上浏览</p><p>农机站已检修。</p></body></html>';
  const dropped = simulate(toBytes(page), { sink: 'drop' });
  const result = mend({ name: 'test', bytes: Uint8Array.of(...dropped, 0xff) });
  assert.equal(result.encoding.mechanism, 'cp936-round-trip');
  assert.equal(result.html, `${page}〓`);
});

test('mend takes rubbish for a few places, not one for each byte', () => {
  const rubbish = Uint8Array.from({ length: 200_000 }, (_, i) => ((i * 7919) ^ (i >> 3)) & 0xff);
  assert.ok(mend({ name: 'test', bytes: rubbish }).plan.length < 2000);
  assert.equal(mend({ name: 'test', bytes: new Uint8Array(200_000).fill(0xff) }).plan.length, 1);
});
