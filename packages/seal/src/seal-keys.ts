import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkpointName,
  followKeys,
  formatKeyStatement,
  keyStatementName,
  openCheckpoint,
  parseVkey,
  readKeyStatements,
  ReleaseError,
  signNote,
  type KeyStatement,
} from '@chengmen/release';
import { ensureKeyFiles, generateKey, signerOf, syncFolder, writeDurably } from './key.ts';
import { remoteSigner } from './remote-signer.ts';
import type { Signer, WriteStore } from './types.ts';

/** The keys a site seals with: one, or two while one follows the other. */
export interface SealKeys {
  /** The key of now, then the one that will follow it. */
  signers(): readonly Signer[];
  /** Their verifier keys, one a line: what is pinned. */
  vkeys(): string;
  /**
   * A new key begins to sign beside the present one, and the present one says so in the store. Safe to repeat: what was
   * cut off is finished. Throws `invalid` where a change is under way with another key than the files hold.
   */
  rotate(store: WriteStore): Promise<KeyChange>;
  /**
   * The new key alone signs from now on, and the store says from which release on the old one counts no more; its file is
   * taken away. The checkpoint in force must be signed by the new key. Throws `invalid` where no change is under way.
   */
  retire(store: WriteStore): Promise<KeyChange & { readonly size: number }>;
}

/** Verifier keys. */
export interface KeyChange {
  readonly old: string;
  readonly next: string;
}

/** A key behind a socket. It is changed where it is. */
export function remoteKeys({ socket, vkey }: { readonly socket: string; readonly vkey: string }): SealKeys {
  const signer = remoteSigner({ socket, vkey });
  const refuse = (): Promise<never> =>
    Promise.reject(new ReleaseError('invalid', 'key', 'the key is with the signer, not in this folder'));
  return { signers: () => [signer], vkeys: () => vkey, rotate: refuse, retire: refuse };
}

/**
 * Opens the keys of a folder: `seal.skey` and, while a change is under way, `seal.next.skey` (mode 0600), and writes their
 * verifier keys to `seal.vkey`. Makes the first key where there is none; `name` is the origin of the log.
 */
export async function openSealKeys({
  folder,
  name,
}: {
  readonly folder: string;
  readonly name: string;
}): Promise<SealKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [present, following, pinned] = ['seal.skey', 'seal.next.skey', 'seal.vkey'].map((file) =>
    join(folder, file),
  ) as [string, string, string];
  const first = await ensureKeyFiles({ folder, name });
  let signers: readonly Signer[] = [first];
  const vkeys = (): string => signers.map(({ vkey }) => vkey).join('\n');
  const set = async (next: readonly Signer[]): Promise<void> => {
    await writeDurably(folder, pinned, next.map(({ vkey }) => `${vkey}\n`).join(''), 0o644);
    signers = next;
  };
  const waiting = await readIfThere(following);
  if (waiting !== undefined) await set([first, signerOf(waiting)]);

  return {
    signers: () => signers,
    vkeys,
    async rotate(store) {
      const [old] = signers as readonly [Signer];
      const origin = parseVkey(old.vkey).name;
      const skey = (await readIfThere(following)) ?? generateKey(origin).skey;
      const next = signerOf(skey);
      await writeDurably(folder, following, `${skey.trim()}\n`, 0o600);
      await state(store, { kind: 'next', origin, of: old.vkey, key: next.vkey }, [old, next]);
      await set([old, next]);
      return { old: old.vkey, next: next.vkey };
    },
    async retire(store) {
      const [old, next] = signers;
      if (!old || !next) throw new ReleaseError('invalid', 'key', 'no change of keys is under way');
      const origin = parseVkey(old.vkey).name;
      const note = await store.get(checkpointName);
      if (!note) throw new ReleaseError('no-release', checkpointName, 'nothing has been published');
      const { size } = openCheckpoint(note, { keys: [parseVkey(next.vkey)], origin });
      await state(store, { kind: 'retired', origin, of: old.vkey, size }, [next]);
      await rename(following, present);
      await syncFolder(folder);
      await set([next]);
      await rm(following, { force: true });
      return { old: old.vkey, next: next.vkey, size };
    },
  };
}

/** Says something of the keys in the store, unless the same has been said already. Throws `invalid` where something else has. */
async function state(store: WriteStore, statement: KeyStatement, signers: readonly Signer[]): Promise<void> {
  const { origin, of } = statement;
  const notes = await readKeyStatements(store);
  const said = notes.find((note) => {
    const [, , kind, about] = note.split('\n');
    return kind === statement.kind && about === of;
  });
  const text = formatKeyStatement(statement);
  if (said !== undefined) {
    const same = statement.kind === 'retired' || said.startsWith(text);
    if (same) return;
    throw new ReleaseError('invalid', 'key', 'another change of this key has been announced');
  }
  const note = await signNote(text, ...signers);
  const keys = [parseVkey(of)];
  if (followKeys(keys, { origin, notes: [...notes, note] }).statements.length === 0)
    throw new ReleaseError('invalid', 'key', 'nobody could follow this change');
  await store.put([[keyStatementName(notes.length + 1), Buffer.from(note)]]);
  await store.sync();
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
