import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockKindNames, blockKinds, blockReferences, kinds, type Block } from '@chengmen/model';

const text = (title: string): Block => ({ show: 'text', title, paragraphs: ['一段。'] });
const home = (...blocks: unknown[]): boolean => kinds.home.safeParse({ blocks }).success;

test('blockList: bounded, no kind and no field that there is not, some once alone', () => {
  assert.ok(home(text('甲'), { channel: 'notices', count: 3 }, { show: 'focus' }));
  assert.ok(home(...Array.from({ length: 30 }, (_, at) => text(`第 ${at}`))));
  assert.ok(!home());
  assert.ok(!home(...Array.from({ length: 31 }, (_, at) => text(`第 ${at}`))));
  assert.ok(!home({ show: 'focus' }, { show: 'focus', channel: 'news' }));
  assert.ok(!home({ show: 'list' }), 'a home page has no list of its own');
  assert.ok(!home({ show: 'script', title: '甲' }));
  assert.ok(!home({ ...text('甲'), style: 'color:red' }));
  assert.ok(!home({ channel: 'notices', count: 13 }));
});

test('blockList: addresses lead to a page of the site or by https, and a picture that leads on has words', () => {
  const link = (address: string): boolean => home({ show: 'links', title: '甲', links: [{ name: '乙', address }] });
  assert.ok(link('/news/') && link('https://a.example/b?c=d'));
  for (const bad of [
    'javascript:alert(1)',
    '//evil.example/',
    '/\\evil.example',
    'http://a.example/',
    'data:,x',
    '/a"b',
  ])
    assert.ok(!link(bad), bad);
  const picture = (more: object): boolean => home({ show: 'pictures', pictures: [{ picture: 'p', ...more }] });
  assert.ok(picture({}) && picture({ caption: '甲', address: '/' }) && !picture({ address: '/' }));
});

test('blockReferences: every kind of block has a name, and tells each item it names', () => {
  assert.deepEqual(Object.keys(blockKindNames), Object.keys(blockKinds));
  const named = blockReferences({ show: 'interaction', letters: 'l', questions: 'q' });
  assert.deepEqual(
    named.map(({ item, as }) => `${as} ${item}`),
    ['channel l', 'channel q'],
  );
  assert.deepEqual(blockReferences({ show: 'pictures', pictures: [{ picture: 'p' }] }), [{ item: 'p', as: 'media' }]);
});
