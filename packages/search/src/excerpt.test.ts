import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { excerptOf, fold, hasAll, highlight } from './index.ts';

test('highlight: marks what was found as it stands on the page', () => {
  assert.deepEqual(highlight('关于頭髮的ＧＤＰ 说明', [fold('头发'), fold('dp说')]), [
    { text: '关于', hit: false },
    { text: '頭髮', hit: true },
    { text: '的Ｇ', hit: false },
    { text: 'ＤＰ 说', hit: true },
    { text: '明', hit: false },
  ]);
});

test('highlight: pieces are the text, whatever was looked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary', maxLength: 3 })), (text, terms) => {
      const joined = highlight(text, terms.map(fold)).map((piece) => piece.text);
      assert.equal(joined.join(''), text);
    }),
  );
});

const terms = ['城门', '江水'].map(fold);

test('excerptOf: the line with most of the terms, cut round the first, never inside a character', () => {
  const far = `${'甲'.repeat(300)}。这里有城门${'🙂'.repeat(200)}`;
  const pieces = excerptOf(['没有', '城门', far, `城门与${'乙'.repeat(3)}江水`], terms);
  assert.equal(pieces.map(({ text }) => text).join(''), '城门与乙乙乙江水');
  const cut = excerptOf([far], terms);
  const text = cut.map((piece) => piece.text).join('');
  assert.ok(text.isWellFormed() && text.startsWith('…') && text.endsWith('…'));
  assert.ok(cut.some(({ text: one, hit }) => hit && one === '城门'));
  assert.ok(text.length < 125);
  assert.deepEqual(excerptOf(['无'], terms), []);
});

test('hasAll: every term, by itself or by one that means the same', () => {
  const [gate = '', river = ''] = terms;
  assert.equal(hasAll(['城門', '江水'], [[gate], [fold('河水'), river]]), true);
  assert.equal(hasAll(['城门'], [[gate], [river]]), false);
});
