import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mirrored } from '@chengmen/seal';
import { keepMirror, retryDelay } from './keep-mirror.ts';

const mirrored: Mirrored = { changed: true, size: 1, root: '', paths: 0, files: 1, bytes: 1 };

test('retryDelay: doubles to a minute, less a random part', () => {
  assert.deepEqual(
    [0, 1, 2, 5, 6, 60].map((failures) => retryDelay(failures, 1000, 0)),
    [1000, 2000, 4000, 32_000, 60_000, 60_000],
  );
  assert.equal(retryDelay(60, 1000, 1), 30_000);
});

test('keepMirror: tells of each release, of the same fault once, and goes on when it is gone', async () => {
  const outcomes: (Mirrored | Error)[] = [
    mirrored,
    { ...mirrored, changed: false },
    new Error('away'),
    new Error('away'),
    { ...mirrored, changed: false },
    mirrored,
    new Error('forked'),
  ];
  const stopping = new AbortController();
  const told: string[] = [];
  const kept = keepMirror({
    period: 1,
    signal: stopping.signal,
    mirror: {
      pull: () => {
        const next = outcomes.shift();
        if (outcomes.length === 0) setImmediate(() => stopping.abort());
        return next instanceof Error || !next ? Promise.reject(next ?? new Error('too often')) : Promise.resolve(next);
      },
    },
    pulled: ({ changed }) => told.push(changed ? 'pulled' : 'nothing new'),
    failed: (error) => told.push(String(error)),
  });
  assert.equal(await kept.ended, false, 'the last look found something wrong');
  assert.deepEqual(told, ['pulled', 'Error: away', 'nothing new', 'pulled', 'Error: forked']);
});

test('keepMirror: a look that is asked for is not waited for, also while another is under way', async () => {
  const stopping = new AbortController();
  let pulls = 0;
  const kept = keepMirror({
    period: 600_000,
    signal: stopping.signal,
    mirror: {
      pull: () => {
        if (++pulls === 1) setImmediate(() => kept.look());
        if (pulls === 2) kept.look();
        if (pulls === 3) stopping.abort();
        return Promise.resolve(mirrored);
      },
    },
    pulled: () => undefined,
    failed: () => undefined,
  });
  assert.equal(await kept.ended, true);
  assert.equal(pulls, 3);
});
