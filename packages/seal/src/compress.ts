import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

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
export async function compress(type: string, body: Uint8Array): Promise<Compressed> {
  if (!isCompressible(type)) return {};
  const [gz, br] = await Promise.all([
    gzipAsync(body, { level: 6 }),
    brotliAsync(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  ]);
  // RFC 1952 §2.3.1: time of modification none, operating system unknown, whatever machine this is.
  gz.fill(0, 4, 8);
  gz[9] = 255;
  return { ...(gz.length < body.length ? { gz } : {}), ...(br.length < body.length ? { br } : {}) };
}
