import { html, raw, type SafeHtml } from '@chengmen/html';
import encodeQR from 'qr';

// Weighing the eight masks against each other costs ten times the drawing; every reader reads any of them.
const mask = 3;

/** Modules of white on each side; readers need them. */
const border = 2;

/** A QR code as one line of one drawing: black on white in every theme, because cameras want it so. */
export function qrCode(text: string, label: string): SafeHtml {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', mask, border });
  const side = rows.length;
  return html`<svg
    class="qr"
    viewBox="0 0 ${side} ${side}"
    role="img"
    aria-label="${label}"
    shape-rendering="crispEdges"
  >
    <rect width="${side}" height="${side}" fill="#fff" />
    <path d="${raw(qrPath(rows))}" fill="none" stroke="#000" />
  </svg>`;
}

/** Each module needs `m100 -100h100` at most. */
const room = Buffer.alloc(200 * 200 * 8);

/** A line as thick as a module through each unbroken stretch of dark ones; moves are told from where the last one ended. */
function qrPath(rows: readonly (readonly boolean[])[]): string {
  let end = 0;
  const sign = (text: string): void => {
    room[end++] = text.charCodeAt(0);
  };
  const number = (value: number): void => {
    if (value < 0) sign('-');
    const size = Math.abs(value);
    if (size > 99) room[end++] = 48 + Math.floor(size / 100);
    if (size > 9) room[end++] = 48 + (Math.floor(size / 10) % 10);
    room[end++] = 48 + (size % 10);
  };
  let [lastX, lastY] = [0, 0];
  for (let y = 0; y < rows.length; y++) {
    const row = rows[y] ?? [];
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x + 1] === true) x++;
      if (end === 0) end += room.write(`M${from} ${y + 0.5}`, 'latin1');
      else {
        sign('m');
        number(from - lastX);
        sign(' ');
        number(y - lastY);
      }
      sign('h');
      number(x + 1 - from);
      lastX = x + 1;
      lastY = y;
    }
  }
  return room.toString('latin1', 0, end);
}
