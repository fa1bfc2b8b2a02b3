import { parseLeaf, type HashText, type ReadStore } from '@chengmen/release';
import { newestHead } from './newest-head.ts';

/** The root of a release by its number in the log; undefined where there is none of this number. Throws as `readHead` does. */
export async function rootOf(
  place: { readonly store: ReadStore; readonly key: string },
  release: number,
): Promise<HashText | undefined> {
  const head = await newestHead(place);
  if (!head || release < 1 || release > head.checkpoint.size) return undefined;
  return parseLeaf(await head.log.entry(release - 1), `entry ${release - 1}`).map.hash;
}
