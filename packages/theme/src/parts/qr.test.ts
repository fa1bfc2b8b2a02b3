import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printHtml } from '@chengmen/html';
import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import { qrCode } from './qr.ts';

/** The dark modules a picture has, border included, read off its pixels as any reader of PNG has them. */
async function drawn(text: string): Promise<string[]> {
  const [, picture = ''] = /src="data:image\/png;base64,([^"]+)"/.exec(printHtml(qrCode(text, '二维码'))) ?? [];
  const { data, info } = await sharp(Buffer.from(picture, 'base64'))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Array.from({ length: info.height }, (_, y) =>
    Array.from(data.subarray(y * info.width, (y + 1) * info.width), (grey) => (grey === 0 ? '#' : ' ')).join(''),
  );
}

test('what qrCode draws is read back by a decoder', async () => {
  for (const text of [
    'https://www.linjiang.example/',
    'https://www.linjiang.example/news/headlines/2026/11/20/a1.html',
    '临江'.repeat(30),
  ]) {
    assert.equal(decodeQR(photograph(await drawn(text), 4)), text);
  }
});

test('codes put together of others are the very codes the library draws', async () => {
  const addresses = Array.from(
    { length: 300 },
    (_, at) =>
      `https://www.linjiang.example/c${at % 7}/20${10 + (at % 17)}/0${1 + (at % 9)}/a${(at * 7919) % 100_000}.html`,
  );
  for (const address of [...addresses, ...addresses.slice(-40).map((one) => one.replace('linjiang', 'LINJIANG'))]) {
    const straight = encodeQR(address, 'raw', { ecc: 'medium', mask: 3, border: 2 });
    const rows = straight.map((row) => row.map((dark) => (dark ? '#' : ' ')).join(''));
    assert.deepEqual(await drawn(address), rows, address);
  }
});

test('qrCode says its size and what it is, without anything that needs escaping', () => {
  const markup = printHtml(qrCode('https://www.linjiang.example/', '“二维码”&'));
  assert.match(
    markup,
    /^<img class="qr" src="data:image\/png;base64,[A-Za-z0-9+/=]+" width="(\d+)" height="\1" alt="“二维码”&amp;" \/>$/,
  );
});

test('qrCode leaves two white modules on each side', async () => {
  const rows = await drawn('https://www.linjiang.example/');
  const sides = [...rows.slice(0, 2), ...rows.slice(-2), ...rows.map((row) => row.slice(0, 2) + row.slice(-2))];
  assert.match(sides.join(''), /^ +$/);
  assert.match(rows[2] ?? '', /^ {2}#{7} /);
});

/** The drawing as a camera sees it, so many pixels to a module. */
function photograph(rows: readonly string[], scale: number): { width: number; height: number; data: Uint8Array } {
  const pixels = rows.flatMap((row) => {
    const line = [...row].flatMap((module) => Array.from({ length: scale }, () => (module === '#' ? 0 : 255)));
    return Array.from({ length: scale }, () => line);
  });
  const data = Uint8Array.from(pixels.flat().flatMap((grey) => [grey, grey, grey, 255]));
  return { width: rows.length * scale, height: pixels.length, data };
}
