import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ChengmenError } from '@chengmen/model';
import { blobName, hashOf, ReleaseError } from '@chengmen/release';
import { exportRelease, type Exported, type ExportOptions } from './export-release.ts';
import { nginxFolder } from './nginx-config.ts';
import { replaceFolder } from './replace-folder.ts';
import { sealedSamples, type Sample, type SealedSamples } from './testing/sealed-samples.ts';

const top = mkdtempSync(join(tmpdir(), 'chengmen-export-'));
after(() => {
  rmSync(top, { recursive: true, force: true });
});

let folders = 0;
const newFolder = (): string => {
  const folder = join(top, String(folders++));
  mkdirSync(folder);
  return folder;
};

const text = { type: 'text/plain; charset=utf-8' };
const long = (word: string): string => `<p>${word}</p>\n`.repeat(50);

async function exported(
  pages: Readonly<Record<string, Sample>>,
  options: Partial<ExportOptions> = {},
): Promise<{ folder: string; result: Exported; samples: SealedSamples }> {
  const samples = await sealedSamples(pages);
  const folder = newFolder();
  const result = await exportRelease({ store: samples.store, key: samples.vkey, folder, ...options });
  return { folder, result, samples };
}

const refused = (
  pages: Readonly<Record<string, Sample>>,
  path: string,
  options?: Partial<ExportOptions>,
): Promise<void> =>
  assert.rejects(
    exported(pages, options),
    (error) =>
      error instanceof ChengmenError && error.code === 'export-impossible' && error.parameters['path'] === path,
  );

const namesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    .sort();

test('exportRelease writes each page under its name with its sealed forms, and lists what no file can say', async () => {
  const { folder, result, samples } = await exported({
    '/': { body: long('home') },
    '/404.html': { body: 'not here', status: 404 },
    '/news/a.html': { body: long('a') },
    '/news/gone.html': { body: 'withdrawn', status: 410 },
    '/old.html': { body: 'moved', status: 301, location: '/news/a.html' },
  });
  const tree = namesBelow(folder).filter((name) => !name.startsWith('.'));
  assert.deepEqual(tree, [
    '404.html',
    'index.html',
    'index.html.br',
    'index.html.gz',
    'news/a.html',
    'news/a.html.br',
    'news/a.html.gz',
    'news/gone.html',
  ]);
  assert.equal(gunzipSync(readFileSync(join(folder, 'index.html.gz'))).toString(), long('home'));
  assert.equal(brotliDecompressSync(readFileSync(join(folder, 'news/a.html.br'))).toString(), long('a'));
  assert.equal(readFileSync(join(folder, '.chengmen/redirects.map'), 'utf8'), '/old.html /news/a.html;\n');
  assert.equal(readFileSync(join(folder, '.chengmen/gone.map'), 'utf8'), '/news/gone.html 1;\n');
  assert.deepEqual([result.paths, result.files, result.redirects, result.gone], [5, 8, 1, 1]);
  const checkpoint = readFileSync(join(folder, '.well-known/chengmen/checkpoint'));
  assert.deepEqual(checkpoint, Buffer.from(samples.store.files.get('checkpoint') ?? []));
  assert.ok(existsSync(join(folder, '.well-known/chengmen/map/root', result.root)));
});

test('exportRelease stops at bytes that are not the sealed ones, also in a compressed form', async () => {
  for (const ending of ['', '.gz', '.br']) {
    const samples = await sealedSamples({ '/': { body: long('home') } });
    const name = [...samples.store.files.keys()].find(
      (one) =>
        one.startsWith('blob/') &&
        one.endsWith(ending) &&
        (ending !== '' || one === blobName({ hash: hashOf(Buffer.from(long('home'))) })),
    );
    const bytes = Uint8Array.from(samples.store.files.get(name ?? '') ?? assert.fail(ending));
    bytes[bytes.length - 1]! ^= 1;
    samples.store.files.set(name ?? '', bytes);
    await assert.rejects(
      exportRelease({ store: samples.store, key: samples.vkey, folder: newFolder() }),
      (error) => error instanceof ReleaseError && error.code === 'damaged' && error.where === name,
      ending,
    );
  }
});

test('exportRelease trusts no key but the given one', async () => {
  const samples = await sealedSamples({ '/': { body: 'x' } });
  const { vkey } = await sealedSamples();
  await assert.rejects(exportRelease({ store: samples.store, key: vkey, folder: newFolder() }), ReleaseError);
});

