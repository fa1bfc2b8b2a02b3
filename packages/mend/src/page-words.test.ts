import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageWords } from './page-words.ts';

test('pageWords: what a page writes after one, two and three characters, no figure or mark among them', () => {
  const { shares, writes } = pageWords('渔港水域，渔港码头。渔业在2026年', ['驶入渔港', '码头', '3']);
  assert.deepEqual(shares('驶入渔港', '水'), [1 / 3, 1 / 3, undefined]);
  assert.deepEqual(shares('渔', '业'), [1 / 4]);
  assert.deepEqual(shares('在', '年'), [undefined]);
  assert.equal(writes('港', '码'), true);
  assert.equal(writes('。', '渔'), true);
  assert.equal(writes('域', '，'), false);
  assert.equal(writes('码', '港'), false);
});
