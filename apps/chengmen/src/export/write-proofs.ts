import {
  encodeEntries,
  encodePage,
  keyStatementName,
  inParallel,
  levelLength,
  pruningName,
  tileName,
  tileWidth,
  walkPages,
  type PageReader,
  type Prunings,
  type ReleaseHead,
} from '@chengmen/release';
import { mapAddress } from '@chengmen/serve';

/** Writes bytes under a name relative to the addresses of proof. */
export type WriteProof = (name: string, bytes: Uint8Array) => Promise<void>;

/**
 * What a check needs of what a portal answers below `/.well-known/chengmen/`, made again from what was verified.
 * Of each tile only the widest form: narrower ones are for those who hold an older checkpoint and are no part of a check.
 */
export async function writeProofs(
  head: ReleaseHead,
  read: PageReader,
  write: WriteProof,
  { parallel, prunings }: { readonly parallel: number; readonly prunings: Prunings },
): Promise<void> {
  await inParallel(walkPages(read, head.leaf.map), parallel, ({ prefix, ref, page }) =>
    write(mapAddress(prefix, ref.hash), encodePage(page)),
  );
  const { log } = head;
  const { size } = log.head;
  for (let level = 0; levelLength(level, size) > 0; level++)
    for (let index = 0; index * tileWidth < levelLength(level, size); index++) {
      const hashes = await log.tile(level, index);
      await write(tileName({ level, index, width: hashes.length }), Buffer.from(hashes.join(''), 'hex'));
    }
  for (let index = 0; index * tileWidth < size; index++) {
    const entries = await log.entries(index);
    await write(tileName({ level: 'entries', index, width: entries.length }), encodeEntries(entries));
  }
  for (const [at, note] of head.statements.entries()) await write(keyStatementName(at + 1), Buffer.from(note));
  for (const [at, note] of prunings.notes.entries()) await write(pruningName(at + 1), Buffer.from(note));
  await write('checkpoint', Buffer.from(head.note));
}
