import { pieceOf, type Entry } from '@chengmen/release';
import { chooseCoding } from './choose-coding.ts';
import { notice } from './notice.ts';
import { headerOf, judge } from './preconditions.ts';
import type { Answer, Request } from './types.ts';
import type { VerifiedReader } from './verified-reader.ts';

/** The answer a release has for a path. Throws `missing` and `damaged`. */
export async function answerEntry(
  request: Request,
  path: string,
  entry: Entry,
  reader: VerifiedReader,
): Promise<Answer> {
  const coding = chooseCoding(headerOf(request, 'accept-encoding'), entry);
  const piece = pieceOf(entry, coding) ?? entry;
  const body = await reader.piece(piece, coding);
  const shared = {
    'cache-control': cacheControl(path, entry),
    ...(entry.gz || entry.br ? { vary: 'Accept-Encoding' } : {}),
  };
  const described = {
    'content-type': entry.type,
    ...(coding === undefined ? {} : { 'content-encoding': coding }),
    'content-length': String(body.length),
    ...shared,
  };
  if (entry.status !== 200) {
    const location = entry.location === undefined ? {} : { location: entry.location };
    return { status: entry.status, headers: { ...described, ...location }, body };
  }
  return conditional(request, piece.hash, body, shared, described);
}

function conditional(
  request: Request,
  hash: string,
  body: Uint8Array,
  shared: Readonly<Record<string, string>>,
  described: Readonly<Record<string, string>>,
): Answer {
  const etag = `"sha256-${hash}"`;
  const tags = { etag, 'accept-ranges': 'bytes' };
  const outcome = judge(request, etag, body.length);
  switch (outcome.kind) {
    case 'whole':
      return { status: 200, headers: { ...described, ...tags }, body };
    case 'not-modified':
      return { status: 304, headers: { ...shared, etag }, body: new Uint8Array() };
    case 'failed':
      return notice(412);
    case 'no-such-part':
      return notice(416, { ...tags, 'content-range': `bytes */${body.length}` });
    case 'part': {
      const { from, to } = outcome;
      const headers = {
        ...described,
        ...tags,
        'content-length': String(to - from),
        'content-range': `bytes ${from}-${to - 1}/${body.length}`,
      };
      return { status: 206, headers, body: body.subarray(from, to) };
    }
  }
}

/** Addresses that carry the hash of their content never change it; everything else is asked for again each time, by its tag. */
function cacheControl(path: string, { status }: Entry): string {
  return status === 200 && /^\/(?:assets|media)\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
