import { openCheckpoint, peekCheckpoint, checkpointName, type Checkpoint } from './checkpoint.ts';
import { openNote, parseNote, verifiedNote } from './note.ts';
import { formatVkey, parseVkey, parseVkeys, type Verifier } from './note-key.ts';
import { ReleaseError } from './release-error.ts';
import type { ReadStore } from './types.ts';

/** What a log says of its own keys. docs/formats/release.md, “Change of keys”. Keys are verifier key texts. */
export type KeyStatement =
  /** From now on `key` signs too. The note is signed by both. */
  | { readonly kind: 'next'; readonly origin: string; readonly of: string; readonly key: string }
  /** `of` does not count for checkpoints of this size and above. The note is signed by the key that came after it. */
  | { readonly kind: 'retired'; readonly origin: string; readonly of: string; readonly size: number };

const firstLine = 'chengmen.key/v1';
/** More changes than a log can have in its life; a folder may hold what it likes. */
const mostStatements = 256;

export const keysPrefix = 'keys/';

/** Name of statement `number`, counted from 1. */
export const keyStatementName = (number: number): string => `${keysPrefix}${number}`;

export function formatKeyStatement(statement: KeyStatement): string {
  const { kind, origin, of } = statement;
  const last = kind === 'next' ? statement.key : String(statement.size);
  return `${[firstLine, origin, kind, of, last].join('\n')}\n`;
}

/** Reads the text of a statement. Throws `invalid`. */
export function parseKeyStatement(text: string): KeyStatement {
  const [first, origin = '', kind, of = '', last = '', end, ...rest] = text.split('\n');
  const refuse = (): ReleaseError => new ReleaseError('invalid', 'key statement', 'not a statement about keys');
  if (first !== firstLine || origin === '' || end !== '' || rest.length > 0) throw refuse();
  if (formatVkey(parseVkey(of)) !== of) throw refuse();
  if (kind === 'next' && formatVkey(parseVkey(last)) === last) return { kind, origin, of, key: last };
  if (kind === 'retired' && /^[1-9][0-9]{0,14}$/.test(last)) return { kind, origin, of, size: Number(last) };
  throw refuse();
}

/** The notes a store holds about keys, in order; nothing of them is checked. */
export async function readKeyStatements(store: Pick<ReadStore, 'get'>): Promise<readonly string[]> {
  const notes: string[] = [];
  for (let number = 1; number <= mostStatements; number++) {
    const bytes = await store.get(keyStatementName(number));
    if (!bytes) break;
    notes.push(Buffer.from(bytes).toString('utf8'));
  }
  return notes;
}

/** Whose word counts, and for how long. */
export interface FollowedKeys {
  readonly origin: string;
  /** Keys that count for a checkpoint of this size. */
  keysFor(size: number): readonly Verifier[];
  /** The notes that were believed, each with the signatures that were checked. To be remembered. */
  readonly statements: readonly string[];
}

interface KnownKey {
  readonly verifier: Verifier;
  successor?: string;
  retiredAt?: number;
  /** A key from before the pinned ones: its statements are part of the log's history, and it counts for nothing. */
  readonly past?: boolean;
}

/**
 * Follows a log from the keys that are pinned to those it has now. A note that no trusted key has signed says nothing;
 * of two that contradict each other the first counts, so what is remembered must come before what a store offers.
 */
export function followKeys(
  pinned: readonly Verifier[],
  { origin, notes }: { readonly origin: string; readonly notes: readonly string[] },
): FollowedKeys {
  const known = new Map<string, KnownKey>(pinned.map((verifier) => [formatVkey(verifier), { verifier }]));
  const believed = new Map<number, string>();
  for (let before = -1; before < believed.size;) {
    before = believed.size;
    for (const [at, note] of notes.entries()) {
      if (believed.has(at)) continue;
      const checked = believe(note, origin, known);
      if (checked !== undefined) believed.set(at, checked);
    }
  }
  const inOrder = [...believed].sort(([a], [b]) => a - b).map(([, note]) => note);
  return {
    origin,
    statements: inOrder,
    keysFor: (size) =>
      [...known.values()].flatMap(({ verifier, past, retiredAt = Infinity }) =>
        past !== true && size < retiredAt ? [verifier] : [],
      ),
  };
}

/** Takes a note into what is known; undefined where it changes nothing. */
function believe(note: string, origin: string, known: Map<string, KnownKey>): string | undefined {
  try {
    const statement = parseKeyStatement(parseNote(note).text);
    if (statement.origin !== origin) return undefined;
    if (statement.kind === 'next') return succeed(note, statement, known);
    const before = known.get(statement.of);
    const after = before?.successor === undefined ? undefined : known.get(before.successor);
    if (!before || !after || before.retiredAt !== undefined) return undefined;
    const checked = verifiedNote(note, [after.verifier]);
    before.retiredAt = statement.size;
    return checked;
  } catch (error) {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  }
}

/** Both must have signed: the old key for whom to trust, the new one to show that it is there. */
function succeed(
  note: string,
  { of, key }: Extract<KeyStatement, { kind: 'next' }>,
  known: Map<string, KnownKey>,
): string | undefined {
  const before = known.get(of);
  if (key === of || before?.successor !== undefined || before?.retiredAt !== undefined) return undefined;
  if (!before && !known.has(key)) return undefined;
  const [old, next] = [parseVkey(of), parseVkey(key)];
  openNote(note, [old]);
  openNote(note, [next]);
  known.set(of, { ...(before ?? { verifier: old, past: true }), successor: key });
  if (!known.has(key)) known.set(key, { verifier: next });
  return verifiedNote(note, [old, next]);
}

/** Whose word counts. */
export interface Trust {
  /** Verifier keys, one a line. */
  readonly key: string;
  /** Without it, the name of the first key. */
  readonly origin?: string | undefined;
  /** Statements about keys that were believed before: they come before those of the store. */
  readonly statements?: readonly string[] | undefined;
}

/** The keys pinned, and the origin. Throws `invalid`. */
export function trusted(trust: Trust): { readonly keys: readonly Verifier[]; readonly origin: string } {
  const keys = parseVkeys(trust.key);
  return { keys, origin: trust.origin ?? keys[0]?.name ?? '' };
}

/** From the keys that are pinned to those that count now, by what is remembered and what the store says. Throws `invalid`. */
export async function followedKeys(store: Pick<ReadStore, 'get'>, trust: Trust): Promise<FollowedKeys> {
  const { keys, origin } = trusted(trust);
  const notes = [...(trust.statements ?? []), ...(await readKeyStatements(store))];
  return followKeys(keys, { origin, notes });
}

/** The checkpoint in a note signed by a key that counts for its size. Throws `checkpoint-invalid`. */
export function openFollowed(note: Uint8Array | string, followed: FollowedKeys): Checkpoint {
  let size: number;
  try {
    ({ size } = peekCheckpoint(note));
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    throw new ReleaseError('checkpoint-invalid', checkpointName, error.problem, { cause: error });
  }
  return openCheckpoint(note, { keys: followed.keysFor(size), origin: followed.origin });
}
