import {
  checkpointName,
  encodeEntries,
  encodePage,
  isReleasePath,
  keyStatementName,
  levelLength,
  lookup,
  pageAt,
  parseTileName,
  pruningsPrefix,
  tileWidth,
  type LogReader,
  type Prunings,
} from '@chengmen/release';
import type { Answer, Current } from './types.ts';
import type { VerifiedReader } from './verified-reader.ts';

/** Stands in the address of the first page of the map, whose prefix is empty. */
const rootPrefix = 'root';

/** Address of a page of the map, after `/.well-known/chengmen/`. */
export function mapAddress(prefix: string, hash: string): string {
  return `map/${prefix === '' ? rootPrefix : prefix}/${hash}`;
}

/** Address of what a page was made from, after `/.well-known/chengmen/`. */
export function provenanceAddress(path: string, hash: string): string {
  return `provenance/${hash}${path}`;
}

/**
 * What stands at an address below `/.well-known/chengmen/`: checkpoint, statements about keys, records of prunings, tiles, pages of the map of the current release,
 * provenances of its pages.
 * Everything is made again from what was verified, never copied from a file. undefined where there is nothing.
 */
export async function answerProof(
  name: string,
  release: {
    readonly current: Current;
    readonly log: LogReader;
    readonly statements: readonly string[];
    readonly reader: VerifiedReader;
    /** Records of what was taken away. */
    readonly prunings: () => Promise<Prunings>;
  },
): Promise<Answer | undefined> {
  if (name === checkpointName) return plain(Buffer.from(release.current.checkpoint), 'no-cache');
  const statement = release.statements.findIndex((_, at) => name === keyStatementName(at + 1));
  if (statement >= 0) return plain(Buffer.from(release.statements[statement] ?? ''), 'no-cache');
  if (name.startsWith(pruningsPrefix)) {
    const record = Number(/^[1-9][0-9]{0,8}$/.exec(name.slice(pruningsPrefix.length))?.[0] ?? 0);
    const note = record > 0 ? (await release.prunings()).notes[record - 1] : undefined;
    return note === undefined ? undefined : plain(Buffer.from(note), 'no-cache');
  }
  if (name.startsWith('tile/')) return answerTile(name, release.log);
  if (name.startsWith('provenance/')) return answerProvenance(name, release);
  const [, prefix, hash] = /^map\/(root|[0-9a-f]{1,64})\/([0-9a-f]{64})$/.exec(name) ?? [];
  if (prefix === undefined) return undefined;
  const found = await pageAt(release.reader.page, release.current.map, prefix === rootPrefix ? '' : prefix);
  return found && found.ref.hash === hash ? plain(encodePage(found.page), immutable) : undefined;
}

const immutable = 'public, max-age=31536000, immutable';

/** Only what a page of the current release was made from: a hash alone leads to nothing. */
async function answerProvenance(
  name: string,
  { current, reader }: { readonly current: Current; readonly reader: VerifiedReader },
): Promise<Answer | undefined> {
  const [, hash, path] = /^provenance\/([0-9a-f]{64})(\/.*)$/.exec(name) ?? [];
  const entry = isReleasePath(path) ? await lookup(reader.page, current.map, path) : undefined;
  return entry?.provenance === hash && entry
    ? plain(Buffer.from(await reader.provenance(entry)), immutable)
    : undefined;
}

async function answerTile(name: string, log: LogReader): Promise<Answer | undefined> {
  const tile = parseTileName(name);
  if (!tile || tile.index * tileWidth + tile.width > levelLength(tile.level, log.head.size)) return undefined;
  const body =
    tile.level === 'entries'
      ? encodeEntries((await log.entries(tile.index)).slice(0, tile.width))
      : Buffer.from((await log.tile(tile.level, tile.index)).slice(0, tile.width).join(''), 'hex');
  return { ...plain(body, immutable), headers: headersOf(body, 'application/octet-stream', immutable) };
}

function plain(body: Buffer, cache: string): Answer {
  return { status: 200, headers: headersOf(body, 'text/plain; charset=utf-8', cache), body };
}

function headersOf(body: Buffer, type: string, cache: string): Record<string, string> {
  return { 'content-type': type, 'cache-control': cache, 'content-length': String(body.length) };
}
