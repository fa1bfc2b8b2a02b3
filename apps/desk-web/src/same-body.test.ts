import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameBody } from './same-body.ts';

test('sameBody: the order of marks does not matter; words, blocks, cells, pictures and addresses do', () => {
  assert.ok(sameBody('<p><strong><a href="/a">甲</a></strong></p>', '<p><a href="/a"><strong>甲</strong></a></p>'));
  for (const [one, other] of [
    ['<p>甲</p>', '<p>乙</p>'],
    ['<p>甲</p>', '<h2>甲</h2>'],
    ['<p>甲<img src="media:a" alt=""></p>', '<p>甲</p>'],
    ['<p><a href="/a">甲</a></p>', '<p>甲</p>'],
    ['<p>甲<span class="note">注</span></p>', '<p>甲（注）</p>'],
    [
      '<table><tbody><tr><td>甲</td><td></td></tr></tbody></table>',
      '<table><tbody><tr><td>甲</td></tr></tbody></table>',
    ],
  ] as const)
    assert.ok(!sameBody(one, other), `${one} ${other}`);
});
