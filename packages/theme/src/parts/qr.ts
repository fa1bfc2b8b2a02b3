import { crc32 } from 'node:zlib';
import { html, raw, type SafeHtml } from '@chengmen/html';
import encodeQR from 'qr';

// Weighing the eight masks against each other costs ten times the drawing; every reader reads any of them.
const mask = 3;

/** Modules of white on each side; readers need them. */
const border = 2;

/**
 * A QR code as a picture that stands in the page itself, a pixel to a module: black on white in every theme, because
 * cameras want it so. As a drawing it was a fifth of a page's bytes, and of the time to compress it.
 */
export function qrCode(text: string, label: string): SafeHtml {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', mask, border });
  const side = rows.length;
  const address = raw(`data:image/png;base64,${qrPicture(rows).toString('base64')}`);
  return html`<img class="qr" src="${address}" width="${side}" height="${side}" alt="${label}" />`;
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
/** Bytes of a chunk beside what it holds: length, name, checksum. */
const chunkFrame = 12;
/** Bytes beside the rows in a stream of one block that is not compressed: a QR code has nothing to compress. */
const streamFrame = 11;

/** PNG (ISO/IEC 15948) of one bit a pixel, 1 for white. */
function qrPicture(rows: readonly (readonly boolean[])[]): Buffer {
  const side = rows.length;
  const width = 1 + Math.ceil(side / 8);
  const stream = streamFrame + side * width;
  const png = Buffer.alloc(signature.length + chunkFrame + 13 + chunkFrame + stream + chunkFrame);
  signature.copy(png);
  const [head, data, end] = [signature.length, signature.length + 25, png.length - chunkFrame];
  png.writeUInt32BE(side, head + 8);
  png.writeUInt32BE(side, head + 12);
  png[head + 16] = 1;
  closeChunk(png, head, 'IHDR', 13);
  writeStream(png, data + 8, rows, width);
  closeChunk(png, data, 'IDAT', stream);
  closeChunk(png, end, 'IEND', 0);
  return png;
}

function closeChunk(png: Buffer, at: number, name: string, length: number): void {
  png.writeUInt32BE(length, at);
  png.write(name, at + 4, 'latin1');
  png.writeUInt32BE(crc32(png.subarray(at + 4, at + 8 + length)), at + 8 + length);
}

/** The rows as a zlib stream (RFC 1950) of one stored block (RFC 1951, 3.2.4). Each row begins with its filter, none. */
function writeStream(png: Buffer, at: number, rows: readonly (readonly boolean[])[], width: number): void {
  const size = rows.length * width;
  png.writeUInt16BE(0x7801, at);
  png[at + 2] = 1;
  png.writeUInt16LE(size, at + 3);
  png.writeUInt16LE(size ^ 0xffff, at + 5);
  const start = at + 7;
  let [one, two] = [1, 0];
  for (let y = 0; y < rows.length; y++) {
    const row = rows[y] ?? [];
    two += one;
    for (let x = 0; x < row.length;) {
      let byte = 0;
      const last = x + 8;
      for (; x < last; x++) byte = (byte << 1) | (row[x] === true ? 0 : 1);
      png[start + y * width + (x >> 3)] = byte;
      one += byte;
      two += one;
    }
    one %= 65_521;
    two %= 65_521;
  }
  png.writeUInt32BE(two * 65_536 + one, start + size);
}
