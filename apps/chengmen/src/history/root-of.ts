import { parseLeaf, readHead, ReleaseError, type HashText, type ReadStore } from '@chengmen/release';

/** The root of a release by its number in the log; undefined where there is none of this number. Throws as `readHead` does. */
export async function rootOf(
  { store, key }: { readonly store: ReadStore; readonly key: string },
  release: number,
): Promise<HashText | undefined> {
  const head = await readHead(store, { key }).catch((error: unknown) => {
    if (error instanceof ReleaseError && error.code === 'no-release') return undefined;
    throw error;
  });
  if (!head || release < 1 || release > head.checkpoint.size) return undefined;
  return parseLeaf(await head.log.entry(release - 1), `entry ${release - 1}`).map.hash;
}
