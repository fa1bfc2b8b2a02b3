import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compressorId } from './compress.ts';
import { compress, isCompressible } from './index.ts';

const page = Buffer.from('<p>公告</p>\n'.repeat(200));

test('compress makes forms that open to the very bytes, the same each time', () => {
  const [once, twice] = [compress('text/html; charset=utf-8', page), compress('text/html', page)];
  assert.ok(once.gz && once.br);
  assert.deepEqual(gunzipSync(once.gz), page);
  assert.deepEqual(brotliDecompressSync(once.br), page);
  assert.deepEqual(once, twice);
});

test('compress writes no time and no operating system into gzip', () => {
  const { gz } = compress('text/html', page);
  assert.deepEqual([...gz!.subarray(4, 8), gz![9]], [0, 0, 0, 0, 255]);
});

test('compress leaves out forms that are no smaller, and types that are compressed already', () => {
  assert.deepEqual(compress('text/plain', Buffer.from('a')), {});
  assert.deepEqual(compress('image/png', page), {});
  for (const type of [
    'text/css',
    'image/svg+xml',
    'application/json',
    'application/xml; charset=utf-8',
    'application/feed+json',
  ])
    assert.ok(isCompressible(type), type);
  for (const type of ['image/jpeg', 'application/pdf', 'application/zip', 'font/woff2'])
    assert.ok(!isCompressible(type), type);
});

test('compressorId names the libraries and what they make, the same each time', () => {
  const id = compressorId();
  assert.equal(id, compressorId());
  assert.ok(id.includes(process.versions.zlib) && id.includes(String(process.versions['brotli'])));
  assert.match(id, /, [0-9a-f]{16}$/);
});
