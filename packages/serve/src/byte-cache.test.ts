import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createByteCache, isKept } from './byte-cache.ts';

const filled = (limit: number, keys: string): ReturnType<typeof createByteCache<string>> => {
  const cache = createByteCache<string>(limit);
  for (const key of keys) cache.set(key, key, 1);
  return cache;
};

test('createByteCache holds no more bytes than its limit, whatever is put in and asked for', () => {
  const cache = createByteCache<number>(1000);
  for (let at = 0; at < 5000; at++) {
    cache.set(`${(at * 7919) % 211}`, at, (at * 31) % 130);
    cache.get(`${(at * 13) % 97}`);
    assert.ok(cache.size() <= 1000);
  }
});

test('createByteCache keeps what was just put in, even where all else is in use', () => {
  const cache = filled(10, 'abcdefghij');
  for (const key of 'abcdefghij') cache.get(key);
  cache.set('k', 'k', 1);
  assert.equal(cache.get('k'), 'k');
});

test('createByteCache drops what was not asked for before what was', () => {
  const cache = filled(10, 'abcdefghij');
  cache.set('k', 'k', 1);
  for (const key of 'bcd') cache.get(key);
  for (const key of 'lmno') cache.set(key, key, 1);
  assert.deepEqual(
    [...'abcdefgh'].filter((key) => cache.get(key) !== undefined),
    ['b', 'c', 'd'],
  );
});

test('createByteCache puts a value anew in the place of an old one', () => {
  const cache = filled(10, 'a');
  cache.set('a', 'b', 1);
  assert.deepEqual([cache.get('a'), cache.size()], ['b', 1]);
});

test('isKept leaves out what alone would drive out all the rest', () => {
  const cache = createByteCache<string>(80);
  cache.set('a', 'a', 11);
  assert.deepEqual([isKept(11, 80), isKept(10, 80), cache.get('a'), cache.size()], [false, true, undefined, 0]);
});
