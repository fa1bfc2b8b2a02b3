import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { breachedPasswords } from './breached-passwords.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-breached-'));
after(() => {
  rmSync(folder, { recursive: true });
});
const hashed = (word: string): string => createHash('sha1').update(word).digest('hex').toUpperCase();

test('breachedPasswords: finds each of a sorted list, first and last too, with counts, small letters and any line ends; no other', () => {
  for (const count of [0, 1, 2, 3, 50, 1000])
    for (const [lines, end] of [
      [(hash: string, at: number) => `${hash}:${at ** 3}`, '\r\n'],
      [(hash: string) => hash.toLowerCase(), '\n'],
    ] as const) {
      const words = Array.from({ length: count }, (_, at) => `leaked ${at}`);
      const file = join(folder, 'list.txt');
      writeFileSync(file, words.map(hashed).sort().map(lines).join(end));
      const isBreached = breachedPasswords(file);
      for (const word of words) assert.ok(isBreached(word), `${word} of ${count}`);
      for (const word of ['', 'not leaked', 'leaked', `leaked ${count}`]) assert.ok(!isBreached(word), word);
    }
});

test('breachedPasswords: a file that is not there is told at start', () => {
  assert.throws(() => breachedPasswords(join(folder, 'none')), { code: 'file-unreadable' });
});
