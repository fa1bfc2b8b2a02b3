import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, decide, mend, replay, simulate } from './index.ts';

test('the example of the README does what it says', () => {
  const source = '<p>　　荷花节自12月1日起设展区，请到网站上浏览</p>\n<a href="#">【返回顶部】</a>';
  const received = simulate(new TextEncoder().encode(source), { sink: 'drop' });
  assert.match(new TextDecoder().decode(received), /自12\?日起设展区，请到网站上浏觇\/p>/);
  const result = mend({ name: 'festival.html', bytes: received });
  assert.match(result.html, /自12〓日起设展区，请到网站上浏览<\/p>/);
  const accepted = accept(result, { atLeast: 0.98 });
  const decided = decide(accepted, [{ context: '自12〓日', text: '月1', source: '荷花节日程表' }]);
  assert.equal(decided.html, source);
  assert.equal(decided.verdict, 'mended');
  assert.equal(replay(decided, received), decided.html);
});
