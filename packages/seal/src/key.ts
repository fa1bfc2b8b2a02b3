import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ed25519, formatSkey, isKeyName, parseSkey, ReleaseError, type SignatureSuite } from '@chengmen/release';
import type { Signer } from './types.ts';

export interface KeyPair {
  /** Private key text: `PRIVATE+KEY+…`. */
  readonly skey: string;
  /** Verifier key text. */
  readonly vkey: string;
}

/** A new key, of Ed25519 unless another suite is named. The name should be the origin of the log: a URL without scheme. Throws `invalid` for the name. */
export function generateKey(name: string, suite: SignatureSuite = ed25519): KeyPair {
  if (!isKeyName(name)) throw new ReleaseError('invalid', 'key name', `“${name}” cannot name a key`);
  const skey = formatSkey(name, suite, randomBytes(suite.secretBytes));
  return { skey, vkey: parseSkey(skey).vkey };
}

/** A signer that holds its key in this process. Throws `invalid`. */
export function signerOf(skey: string): Signer {
  const { vkey, sign } = parseSkey(skey);
  return { vkey, sign };
}

/** Reads a private key file. Throws `invalid` for its contents and the error of the file system. */
export async function readSigner(file: string): Promise<Signer> {
  return signerOf(await readFile(file, 'utf8'));
}

/**
 * The key of a folder: `<file>.skey` (mode 0600) and `<file>.vkey`. Made at the first call, read at every later one.
 * An existing private key is never written over.
 */
export async function ensureKeyFiles(options: {
  readonly folder: string;
  /** Name of the key. */
  readonly name: string;
  /** Default `seal`. */
  readonly file?: string;
}): Promise<Signer> {
  const { folder, name, file = 'seal' } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const privateFile = join(folder, `${file}.skey`);
  const known = await readFile(privateFile, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  const skey = known ?? generateKey(name).skey;
  if (known === undefined) await writeDurably(folder, privateFile, `${skey}\n`, 0o600);
  const signer = signerOf(skey);
  await writeDurably(folder, join(folder, `${file}.vkey`), `${signer.vkey}\n`, 0o644);
  return signer;
}

export async function writeDurably(folder: string, path: string, text: string, mode: number): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await syncing(await open(temporary, 'wx', mode), text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(folder);
}

export async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await syncing(await open(folder, 'r'));
}

async function syncing(handle: Awaited<ReturnType<typeof open>>, text?: string): Promise<void> {
  try {
    if (text !== undefined) await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
