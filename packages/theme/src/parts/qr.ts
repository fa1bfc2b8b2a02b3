import { html, type SafeHtml } from '@chengmen/html';
import { encode } from 'uqr';

// Weighing the eight masks against each other costs ten times the drawing; every reader reads any of them.
const mask = 3;

/** A QR code as one path of one drawing: black on white in every theme, because cameras want it so. */
export function qrCode(text: string, label: string): SafeHtml {
  const { data, size } = encode(text, { ecc: 'M', border: 2, maskPattern: mask });
  return html`<svg
    class="qr"
    viewBox="0 0 ${size} ${size}"
    role="img"
    aria-label="${label}"
    shape-rendering="crispEdges"
  >
    <rect width="${size}" height="${size}" fill="#fff" />
    <path d="${qrPath(data)}" fill="#000" />
  </svg>`;
}

/** One move and one closed run for each unbroken stretch of dark modules in a row. */
function qrPath(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => runs(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)).join('');
}

function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = [];
  for (let x = 0; x < row.length; x++) {
    const last = found.at(-1);
    if (!row[x]) continue;
    if (last && last[0] + last[1] === x) last[1]++;
    else found.push([x, 1]);
  }
  return found;
}
