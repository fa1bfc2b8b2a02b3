import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultTreeAdapter, parseFragment, serialize, type DefaultTreeAdapterTypes } from 'parse5';
import { gapMarkup } from './body.ts';
import { isCleanBody, sanitise } from './sanitise.ts';
import { textOf } from './text-of.ts';

const cleaned = (fragment: string): string => sanitise(fragment).html;
const removedFrom = (fragment: string): string[] =>
  sanitise(fragment).removed.map(({ english, count }) => `${english} ${count}`);

/** What may stand in a body, by element. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    'p h2 h3 h4 ul ol li blockquote table thead tbody tr caption strong em sub sup br hr figure figcaption ruby rt rp'
      .split(' ')
      .map((name) => [name, []]),
  ),
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  a: ['href'],
  img: ['src', 'alt'],
  span: ['class', 'role', 'aria-label'],
};

/** Checks markup with a browser's own parser: nothing but what is allowed, and no second reading of it. */
function assertHarmless(markup: string): void {
  const tree = parseFragment(markup);
  const walk = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if (!defaultTreeAdapter.isElementNode(node)) {
      assert.ok(defaultTreeAdapter.isTextNode(node), node.nodeName);
      return;
    }
    const names = allowed[node.tagName];
    assert.ok(names, `${node.tagName} in ${markup}`);
    for (const { name, value } of node.attrs) {
      assert.ok(names.includes(name), `${node.tagName} ${name} in ${markup}`);
      if (name === 'href' || name === 'src')
        assert.doesNotMatch(value, /^[\s\p{C}]*(?:javascript|data|vbscript)[\s\p{C}]*:/iu);
    }
    node.childNodes.forEach(walk);
  };
  tree.childNodes.forEach(walk);
  const again = serialize(tree).replaceAll('&nbsp;', '\u00a0');
  const same = markup.replace(/&#x([0-9a-f]+);/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
  assert.equal(again, same, 'a browser reads it as it was written');
}

test('sanitise: an old KindEditor body becomes paragraphs, without its scaffolding', () => {
  const old =
    '<p>\n\t　　澜水三桥<span id="__kindeditor_bookmark_start_0__" style="display:none;"></span>今日<b>开工</b>。<br />\n　　全长4.8公里。\n</p>\n<p>\n\t&nbsp;\n</p>';
  assert.equal(cleaned(old), '<p>澜水三桥今日<strong>开工</strong>。</p><p>全长4.8公里。</p>');
  assert.deepEqual(removedFrom(old), [
    'KindEditor residue 1',
    'blank space at the ends of a paragraph 1',
    'empty paragraph 1',
  ]);
});

test('sanitise: a bookmark whose end tag was lost does not take its text along; hidden text goes and is told', () => {
  assert.equal(
    cleaned('<p>“<span id="__kindeditor_bookmark_start_0__" style="display:none;">争先”</p><p>乙</p>'),
    '<p>“争先”</p><p>乙</p>',
  );
  const { html, removed } = sanitise('<p>甲<span style="DISPLAY : none">开户链接</span></p>');
  assert.equal(html, '<p>甲</p>');
  assert.deepEqual(
    removed.map(({ english, sample }) => [english, sample]),
    [['hidden content', '开户链接']],
  );
});

test('sanitise: a footnote is kept in its one form, outside other marks, never in a link or another note', () => {
  const note = '<span class="note">';
  const cases: readonly (readonly [string, string])[] = [
    [`<p>甲${note}注</span>乙</p>`, `<p>甲${note}注</span>乙</p>`],
    [`<p><strong>甲${note}注</span></strong></p>`, `<p><strong>甲</strong>${note}<strong>注</strong></span></p>`],
    [`<p><a href="/a">甲${note}注</span></a></p>`, `<p><a href="/a">甲</a>${note}注</span></p>`],
    [`<p>甲${note}注${note}里</span></span></p>`, `<p>甲${note}注里</span></p>`],
    [`<p>甲<span class="note" onclick="x()">注</span></p>`, '<p>甲注</p>'],
  ];
  for (const [given, clean] of cases) {
    assert.equal(cleaned(given), clean);
    assert.equal(cleaned(clean), clean);
    assertHarmless(clean);
  }
  assert.equal(textOf(cases[0]![0]), '甲（注）乙');
});

test('sanitise: what Word, WPS, UEditor and CKEditor leave is taken out, the words stay', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['<p class="MsoNormal" style="mso-pagination:none">甲<o:p></o:p></p>', '<p>甲</p>', 'Word'],
    ['<w:sdt>乙<st1:chsdate year="2021">三月</st1:chsdate></w:sdt>', '<p>乙三月</p>', 'Word'],
    [
      '<p><span id="_baidu_bookmark_start_3" style="display: none; line-height: 0px;">‍</span>丙</p>',
      '<p>丙</p>',
      'UEditor',
    ],
    ['<p><span data-cke-bookmark="1" style="display:none">&nbsp;</span>丁</p>', '<p>丁</p>', 'CKEditor'],
    ['<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p>戊</p>', '<p>戊</p>', 'comment'],
  ];
  for (const [given, wanted, english] of cases) {
    assert.equal(cleaned(given), wanted);
    assert.ok(
      sanitise(given).removed.some((removal) => removal.english.includes(english)),
      english,
    );
  }
});

