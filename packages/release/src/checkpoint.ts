import { fromBase64 } from './hashing.ts';
import { openNote, parseNote } from './note.ts';
import type { Verifier } from './note-key.ts';
import { ReleaseError } from './release-error.ts';
import type { LogHead } from './types.ts';

/** Text of a checkpoint, c2sp.org/tlog-checkpoint. */
export interface Checkpoint extends LogHead {
  readonly origin: string;
  /** Lines after the root; this program writes none. */
  readonly extensions: readonly string[];
}

/** Name of the file, and of the last part of its address. */
export const checkpointName = 'checkpoint';

export function formatCheckpoint({ origin, size, root }: { readonly origin: string } & LogHead): string {
  return `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`;
}

/** Reads the text of a checkpoint. Throws `invalid`. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : [];
  const [origin = '', size = '', root = '', ...extensions] = lines;
  const hash = fromBase64(root);
  if (origin === '' || !/^(?:0|[1-9][0-9]{0,14})$/.test(size) || hash?.length !== 32 || extensions.includes(''))
    throw new ReleaseError('invalid', checkpointName, 'not a checkpoint');
  return { origin, size: Number(size), root: hash.toString('hex'), extensions };
}

/** The checkpoint in a note, without a look at its signatures: for notes this machine has checked before. Throws `invalid`. */
export function peekCheckpoint(note: Uint8Array | string): Checkpoint {
  return parseCheckpoint(parseNote(note).text);
}

/** The checkpoint in a note that a trusted key has signed, of the given origin. Throws `checkpoint-invalid`. */
export function openCheckpoint(
  note: Uint8Array | string,
  trust: { readonly keys: readonly Verifier[]; readonly origin: string },
): Checkpoint {
  try {
    const checkpoint = parseCheckpoint(openNote(note, trust.keys));
    if (checkpoint.origin !== trust.origin)
      throw new ReleaseError('invalid', checkpointName, `its origin is ${checkpoint.origin}, not ${trust.origin}`);
    return checkpoint;
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    throw new ReleaseError('checkpoint-invalid', checkpointName, error.problem, { cause: error });
  }
}
