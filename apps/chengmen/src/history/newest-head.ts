import { readHead, ReleaseError, type ReadStore, type ReleaseHead } from '@chengmen/release';

/** The newest release; undefined before the first. Else throws as `readHead` does. */
export async function newestHead({
  store,
  key,
}: {
  readonly store: ReadStore;
  readonly key: string;
}): Promise<ReleaseHead | undefined> {
  return readHead(store, { key }).catch((error: unknown) => {
    if (error instanceof ReleaseError && error.code === 'no-release') return undefined;
    throw error;
  });
}
