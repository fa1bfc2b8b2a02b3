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
  const code = codeOf(text);
  const address = raw(`data:image/png;base64,${qrPicture(code).toString('base64')}`);
  return html`<img class="qr" src="${address}" width="${code.side}" height="${code.side}" alt="${label}" />`;
}

/** Rows of a PNG of one bit a pixel, 1 for white, each with its filter before it, none; filled up to whole words. */
interface Code {
  readonly side: number;
  readonly rows: Uint32Array;
}

const widthOf = (side: number): number => 1 + Math.ceil(side / 8);
const bytesOf = ({ side, rows }: Code): Uint8Array => new Uint8Array(rows.buffer, 0, side * widthOf(side));

function drawCode(text: string): Code {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', encoding: 'byte', mask, border });
  const side = modules.length;
  const code = { side, rows: new Uint32Array(Math.ceil((side * widthOf(side)) / 4)) };
  const bytes = bytesOf(code);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const at = y * widthOf(side) + 1 + (x >> 3);
      if (modules[y]?.[x] === false) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
    }
  return code;
}

/** Of the texts of one length the last, and what has been learned of all. */
interface Learned {
  text: string;
  code: Code;
  /** What a bit pattern by which a character differs turns over in the code, by place and pattern. */
  readonly turns: Map<number, Uint32Array>;
}

const learned = new Map<number, Learned>();
/** Of all lengths, a quarter of a kilobyte each. */
const mostTurns = 20_000;
let turnsKept = 0;

/** Characters learned with one text: an edit draws one code and need not pay for those to come. */
const learnedAtOnce = 2;

/**
 * With one mask every module is a sum, modulo 2, of bits of the text: so is Reed-Solomon's code. The code of a text is
 * therefore that of another as long, with what each of its other characters turns over. Addresses of a site differ little.
 */
function codeOf(text: string): Code {
  if (!/^[ -~]*$/.test(text)) return drawCode(text);
  const last = learned.get(text.length) ?? { text, code: drawCode(text), turns: new Map<number, Uint32Array>() };
  learned.set(text.length, last);
  last.code = codeAfter(last, text) ?? drawCode(text);
  last.text = text;
  return last.code;
}

function codeAfter(last: Learned, text: string): Code | undefined {
  const rows = last.code.rows.slice();
  let left = learnedAtOnce;
  let whole = true;
  for (let at = 0; at < text.length; at++) {
    const pattern = text.charCodeAt(at) ^ last.text.charCodeAt(at);
    if (pattern === 0) continue;
    const turns = last.turns.get(at * 128 + pattern) ?? (left-- > 0 ? learn(last, at, pattern) : undefined);
    if (turns) turnOver(rows, turns);
    else whole = false;
  }
  return whole ? { side: last.code.side, rows } : undefined;
}

function learn({ text, code, turns }: Learned, at: number, pattern: number): Uint32Array | undefined {
  if (turnsKept >= mostTurns) return undefined;
  turnsKept++;
  const character = String.fromCharCode(text.charCodeAt(at) ^ pattern);
  const { rows } = drawCode(text.slice(0, at) + character + text.slice(at + 1));
  turnOver(rows, code.rows);
  turns.set(at * 128 + pattern, rows);
  return rows;
}

function turnOver(rows: Uint32Array, turns: Uint32Array): void {
  for (let at = 0; at < rows.length; at++) rows[at] = (rows[at] ?? 0) ^ (turns[at] ?? 0);
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
/** Bytes of a chunk beside what it holds: length, name, checksum. */
const chunkFrame = 12;
/** Bytes beside the rows in a stream of one block that is not compressed: a QR code has nothing to compress. */
const streamFrame = 11;

/** PNG (ISO/IEC 15948). */
function qrPicture(code: Code): Buffer {
  const { side } = code;
  const rows = bytesOf(code);
  const stream = streamFrame + rows.length;
  const png = Buffer.alloc(signature.length + chunkFrame + 13 + chunkFrame + stream + chunkFrame);
  signature.copy(png);
  const [head, data, end] = [signature.length, signature.length + 25, png.length - chunkFrame];
  png.writeUInt32BE(side, head + 8);
  png.writeUInt32BE(side, head + 12);
  png[head + 16] = 1;
  closeChunk(png, head, 'IHDR', 13);
  writeStream(png, data + 8, rows);
  closeChunk(png, data, 'IDAT', stream);
  closeChunk(png, end, 'IEND', 0);
  return png;
}

function closeChunk(png: Buffer, at: number, name: string, length: number): void {
  png.writeUInt32BE(length, at);
  png.write(name, at + 4, 'latin1');
  png.writeUInt32BE(crc32(png.subarray(at + 4, at + 8 + length)), at + 8 + length);
}

/** The rows as a zlib stream (RFC 1950) of one stored block (RFC 1951, 3.2.4). */
function writeStream(png: Buffer, at: number, rows: Uint8Array): void {
  png.writeUInt16BE(0x7801, at);
  png[at + 2] = 1;
  png.writeUInt16LE(rows.length, at + 3);
  png.writeUInt16LE(rows.length ^ 0xffff, at + 5);
  png.set(rows, at + 7);
  let [one, two] = [1, 0];
  for (const byte of rows) {
    one = (one + byte) % 65_521;
    two = (two + one) % 65_521;
  }
  png.writeUInt32BE(two * 65_536 + one, at + 7 + rows.length);
}
