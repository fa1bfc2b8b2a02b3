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

/** Gzip 6 and brotli 5, each only where it is smaller. The same bytes always give the same bytes. */
export function compress(type: string, body: Uint8Array): Compressed {
  if (!isCompressible(type)) return {};
  const gz = gzipSync(body, { level: 6 });
  // RFC 1952 §2.3.1: time of modification none, operating system unknown, whatever machine this is.
  gz.fill(0, 4, 8);
  gz[9] = 255;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  const br = brotliCompressSync(body, { params });
  return { ...(gz.length < body.length ? { gz } : {}), ...(br.length < body.length ? { br } : {}) };
}
