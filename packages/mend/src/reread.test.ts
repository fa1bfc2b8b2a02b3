import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mend, replay } from './index.ts';

const encoder = new TextEncoder();
const gb18030 = new TextDecoder('gb18030');
const received = (source: string): string => gb18030.decode(encoder.encode(source));
const mended = (text: string) => mend({ name: 'page', bytes: encoder.encode(text) });

const round = '根据市政府办公室的安排，各区人民政府应当在规定期限内完成工作。';

test('reread: a euro sign that fits only as two bytes is read as two bytes', () => {
  const source = `${round}a国务院《风景名胜区条例》规定，${round}`;
  const text = received(source);
  assert.ok(text.includes('€€'));
  const result = mended(text);
  const place = result.plan.find(({ after }) => after.includes('院'));
  assert.equal(place?.class, 'proved');
  assert.ok(result.html.includes('国务院《风景'));
  assert.equal(replay(result, encoder.encode(text)), result.html);
});

test('reread: characters that were read alike are both offered, neither is proved', () => {
  const source = ['平衡发展，', '海棠花开，'].map((words) => `${round}${words}${round}a${words}${round}`).join('');
  const text = received(source);
  const result = mended(text);
  const places = result.plan.filter(({ rule }) => rule === 'reread-two-ways');
  assert.deepEqual(
    places.map(({ candidates }) => candidates[0]?.text),
    ['衡', '棠'],
  );
  assert.ok(places.every((place) => place.class === 'likely'));
  assert.equal(replay(result, encoder.encode(text)), result.html);
});

test('reread: a decoder with the private code of GB18030-2000 gives the one character', () => {
  const source = `${round}海棠花开，${round}a海棠花开，${round}`;
  const text = received(source).replaceAll('　', '\ue5e5');
  assert.ok(text.includes('\ue5e5'));
  const result = mended(text);
  assert.equal(result.html.match(/海棠花开/g)?.length, 2);
  assert.ok(result.plan.every(({ rule }) => rule !== 'reread-two-ways'));
});
