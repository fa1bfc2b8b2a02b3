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

/** A line as thick as a module through each unbroken stretch of dark ones; moves are told from where the last one ended. */
function qrPath(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  let [lastX, lastY] = [0, 0];
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      const length = x + 1 - from;
      const move = path === '' ? `M${from} ${y + 0.5}` : `m${from - lastX} ${y - lastY}`;
      path += `${move}h${length}`;
      lastX = x + 1;
      lastY = y;
    }
  }
  return path;
}
