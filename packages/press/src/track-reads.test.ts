import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson, sha256, type Source } from '@chengmen/model';
import { createCity } from './city.ts';
import { readAgain, readKey, subjectOf } from './read-key.ts';
import { createSmallWorld } from './testing/index.ts';
import { trackReads } from './track-reads.ts';

function smallCity(): Source {
  const world = createSmallWorld();
  for (let at = 0; at < 30; at++) world.run({ do: 'add', kind: at, channel: at, day: at * 20, to: at });
  return createCity({ items: world.live(), bytes: world.bytes });
}

function readEverything(source: Source): void {
  source.site();
  source.item('article-0');
  source.item('nobody');
  source.channels(null);
  source.channels('channel-0');
  source.newest(null, 5);
  source.newest('channel-1', 20);
  source.all('channel-2');
  source.months(null);
  source.month('channel-0', '2022-01', 0);
  source.extent('channel-0', '2022-01');
  source.addresses('2022-01', 2);
  source.addressParts();
  source.neighbours('article-0');
  source.related('article-0', 'interprets');
  source.related('article-0', 'department', 5);
  source.related('article-0', 'department', 5, 'service');
  source.bytes('0'.repeat(64));
}

test('trackReads: each read is recorded as it was made, with the hash of its answer', () => {
  const city = smallCity();
  const { source, reads } = trackReads(city);
  readEverything(source);
  assert.deepEqual(
    [...reads.keys()],
    [
      'site',
      'item:article-0',
      'item:nobody',
      'channels:*',
      'channels:channel-0',
      'newest:*:5',
      'newest:channel-1:20',
      'all:channel-2',
      'months:*',
      'month:channel-0:2022-01:0',
      'extent:channel-0:2022-01',
      'addresses:2022-01:2',
      'address-parts',
      'neighbours:article-0',
      'related:article-0:interprets',
      'related:article-0:department:5',
      'related:article-0:department:5:service',
      `bytes:${'0'.repeat(64)}`,
    ],
  );
  assert.equal(reads.get('newest:*:5'), sha256(canonicalJson(city.newest(null, 5))));
  // The revision's hash stands for the fields.
  assert.equal(reads.get('item:article-0'), sha256(canonicalJson({ ...city.item('article-0'), fields: null })));
  assert.equal(reads.get('item:nobody'), sha256('null'));
});

test('trackReads: items read whole are named, cards are not', () => {
  const { source, items } = trackReads(smallCity());
  readEverything(source);
  assert.deepEqual(
    [...items].map(({ id }) => id),
    ['settings', 'article-0'],
  );
});

test('readAgain: every recorded key makes the same read again', () => {
  const city = smallCity();
  const { source, reads } = trackReads(city);
  readEverything(source);
  const again = trackReads(city);
  for (const key of reads.keys()) readAgain(again.source, key);
  assert.deepEqual([...again.reads], [...reads]);
  assert.throws(() => readAgain(city, 'weather:today'), TypeError);
});

test('subjectOf: leaves out the limit of newest and nothing else', () => {
  assert.equal(subjectOf(readKey.newest('news', 20)), 'newest:news');
  assert.equal(subjectOf(readKey.newest(null, 20)), 'newest:*');
  assert.equal(subjectOf(readKey.month('news', '2026-11', 3)), 'month:news:2026-11:3');
});
