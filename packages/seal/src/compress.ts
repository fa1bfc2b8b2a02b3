import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** True for media types that text compression makes smaller. */
export function isCompressible(type: string): boolean {
  const [name = ''] = type.split(';', 1);
  return /^text\/|^application\/(?:json|xml|javascript|manifest\+json|wasm)$|\+(?:xml|json)$/.test(name.trim());
}

export interface Compressed {
  readonly gz?: Buffer;
  readonly br?: Buffer;
}

/** A page fits in such a window: as small in less time, and a browser needs less memory for it. */
const smallWindow = 16;

/** Gzip 6 and brotli 5, each only where it is smaller. The same bytes always give the same bytes. */
export function compress(type: string, body: Uint8Array): Compressed {
  return compressAll([{ type, bytes: body }])[0] ?? {};
}

/** The same of many: all with the one, then all with the other. Turn and turn about takes a tenth longer. */
export function compressAll(bodies: readonly { readonly type: string; readonly bytes: Uint8Array }[]): Compressed[] {
  const shrinking = bodies.map(({ type, bytes }) => (isCompressible(type) ? bytes : undefined));
  const gz = shrinking.map((body) => body && gzip(body));
  const br = shrinking.map((body) => body && brotli(body));
  const smaller = (form: Buffer | undefined, at: number): Buffer | undefined =>
    form && form.length < (bodies[at]?.bytes.length ?? 0) ? form : undefined;
  return bodies.map((_, at) => {
    const [one, other] = [smaller(gz[at], at), smaller(br[at], at)];
    return { ...(one ? { gz: one } : {}), ...(other ? { br: other } : {}) };
  });
}

/**
 * Bytes the output is gathered in at a time; they do not alter it. A page's form fits in what is cut from memory that is
 * there, where the default is new memory for each.
 */
const chunkSize = ({ length }: Uint8Array): number => Math.max(4000, length >> 2);

function gzip(body: Uint8Array): Buffer {
  const gz = gzipSync(body, { level: 6, chunkSize: chunkSize(body) });
  // RFC 1952 §2.3.1: time of modification none, operating system unknown, whatever machine this is.
  gz.fill(0, 4, 8);
  gz[9] = 255;
  return gz;
}

function brotli(body: Uint8Array): Buffer {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    [constants.BROTLI_PARAM_LGWIN]: body.length <= 2 ** smallWindow ? smallWindow : constants.BROTLI_DEFAULT_WINDOW,
  };
  return brotliCompressSync(body, { params, chunkSize: chunkSize(body) });
}

/**
 * By what forms are made here: the libraries' versions, and what they make of a sample, so that other parameters have
 * another id without anybody's thinking of it. No line break in it.
 */
export function compressorId(): string {
  const { gz, br } = compress('text/plain', Buffer.from(sample()));
  const made = createHash('sha256')
    .update(gz ?? '')
    .update(br ?? '')
    .digest('hex')
    .slice(0, 16);
  return `zlib ${process.versions.zlib}, brotli ${process.versions.brotli}, ${made}`;
}

/** Text enough to fill a window, with repetitions near and far. */
function sample(): string {
  let state = 1;
  return Array.from({ length: 3000 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1;
    return `<p>临江${state % 61}</p>${state % 7 === 0 ? '城门 gate' : ''}`;
  }).join('');
}