test('sanitise: breaks part paragraphs where a sentence ends or a line is indented; an address keeps its breaks', () => {
  assert.equal(cleaned('<p>甲。<br>乙<br>　　丙<br><br>丁</p>'), '<p>甲。</p><p>乙</p><p>丙</p><p>丁</p>');
  assert.equal(cleaned('<p>望江路1号<br>临江市</p>'), '<p>望江路1号<br>临江市</p>');
  assert.equal(cleaned('甲<br />   乙'), '<p>甲</p><p>乙</p>', 'wide spaces that NFKC made ordinary');
});

test('sanitise: headings begin at h2; a heading without words is none', () => {
  assert.equal(cleaned('<h1>甲</h1><h2>乙</h2><h6>丙</h6><h3>　</h3>'), '<h2>甲</h2><h3>乙</h3><h4>丙</h4>');
  assert.equal(cleaned('<h2>甲</h2><h3>乙</h3>'), '<h2>甲</h2><h3>乙</h3>');
});

test('sanitise: tables, lists, figures and ruby in one form; a table of one cell is only a frame', () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      '<table border=1><caption>表</caption><tr><th scope=col onclick=x>甲<td colspan="2" rowspan="1" bgcolor=red><p>乙</p></table>',
      '<table><caption>表</caption><tbody><tr><th scope="col">甲</th><td colspan="2">乙</td></tr></tbody></table>',
    ],
    ['<table><tr><td><p>甲。<br>乙</p></td></tr></table>', '<p>甲。</p><p>乙</p>'],
    [
      '<table>走散<tr><td>甲</td><td><p>乙</p><p>丙</p></td></tr></table>',
      '<p>走散</p><table><tbody><tr><td>甲</td><td><p>乙</p><p>丙</p></td></tr></tbody></table>',
    ],
    [
      '<table><thead><tr><td>甲<td>乙</thead><tr><td>丙<td></table>',
      '<table><thead><tr><td>甲</td><td>乙</td></tr></thead><tbody><tr><td>丙</td><td></td></tr></tbody></table>',
    ],
    [
      '<ul>甲<li>乙<ul><li>丙</ul><ol><li>丁</ol></ul>',
      '<ul><li>甲</li><li>乙<ul><li>丙</li></ul><ol><li>丁</li></ol></li></ul>',
    ],
    [
      '<figure><img src="media:pic-1" alt="桥"><figcaption><p>桥址</p></figcaption></figure>',
      '<figure><img src="media:pic-1" alt="桥"><figcaption>桥址</figcaption></figure>',
    ],
    [
      '<p><ruby>澜<rp>(</rp><rt>lán</rt><rp>)</rp></ruby>水</p>',
      '<p><ruby>澜<rp>(</rp><rt>lán</rt><rp>)</rp></ruby>水</p>',
    ],
    ['<blockquote>甲<p>乙</blockquote>丙<hr>', '<blockquote><p>甲</p><p>乙</p></blockquote><p>丙</p><hr>'],
    ['<td colspan=99999>甲', '<p>甲</p>'],
    ['<pre>甲\n乙</pre>', '<p>甲<br>乙</p>'],
  ];
  for (const [given, wanted] of cases) {
    assert.equal(cleaned(given), wanted);
    assert.ok(isCleanBody(wanted), wanted);
  }
});

test('sanitise: links and pictures only to allowed addresses; the words of a refused link stay', () => {
  const refused = [
    'javascript:alert(1)',
    'jav&#x09;ascript:alert(1)',
    '&#1;javascript:1',
    'data:text/html,x',
    'vbscript:1',
    'item:A B',
    'x'.repeat(3000),
  ];
  for (const address of refused) assert.equal(cleaned(`<a href="${address}">甲</a>`), '<p>甲</p>', address);
  const good = [
    'https://x.example/?a=1&amp;b=2',
    'http://x.example',
    'mailto:a@b.c',
    'tel:12345',
    'item:policy-01',
    'media:file-1',
    '/a/b.html',
    '#n',
    '../c',
  ];
  for (const address of good)
    assert.equal(cleaned(`<a href="${address}">甲</a>`), `<p><a href="${address}">甲</a></p>`);
  const pictures =
    '<img src="http://x.example/a.png" alt="甲"><img src="data:image/png;base64,x"><img src="a.png"><img src="media:p" alt="&quot;乙">';
  assert.equal(cleaned(pictures), '<p><img src="media:p" alt="&quot;乙"></p>');
  assert.deepEqual(removedFrom(pictures), ['picture with a refused address 3']);
});

