import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { accept, mend, simulate } from '@chengmen/mend';
import fc from 'fast-check';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { reportEntry } from './report-entry.ts';
import { openReport } from './report-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-report-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'report.html');

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const hurt = (text: string): Uint8Array =>
  simulate(
    encode(`<html><body><h1>荷花节交通安排</h1><p>　　${text}请到网站上浏览</p>\n<p>【返回顶部】</p></body></html>`),
  );

function report(inputs: readonly (readonly [name: string, bytes: Uint8Array])[]): string {
  const file = openReport(path);
  for (const [name, bytes] of inputs) file.add(reportEntry(accept(mend({ name, bytes }), { atLeast: 0.9 }), bytes));
  file.close();
  return readFileSync(path, 'utf8');
}

/** Everything an element of the page could run, load or be styled by, and its ids. */
function elements(html: string): { names: Set<string>; attributes: Set<string> } {
  const [names, attributes] = [new Set<string>(), new Set<string>()];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) {
      names.add(node.tagName);
      for (const { name } of node.attrs) attributes.add(name);
    }
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(parse(html));
  return { names, attributes };
}

test('openReport lists several pages with links to their parts, and leaves nothing but the page', () => {
  const html = report([
    ['a.html', hurt('')],
    ['b.html', encode('<p>完好的一页。</p>')],
  ]);
  assert.match(html, /<a href="#page-1">a\.html<\/a>/);
  assert.match(html, /<section id="page-2">\s*<h2>b\.html<\/h2>/);
  assert.deepEqual(readdirSync(folder), ['report.html']);
  assert.doesNotMatch(report([['a.html', hurt('')]]), /#page-1/);
});

test('reportEntry shows on both sides the same of what was not touched, in any encoding', () => {
  const gbk = Uint8Array.from([
    0xc1, 0xd9, 0xbd, 0xad, 0xca, 0xd0, 0xd5, 0xfe, 0xb8, 0xae, 0xcd, 0xa8, 0xd6, 0xaa, 0xb1,
  ]);
  for (const bytes of [hurt('6月18日起设展区，'), gbk]) {
    const { markup } = reportEntry(mend({ name: 'x', bytes }), bytes);
    const sides = [...markup.matchAll(/<p class="text">([\s\S]*?)<\/p>/g)].map(([, side = '']) =>
      side.replace(/<mark[^>]*>[\s\S]*?<\/mark>/g, '|'),
    );
    assert.ok(sides.length >= 2 && sides.length % 2 === 0);
    for (let i = 0; i < sides.length; i += 2) assert.equal(sides[i], sides[i + 1]);
  }
});

test('openReport puts nothing of its inputs in as markup, whatever they hold', () => {
  const plain = elements(
    report([
      ['a', hurt('')],
      ['b', hurt('')],
    ]),
  );
  const scraps = fc.constantFrom(
    ...[
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '</p></section><style>*{}</style>',
      '"><svg onload=a>',
    ],
    ...[
      '<!--',
      '-->',
      '<!--parts-->',
      '$&',
      "$'",
      '<title>',
      '\u0000',
      '〓',
      '&lt;',
      '<a href="javascript:a">',
      '荷花节',
      '，',
    ],
  );
  fc.assert(
    fc.property(fc.array(scraps, { maxLength: 12 }), (parts) => {
      const text = parts.join('浏览');
      const found = elements(
        report([
          [text, hurt(text)],
          ['b', encode(`${text}荷`)],
        ]),
      );
      for (const name of found.names) assert.ok(plain.names.has(name) || ['dl', 'p', 'code'].includes(name), name);
      for (const name of found.attributes) assert.ok(plain.attributes.has(name), name);
    }),
    { numRuns: 60 },
  );
});
