import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointName, createPackReader, keysPrefix, packFolder, packKey, type ReadStore } from '@chengmen/release';
import { isAbsence, packFiles, type ReadingOptions } from './pack-files.ts';
import { readRegularFile, readRegularFileNow } from './regular-file.ts';
import { takeInventory } from './take-inventory.ts';

/** No signed note is longer. */
const longestCheckpoint = 1_000_000;
/** Nor any other file of a release: that is as much as can be read in one go. */
const longestFile = 2 ** 31 - 1;

/** The release store in a folder, for reading only: this room has no means of writing one. */
export function folderStore(root: string, options: ReadingOptions = {}): ReadStore {
  const files = packFiles(join(root, packFolder), options);
  const packs = createPackReader(files);
  const walk = async function* (folder: string): AsyncGenerator<string> {
    try {
      for await (const one of await opendir(join(root, folder))) {
        if (one.isDirectory()) yield* walk(`${folder}${one.name}/`);
        else yield `${folder}${one.name}`;
      }
    } catch (error) {
      if (!isAbsence(error)) throw error;
    }
  };
  const loose = async function* (prefix: string): AsyncGenerator<string> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    for await (const name of walk(folder)) if (name.startsWith(prefix) && !name.startsWith(packFolder)) yield name;
  };
  let checkpoint: Uint8Array | undefined;
  /** Another checkpoint means new records: it takes one look to know them all, and searching for each in vain takes longer. */
  const readCheckpoint = async (): Promise<Uint8Array> => {
    // Some hundred bytes, read once for each release: giving way costs more than reading them.
    const bytes = readRegularFileNow(join(root, checkpointName), longestCheckpoint);
    if (!checkpoint || Buffer.compare(checkpoint, bytes) !== 0) await packs.refresh();
    checkpoint = bytes;
    return bytes;
  };
  return {
    takeInventory: () => takeInventory({ folder: join(root, packFolder), files, packs, loose }),
    async get(name) {
      if (name === '' || /(?:^|\/)(?:\.{0,2})(?:\/|$)|[\\\0]/.test(name)) return undefined;
      // A folder may hold files of their own too: it was copied from a store of another kind.
      const packed = packKey(name) === undefined ? undefined : await packs.get(name);
      if (packed) return packed;
      try {
        if (name === checkpointName) return await readCheckpoint();
        // Looked for at each release, and there only where the key has changed.
        if (name.startsWith(keysPrefix)) return readRegularFileNow(join(root, name), longestCheckpoint);
        return await readRegularFile(join(root, name), longestFile);
      } catch (error) {
        if (isAbsence(error)) return undefined;
        throw error;
      }
    },
    doubt: () => packs.doubt(),
    async *list(prefix) {
      yield* packs.list(prefix);
      yield* loose(prefix);
    },
  };
}
