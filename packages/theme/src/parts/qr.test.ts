import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printHtml } from '@chengmen/html';
import decodeQR from 'qr/decode.js';
import { qrCode } from './qr.ts';

/** The dark modules a drawing has, border included, read off its line. */
function drawn(svg: string): string[] {
  const [, side = ''] = /viewBox="0 0 (\d+) \d+"/.exec(svg) ?? [];
  const rows = Array.from({ length: Number(side) }, () => Array.from({ length: Number(side) }, () => ' '));
  let [x, y] = [0, 0];
  for (const [, command = '', text = ''] of (/ d="([^"]+)"/.exec(svg)?.[1] ?? '').matchAll(/([Mmh])([-\d. ]+)/g)) {
    const [first = 0, second = 0] = text.trim().split(' ').map(Number);
    if (command === 'M') [x, y] = [first, second - 0.5];
    else if (command === 'm') [x, y] = [x + first, y + second];
    else for (const end = x + first; x < end; x++) rows[y]![x] = '#';
  }
  return rows.map((row) => row.join(''));
}

test('what qrCode draws is read back by a decoder', () => {
  for (const text of [
    'https://www.linjiang.example/',
    'https://www.linjiang.example/news/headlines/2026/11/20/a1.html',
    '临江'.repeat(30),
  ]) {
    assert.equal(decodeQR(photograph(drawn(printHtml(qrCode(text, '二维码'))), 4)), text);
  }
});

test('qrCode leaves two white modules on each side', () => {
  const rows = drawn(printHtml(qrCode('https://www.linjiang.example/', '二维码')));
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
