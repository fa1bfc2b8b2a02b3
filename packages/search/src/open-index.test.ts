import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openIndex, search, type SearchPage } from './index.ts';
import { numberedPage } from './testing/numbered-page.ts';

test('openIndex: a file that is of another version is begun anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'search-'));
  const file = join(folder, 'index');
  const first = openIndex({ file });
  first.apply([{ path: '/1.html', hash: 'x', page: numberedPage(1) }], { root: 'r' });
  first.database.exec('PRAGMA user_version = 9999');
  first.close();
  const second = openIndex({ file });
  assert.equal(second.count(), 0);
  assert.equal(second.fact('root'), undefined);
  second.close();
  rmSync(folder, { recursive: true });
});

test('openIndex: a file that is no index is refused, never half read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'search-'));
  const file = join(folder, 'index');
  writeFileSync(file, 'not an index at all, but long enough to have a header'.repeat(100));
  assert.throws(() => openIndex({ file }));
  rmSync(folder, { recursive: true });
});

test('openIndex: changes that fail in the middle leave nothing', () => {
  const index = openIndex();
  index.apply([{ path: '/1.html', hash: 'x', page: numberedPage(1) }], { root: 'one' });
  function* failing(): Generator<{ path: string; hash: string; page: SearchPage | undefined }> {
    yield { path: '/1.html', hash: 'y', page: undefined };
    yield { path: '/2.html', hash: 'y', page: numberedPage(2) };
    throw new Error('cut off');
  }
  assert.throws(() => index.apply(failing(), { root: 'two' }), /cut off/);
  assert.equal(index.fact('root'), 'one');
  assert.deepEqual(
    search(index, { query: '城门' }).pages.map(({ path }) => path),
    ['/1.html'],
  );
});

test('openIndex: killed at any moment it holds the facts and the pages of one moment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'search-'));
  const file = join(folder, 'index');
  for (let round = 0; round < 6; round++) {
    const child = fork(join(import.meta.dirname, 'testing', 'write-child.ts'), [file], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    // After some messages it is somewhere in the next writing.
    for (let heard = 0; heard < 3 + round; heard++) await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const index = openIndex({ file });
    const last = Number(index.fact('root') ?? 0);
    // Round n puts pages n and n + 1 and takes n − 1 away.
    const wanted = last === 0 ? [] : [last, last + 1].map((number) => `/${number}.html`);
    assert.deepEqual(
      search(index, { query: '城门' })
        .pages.map(({ path }) => path)
        .sort(),
      wanted.sort(),
    );
    assert.equal(index.count(), wanted.length);
    index.database.exec("INSERT INTO grams (grams) VALUES ('integrity-check')");
    index.close();
  }
  rmSync(folder, { recursive: true });
});

test('openIndex: the same text under other bytes is not read into the index again', () => {
  const index = openIndex();
  index.apply([{ path: '/1.html', hash: 'x', page: numberedPage(1) }]);
  const before = index.page('/1.html');
  index.apply([{ path: '/1.html', hash: 'y', page: numberedPage(1) }]);
  assert.deepEqual({ ...index.page('/1.html') }, { ...before, hash: 'y' });
});
