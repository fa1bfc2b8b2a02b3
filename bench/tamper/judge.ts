import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Approved } from './site.ts';

/** What a portal said to a request. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export type Verdict = 'approved' | 'unavailable' | 'unapproved';

/** Codings that are asked for, as a browser names them. */
export const codings = ['identity', 'gzip', 'br'] as const;

/** Whether an answer is what was approved for the address, whatever coding it came in, or an honest refusal. */
export function judge({ status, headers, body }: Told, approved: Approved): Verdict {
  if (status === 503) return 'unavailable';
  if (status !== approved.status || headers['content-type'] !== approved.type) return 'unapproved';
  if (headers['location'] !== approved.location) return 'unapproved';
  return Buffer.compare(decoded(body, headers['content-encoding']), approved.body) === 0 ? 'approved' : 'unapproved';
}

function decoded(body: Uint8Array, coding: string | undefined): Uint8Array {
  try {
    if (coding === undefined) return body;
    return coding === 'gzip' ? gunzipSync(body) : brotliDecompressSync(body);
  } catch {
    return Buffer.from('it cannot be decoded');
  }
}