test('exportRelease refuses by name what a plain tree cannot hold, whichever comes first', async () => {
  await refused({ '/a': { body: 'x', ...text }, '/a/b': { body: 'y', ...text } }, '/a/b');
  await refused({ '/a': { body: 'x', ...text }, '/a/': { body: 'y' } }, '/a/');
  await refused({ '/a/': { body: 'x' }, '/a/index.html': { body: 'y' } }, '/a/index.html');
  await refused(
    { '/t.csv': { body: long('x'), ...text }, '/t.csv.gz': { body: 'y', type: 'application/gzip' } },
    '/t.csv.gz',
  );
  await refused({ '/.htaccess': { body: 'x', ...text } }, '/.htaccess');
  await refused({ '/x/.git/config': { body: 'x', ...text } }, '/x/.git/config');
  await refused({ '/.well-known': { body: 'x', ...text } }, '/.well-known');
  await refused({ [`/${'n'.repeat(250)}`]: { body: 'x', ...text } }, `/${'n'.repeat(250)}`);
});

test('exportRelease gives nginx such pages by its map', async () => {
  const pages = {
    '/a': { body: 'x', ...text },
    '/a/b': { body: 'y', ...text },
    '/.htaccess': { body: 'z', ...text },
    '/c': { body: 'moved', status: 301 as const, location: '/' },
    '/c/d': { body: 'below a redirect', ...text },
  };
  const { folder, result } = await exported(pages, { nginxRoot: '/srv/www' });
  assert.equal(result.aside, 2);
  assert.deepEqual(
    namesBelow(folder).filter((name) => !name.startsWith('.')),
    ['a', 'c/d'],
  );
  const routes = readFileSync(join(folder, nginxFolder, 'routes.map'), 'utf8');
  assert.deepEqual(
    routes.split('\n').map((line) => line.split(' ')[0]),
    ['/.htaccess', '/a/b', '/c', ''],
  );
});

test('exportRelease writes nothing into an nginx configuration that could end a string there', async () => {
  await refused({ '/a.html': { body: 'x', type: 'text/html; a="$document_root"' } }, '*.html', {
    nginxRoot: '/srv/www',
  });
  const odd = { body: 'x', status: 410 as const, type: 'text/html; a="}' };
  await refused({ '/': { body: 'x' }, '/a.html': odd }, '/a.html', { nginxRoot: '/srv/www' });
  await refused({ '/': { body: 'x' } }, '/srv/"; x', { nginxRoot: '/srv/"; x' });
});

test('exportRelease gives files for nginx a time that only other bytes change', async () => {
  const { statSync } = await import('node:fs');
  const pages = { '/': { body: long('home') }, '/b.html': { body: long('bbbb') } };
  const times = async (): Promise<number[]> => {
    const { folder } = await exported(pages, { nginxRoot: '/srv/www' });
    return ['index.html', 'index.html.gz', 'index.html.br', 'b.html'].map(
      (name) => statSync(join(folder, name)).mtimeMs,
    );
  };
  const first = await times();
  assert.deepEqual(first, await times());
  assert.equal(new Set(first).size, 4);
});

test('replaceFolder shows a folder that is whole or none, and leaves nothing beside it', async () => {
  const folder = newFolder();
  const target = join(folder, 'site');
  const fill = (words: string) => (inside: string) => {
    writeFileSync(join(inside, 'page'), words);
    return Promise.resolve(words);
  };
  const cutOff = (inside: string): Promise<never> => {
    writeFileSync(join(inside, 'page'), 'half');
    assert.equal(existsSync(target) && readFileSync(join(target, 'page'), 'utf8') === 'half', false);
    return Promise.reject(new Error('cut off'));
  };
  await assert.rejects(replaceFolder(target, cutOff), /cut off/);
  assert.deepEqual(readdirSync(folder), []);
  assert.equal(await replaceFolder(target, fill('first')), 'first');
  await assert.rejects(replaceFolder(target, cutOff), /cut off/);
  assert.equal(readFileSync(join(target, 'page'), 'utf8'), 'first');
  await replaceFolder(target, fill('second'));
  assert.equal(readFileSync(join(target, 'page'), 'utf8'), 'second');
  assert.deepEqual(readdirSync(folder), ['site']);
});
