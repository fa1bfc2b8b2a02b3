import {
  checkpointName,
  encodeEntries,
  encodePage,
  levelLength,
  pageAt,
  parseTileName,
  tileWidth,
  type LogReader,
  type PageReader,
} from '@chengmen/release';
import type { Answer, Current } from './types.ts';

/** Stands in the address of the first page of the map, whose prefix is empty. */
const rootPrefix = 'root';

/** Address of a page of the map, after `/.well-known/chengmen/`. */
export function mapAddress(prefix: string, hash: string): string {
  return `map/${prefix === '' ? rootPrefix : prefix}/${hash}`;
}

/**
 * What stands at an address below `/.well-known/chengmen/`: checkpoint, tiles, pages of the map of the current release.
 * Everything is made again from what was verified, never copied from a file. undefined where there is nothing.
 */
export async function answerProof(
  name: string,
  release: { readonly current: Current; readonly log: LogReader; readonly page: PageReader },
): Promise<Answer | undefined> {
  if (name === checkpointName) return plain(Buffer.from(release.current.checkpoint), 'no-cache');
  if (name.startsWith('tile/')) return answerTile(name, release.log);
  const [, prefix, hash] = /^map\/(root|[0-9a-f]{1,64})\/([0-9a-f]{64})$/.exec(name) ?? [];
  if (prefix === undefined) return undefined;
  const found = await pageAt(release.page, release.current.map, prefix === rootPrefix ? '' : prefix);
  return found && found.ref.hash === hash ? plain(encodePage(found.page), immutable) : undefined;
}

const immutable = 'public, max-age=31536000, immutable';

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
