import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printHtml } from '@chengmen/html';
import { encode } from 'uqr';
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

test('qrCode draws the very modules of the code, with two white ones on each side', () => {
  for (const text of [
    'https://www.linjiang.example/',
    'https://www.linjiang.example/news/headlines/2026/11/20/a1.html',
    '临江'.repeat(30),
  ]) {
    const { data } = encode(text, { ecc: 'M', border: 2, maskPattern: 3 });
    assert.deepEqual(
      drawn(printHtml(qrCode(text, '二维码'))),
      data.map((row) => row.map((dark) => (dark ? '#' : ' ')).join('')),
    );
  }
});
