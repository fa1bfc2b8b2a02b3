import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkAddress, pictureAddress } from './address.ts';
import { parseTree } from './parse-tree.ts';
import { plainBody } from './plain-body.ts';
import { printBody } from './print-body.ts';
import { readBody } from './read-body.ts';
import { newRemovals } from './removals.ts';
import { textOf, textOfBlocks } from './text-of.ts';

const addresses = { link: linkAddress, picture: pictureAddress };

const pieces = [
  ...[
    '<p>',
    '</p>',
    '<p>',
    '</p>',
    '<h2>',
    '</h2>',
    '<h4>',
    '</h4>',
    '<h1>',
    '</h1>',
    '<P>',
    '<p >',
    '<br>',
    '<strong>',
  ],
  ...['正文', '。', 'a b', 'é', 'e\u0301', '\u0301', '>', '&', '&amp;', '"', "'", '〓', '\ufffc', '𠮷', '\ud842'],
  ...[' ', '  ', '\n', '\t', '\r\n', '\u3000', '\u00a0', '\u2003', '\u1680', '\u202f', '\v', '\f'],
  ...[
    '\u0000',
    '\u00ad',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\u0085',
    '가',
    '\u1100\u1161',
  ],
];

test('plainBody gives what reading the whole tree gives, and takes nothing that would be told', () => {
  let taken = 0;
  for (let seed = 1; seed < 40_000; seed++) {
    const body = someBody(seed);
    const plain = plainBody(body);
    if (plain === undefined) continue;
    taken++;
    const removals = newRemovals();
    const blocks = readBody(parseTree(body.toWellFormed()), removals, addresses);
    assert.equal(plain, printBody(blocks), JSON.stringify(body));
    assert.equal(textOf(body), textOfBlocks(blocks), JSON.stringify(body));
    assert.deepEqual(removals.list(), [], JSON.stringify(body));
  }
  assert.ok(taken > 2000, `only ${taken} bodies were plain`);
});

test('plainBody knows plain paragraphs and headings, with white space between them', () => {
  assert.equal(plainBody('<h2>标题</h2>\n<p>正文 one two。</p>\n\n'), '<h2>标题</h2><p>正文 one two。</p>');
  assert.equal(plainBody('<p>正文<br>又</p>'), undefined);
  assert.equal(plainBody('正文'), undefined);
});

/** Blocks, mostly well formed, with a few pieces in each; some pieces between them. */
function someBody(seed: number): string {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const some = (most: number, from: number): string =>
    Array.from({ length: below(most) }, () => pieces[from + below(pieces.length - from)]).join('');
  return Array.from({ length: 1 + below(3) }, () => {
    const name = ['p', 'p', 'h2', 'h3', 'h4'][below(5)] ?? 'p';
    const between = below(4) === 0 ? some(3, 0) : below(2) === 0 ? '\n' : '';
    return `<${name}>${some(3, 14)}文${some(3, below(8) === 0 ? 0 : 14)}</${name}>${between}`;
  }).join('');
}
