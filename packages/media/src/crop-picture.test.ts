import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { kinds } from '@chengmen/model';
import sharp from 'sharp';
import { openByteStore } from './byte-store.ts';
import { cropPicture } from './crop-picture.ts';
import { mediaFields, takeFile } from './take-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-crop-'));
const store = openByteStore(folder);
after(() => {
  rmSync(folder, { recursive: true });
});

test('cropPicture: every form shows the part that was cut out; the whole is kept, and comes back as it was', async () => {
  // Red on the left, blue on the right.
  const blue = await sharp({ create: { width: 500, height: 600, channels: 3, background: '#00f' } })
    .png()
    .toBuffer();
  const bytes = await sharp({ create: { width: 1000, height: 600, channels: 3, background: '#f00' } })
    .composite([{ input: blue, left: 500, top: 0 }])
    .png()
    .toBuffer();
  const taken = await takeFile([bytes] as unknown as AsyncIterable<Uint8Array>, { name: '图.png', store, alt: '两色' });
  const before = { ...mediaFields(taken), focus: { x: 20, y: 50 } };
  const area = { left: 480, top: 0, width: 520, height: 300 };
  const fields = await cropPicture(before, area, { store });
  assert.deepEqual(kinds.media.parse(fields), fields, 'it is what a media item may hold');
  assert.deepEqual(
    fields.forms?.map(({ width, height }) => [width, height]),
    [
      [480, 277],
      [520, 300],
    ],
  );
  assert.deepEqual([fields.width, fields.height, fields.uncropped?.hash], [520, 300, before.hash]);
  for (const { hash, width = 0, height = 0 } of [fields, ...(fields.forms ?? [])]) {
    const { data } = await sharp(await store.get(hash))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const [red = 0, , blueness = 0] = data.subarray((height >> 1) * width * 3 + (width >> 1) * 3);
    assert.ok(blueness > 200 && red < 50, `${width} wide: the middle is blue`);
    assert.ok((data[0] ?? 0) > 200, 'and the left edge red');
  }
  const again = await cropPicture(fields, { left: 0, top: 0, width: 64, height: 64 }, { store });
  assert.deepEqual([again.width, again.uncropped?.hash], [64, before.hash], 'cut from the whole, not from the cut');
  assert.deepEqual(await cropPicture(again, undefined, { store }), before);
  const files = readdirSync(folder, { recursive: true });
  for (const [problem, wrong] of [
    ['at least 64', { left: 0, top: 0, width: 63, height: 300 }],
    ['beyond', { left: 500, top: 0, width: 501, height: 300 }],
    ['beyond', { left: 0, top: 301, width: 500, height: 300 }],
  ] as const)
    await assert.rejects(cropPicture(fields, wrong, { store }), new RegExp(problem));
  const drawing = { ...before, type: 'image/svg+xml' as const };
  await assert.rejects(cropPicture(drawing, area, { store }), /cannot be cropped/);
  await assert.rejects(cropPicture({ ...before, hash: 'a'.repeat(64) }, area, { store }), { code: 'not-found' });
  assert.deepEqual(readdirSync(folder, { recursive: true }), files, 'what was refused leaves nothing');
});
