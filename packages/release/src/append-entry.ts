import { edgeRoot, type LogReader } from './log-reader.ts';
import { recordHash, treeHash } from './merkle.ts';
import { encodeEntries, levelLength, rightEdge, tileName, tileWidth } from './tiles.ts';
import type { HashText, LogHead } from './types.ts';

export interface Appended {
  readonly head: LogHead;
  /** The tiles and the bundle that are new, by file name. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The log with one more entry. Reads and writes O(log n) tiles. */
export async function appendEntry(log: LogReader, entry: Uint8Array): Promise<Appended> {
  const { size } = log.head;
  const files = new Map<string, Buffer>();
  const grown = new Map<number, readonly HashText[]>();
  let carried: HashText | undefined = recordHash(entry);
  for (let level = 0; carried !== undefined; level++) {
    const length = levelLength(level, size);
    const before: readonly HashText[] =
      length % tileWidth === 0 ? [] : await log.tile(level, Math.floor(length / tileWidth));
    const hashes: readonly HashText[] = [...before, carried];
    grown.set(level, hashes);
    const index = Math.floor(length / tileWidth);
    files.set(tileName({ level, index, width: hashes.length }), Buffer.from(hashes.join(''), 'hex'));
    carried = hashes.length === tileWidth ? treeHash(hashes) : undefined;
  }
  const index = Math.floor(size / tileWidth);
  const bundle = [...(size % tileWidth === 0 ? [] : await log.entries(index)), entry];
  files.set(tileName({ level: 'entries', index, width: bundle.length }), encodeEntries(bundle));
  return { head: { size: size + 1, root: await rootAfter(log, grown, size + 1) }, files };
}

/** The new root: the new log read from the tiles just made and those that stay. */
async function rootAfter(
  log: LogReader,
  grown: ReadonlyMap<number, readonly HashText[]>,
  size: number,
): Promise<HashText> {
  const edges = new Map<number, readonly HashText[]>();
  for (const { level, index } of rightEdge(size)) {
    if (level === 'entries') continue;
    edges.set(level, grown.get(level) ?? (await log.tile(level, index)));
  }
  return edgeRoot(edges, size);
}