test('sanitise: a gap stands as exactly one element; other spans go', () => {
  assert.equal(cleaned(`<p>今${gapMarkup}·28</p>`), `<p>今${gapMarkup}·28</p>`);
  assert.equal(
    cleaned('<p><span class="gap" onclick="x()">〓</span><span class="gap">别的</span></p>'),
    `<p>${gapMarkup}别的</p>`,
  );
});

test('sanitise: text of unknown elements is kept, in order', () => {
  const given =
    '<marquee>甲</marquee><custom-thing>乙<button>丙</button></custom-thing><svg><text>丁</text></svg><math><mi>戊</mi></math>';
  assert.equal(textOf(cleaned(given)), '甲乙丙丁戊');
  assert.ok(removedFrom(given).some((line) => line.startsWith('unsupported element')));
});

const mutations: readonly string[] = [
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
  '<svg><foreignObject><p><style><img src=x onerror=alert(1)></style></p></foreignObject></svg>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<!--x--!><img src=x onerror=alert(1)>',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
  '<plaintext><img src=x onerror=alert(1)>',
  '<a href="https://x.example/&quot;onmouseover=&quot;alert(1)">x</a><img src="https://x.example/`" alt="`onerror=alert(1) ">',
  '<table><a href="javascript:alert(1)"><tr><td><select><option><img src=x onerror=alert(1)></select>',
  '<p>&lt;img src=x onerror=alert(1)&gt;&amp;lt;script&amp;gt;</p>',
  '<ruby><rt><p><script>alert(1)</script></rt></ruby><rt>x</rt>',
  '<b\u0338>x</b><b>\u0338img src=x onerror=alert(1)></b>',
  '<title><img src=x onerror=alert(1)></title><iframe srcdoc="<script>alert(1)</script>"></iframe>',
];

test('sanitise: no mutation of known attacks comes out as anything but allowed markup', () => {
  for (const attack of mutations) {
    const out = cleaned(attack);
    assertHarmless(out);
    assertHarmless(out.normalize('NFC'));
    assert.equal(cleaned(out), out, attack);
  }
});

test('sanitise: once is as good as twice, a browser reads the result as it was written, and no text is lost', () => {
  const pieces = fc.constantFrom(
    ...'p div b strong i a span table tr td th thead caption ul ol li blockquote h1 h2 h5 figure figcaption ruby rt rp sup br hr img pre svg style title form font center'
      .split(' ')
      .flatMap((name) => [`<${name}>`, `</${name}>`, `<${name} style="x" href="/y" src="media:z" alt="w" colspan=2>`]),
    '甲。',
    '乙',
    ' ',
    '\n',
    '　　',
    '&nbsp;',
    '<',
    '&',
    '"',
    '\u0338',
    '〓',
    gapMarkup,
    '<!--',
    '-->',
    '<br>',
    '<br>　',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const given = parts.join('');
      const out = cleaned(given);
      assertHarmless(out);
      assert.equal(cleaned(out), out);
      assert.deepEqual(sanitise(out).removed, []);
      assert.ok(isCleanBody(out));
      if (/<(?:style|title)|<!--/.test(given)) return;
      const han = (text: string): string => text.replace(/[^甲乙〓]/g, '');
      const shown = given.replaceAll(gapMarkup, '〓').replace(/<[^<>]*>/g, '');
      assert.equal([...han(textOf(out))].sort().join(''), [...han(shown)].sort().join(''));
    }),
    { numRuns: 400 },
  );
});

test('sanitise: input of any shape gives output no longer than a few times its length', () => {
  const shapes = [
    '<div>'.repeat(60_000) + '甲' + '</div>'.repeat(60_000),
    '<blockquote>'.repeat(60_000) + '甲',
    '<table><td>'.repeat(20_000),
    '<b><p>甲</b>'.repeat(20_000),
    Array.from({ length: 20_000 }, (_, index) => `<font id=${index}><b class=${index}><p>甲`).join(''),
    `<a href="/${'x'.repeat(1900)}">${'<p>甲'.repeat(20_000)}`,
    '<'.repeat(100_000),
    `<p>${' '.repeat(100_000)}甲${' 　'.repeat(50_000)}`,
    '<title>'.repeat(20_000),
  ];
  for (const shape of shapes) {
    const { html } = sanitise(shape);
    assert.ok(html.length <= 6 * shape.length, `${shape.slice(0, 30)} ${html.length}`);
  }
});

test('isCleanBody: white space between blocks is nobody’s business; anything else is', () => {
  assert.ok(isCleanBody('<h2>甲</h2>\n<p>乙 <strong>丙</strong></p>\n<ul>\n  <li>丁</li>\n</ul>\n'));
  for (const dirty of [
    '<p class="x">甲</p>',
    '<p>甲',
    '甲',
    '<div><p>甲</p></div>',
    '<p>　　甲</p>',
    '<p>甲</p><script></script>',
    '<p></p>',
    '<h1>甲</h1>',
  ]) {
    assert.equal(isCleanBody(dirty), false, dirty);
  }
});
