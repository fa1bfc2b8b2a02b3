import { fromBase64 } from './hashing.ts';
import { isKeyName, parseVkey, type Verifier } from './note-key.ts';
import { ReleaseError } from './release-error.ts';

/** A signed note, c2sp.org/signed-note. */
export interface Note {
  /** With its final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  readonly id: number;
  readonly signature: Uint8Array;
}

const maximumBytes = 1_000_000;
const maximumSignatures = 100;

/** Takes a note apart; checks no signature. Throws `invalid`. */
export function parseNote(note: Uint8Array | string): Note {
  const refuse = (problem: string): ReleaseError => new ReleaseError('invalid', 'note', problem);
  const whole = typeof note === 'string' ? note : decode(note);
  if (whole === undefined || whole.length > maximumBytes) throw refuse('not UTF-8, or too long');
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw refuse('control characters');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n')) throw refuse('no blank line before the signatures, or no newline at the end');
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > maximumSignatures) throw refuse('too many signatures');
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

/**
 * The text of a note that at least one of the keys has signed. Signatures of unknown keys are ignored;
 * a wrong one of a known key condemns the whole note. Throws `invalid`.
 */
export function openNote(note: Uint8Array | string, keys: readonly Verifier[]): string {
  const { text, signatures } = parseNote(note);
  const bytes = Buffer.from(text);
  let good = 0;
  for (const { name, id, signature } of signatures) {
    const key = keys.find((one) => one.name === name && one.id === id);
    if (!key) continue;
    if (!key.suite.verify(key.publicKey, bytes, signature))
      throw new ReleaseError('invalid', 'note', `the signature of ${name} is wrong`);
    good++;
  }
  if (good === 0) throw new ReleaseError('invalid', 'note', 'not signed by a trusted key');
  return text;
}

/** A note with the signatures of these keys and no others, each once: nothing in it but what was checked. Throws `invalid`. */
export function verifiedNote(note: Uint8Array | string, keys: readonly Verifier[]): string {
  const text = openNote(note, keys);
  const known = parseNote(note).signatures.flatMap(({ name, id, signature }) => {
    const key = keys.find((one) => one.name === name && one.id === id);
    return key ? [signatureLine(key, signature)] : [];
  });
  return `${text}\n${[...new Set(known)].join('\n')}\n`;
}

export interface NoteSigner {
  readonly vkey: string;
  sign(text: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** A text with the signatures of one or more signers below it. The text ends in a newline. Throws `invalid`. */
export async function signNote(text: string, ...signers: readonly NoteSigner[]): Promise<string> {
  if (!text.endsWith('\n')) throw new ReleaseError('invalid', 'note', 'the text does not end in a newline');
  const lines = await Promise.all(signers.map((signer) => signedLine(text, signer)));
  const note = `${text}\n${lines.join('\n')}\n`;
  parseNote(note);
  return note;
}

async function signedLine(text: string, signer: NoteSigner): Promise<string> {
  const key = parseVkey(signer.vkey);
  const bytes = Buffer.from(text);
  const signature = await signer.sign(bytes);
  if (!key.suite.verify(key.publicKey, bytes, signature))
    throw new ReleaseError('invalid', 'private key', 'it does not sign for its verifier key');
  return signatureLine(key, signature);
}

function signatureLine({ name, id }: Verifier, signature: Uint8Array): string {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(id);
  return `— ${name} ${Buffer.concat([head, signature]).toString('base64')}`;
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', material = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = fromBase64(material);
  if (!isKeyName(name) || !bytes || bytes.length < 5)
    throw new ReleaseError('invalid', 'note', 'a signature line is not well formed');
  return { name, id: bytes.readUInt32BE(0), signature: bytes.subarray(4) };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
