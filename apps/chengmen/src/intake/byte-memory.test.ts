import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteMemory } from './byte-memory.ts';

test('byteMemory keeps what was used last, up to its bytes; what is larger drives nothing out', () => {
  const memory = byteMemory(10);
  const held = (): string => ['a', 'b', 'c', 'd'].filter((key) => memory.get(key) !== undefined).join('');
  memory.set('a', new Uint8Array(4));
  memory.set('b', new Uint8Array(4));
  memory.get('a');
  memory.set('c', new Uint8Array(4));
  assert.equal(held(), 'ac');
  memory.set('d', new Uint8Array(11));
  assert.equal(held(), 'ac');
  memory.set('c', new Uint8Array(6));
  assert.equal(held(), 'ac', 'what is put again counts once');
  memory.set('c', new Uint8Array(7));
  assert.equal(held(), 'c');
});
