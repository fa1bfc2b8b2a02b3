import { ChengmenError } from '@chengmen/model';
import {
  lookup,
  pageReader,
  parseLeaf,
  type HashText,
  type MapRef,
  type Prunings,
  type ReadStore,
} from '@chengmen/release';
import { pruningsIn } from '@chengmen/seal';
import { newestHead } from './newest-head.ts';

interface Place {
  readonly store: ReadStore;
  readonly key: string;
}

/**
 * The root of a release by its number in the log, whole as it was; undefined where there is none of this number.
 * Throws `release-incomplete` for one of which something was pruned or erased, and as `readHead` does.
 */
export async function rootOf(place: Place, release: number): Promise<HashText | undefined> {
  const head = await newestHead(place);
  if (!head || release < 1 || release > head.checkpoint.size) return undefined;
  const { map } = parseLeaf(await head.log.entry(release - 1), `entry ${release - 1}`);
  const why = await takenFrom(place, { release, map, prunings: await pruningsIn(place.store, place, head) });
  if (why !== undefined) throw new ChengmenError('release-incomplete', { release, why });
  return map.hash;
}

async function takenFrom(
  { store }: Place,
  { release, map, prunings }: { readonly release: number; readonly map: MapRef; readonly prunings: Prunings },
): Promise<string | undefined> {
  const pruned = prunings.prunedBy(release);
  if (pruned)
    return `${pruned.at.slice(0, 10)} 由 ${pruned.by} 按规则“${pruned.rule}”清除 (pruned by a rule of retention)`;
  for (const record of prunings.records) {
    if (record.kind !== 'erased') continue;
    for (const path of record.paths) {
      const entry = await lookup(pageReader(store), map, path);
      if (entry && record.blobs.includes(entry.hash))
        return `${path} 的内容于 ${record.at.slice(0, 10)} 由 ${record.by} 依法清除 (its content was erased by order of law)`;
    }
  }
  return undefined;
}
