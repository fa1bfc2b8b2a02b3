import { validateHeaderName, validateHeaderValue } from 'node:http';
import { pieceOf, type Coding, type Entry } from '@chengmen/release';
import { notice } from './notice.ts';
import { judge } from './preconditions.ts';
import { fileHeaders } from './security-headers.ts';
import type { Answer, Request } from './types.ts';
import type { VerifiedReader } from './verified-reader.ts';

type Headers = Readonly<Record<string, string>>;

/** One entry in one coding, its bytes verified: all that can be said before a request is known. */
export interface Form {
  /** The answer to a request without conditions. */
  readonly whole: Answer;
  /** The strong tag; undefined where conditions do not apply, since the status is not 200. */
  readonly etag: string | undefined;
  /** What 304 says too. */
  readonly shared: Headers;
  /** Of `shared`, what guards whoever asks; 416 says it as well. */
  readonly guarded: Headers;
}

/** Reads the bytes of an entry in one coding. `always` goes with every answer. Throws `missing` and `damaged`. */
export async function readForm(
  { path, entry, coding }: { readonly path: string; readonly entry: Entry; readonly coding: Coding | undefined },
  reader: VerifiedReader,
  always: Headers,
): Promise<Form> {
  const piece = pieceOf(entry, coding) ?? entry;
  const body = await reader.piece(piece, coding);
  const guarded = { ...always, ...fileHeaders(path, entry.status) };
  const shared = {
    'cache-control': cacheControl(path, entry),
    ...(entry.gz || entry.br ? { vary: 'Accept-Encoding' } : {}),
  };
  const etag = entry.status === 200 ? `"sha256-${piece.hash}"` : undefined;
  const headers = {
    'content-type': entry.type,
    ...(coding === undefined ? {} : { 'content-encoding': coding }),
    'content-length': String(body.length),
    ...shared,
    ...(entry.location === undefined ? {} : { location: entry.location }),
    ...(etag === undefined ? {} : { etag, 'accept-ranges': 'bytes' }),
    ...guarded,
  };
  return {
    whole: { status: entry.status, headers, headerText: headerText(headers), body },
    etag,
    shared: { ...shared, ...(etag === undefined ? {} : { etag }), ...guarded },
    guarded,
  };
}

/** Throws what node:http throws for a header that cannot be sent. */
function headerText(headers: Headers): string {
  let text = '';
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    text += `${name}: ${value}\r\n`;
  }
  return text;
}

/** The answer to a request out of a form: whole, a part of it, or what its conditions come to. */
export function answerForm(request: Request, { whole, etag, shared, guarded }: Form, always: Headers): Answer {
  if (etag === undefined || !isConditional(request)) return whole;
  const { headers, body } = whole;
  const outcome = judge(request, etag, body.length);
  switch (outcome.kind) {
    case 'whole':
      return whole;
    case 'not-modified':
      return { status: 304, headers: shared, body: new Uint8Array() };
    case 'failed':
      return notice(412, always);
    case 'no-such-part':
      return notice(416, {
        etag,
        'accept-ranges': 'bytes',
        'content-range': `bytes */${body.length}`,
        ...guarded,
      });
    case 'part': {
      const { from, to } = outcome;
      const part = { 'content-length': String(to - from), 'content-range': `bytes ${from}-${to - 1}/${body.length}` };
      return { status: 206, headers: { ...headers, ...part }, body: body.subarray(from, to) };
    }
  }
}

function isConditional({ headers }: Request): boolean {
  return headers['if-none-match'] !== undefined || headers['range'] !== undefined || headers['if-match'] !== undefined;
}

/** Addresses that carry the hash of their content never change it; everything else is asked for again each time, by its tag. */
function cacheControl(path: string, { status }: Entry): string {
  return status === 200 && /^\/(?:assets|media|files)\//.test(path)
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';
}
