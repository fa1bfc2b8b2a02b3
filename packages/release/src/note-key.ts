import { digestOf, fromBase64 } from './hashing.ts';
import { ReleaseError } from './release-error.ts';
import { suites, type SignatureSuite } from './signature-suite.ts';

/** A key that signatures are checked with. */
export interface Verifier {
  readonly name: string;
  /** 32-bit key id. */
  readonly id: number;
  readonly suite: SignatureSuite;
  readonly publicKey: Uint8Array;
}

/** A key that signs, read from its key text. */
export interface SigningKey {
  readonly verifier: Verifier;
  /** The verifier key text that goes with it. */
  readonly vkey: string;
  sign(text: Uint8Array): Uint8Array;
}

const skeyHead = 'PRIVATE+KEY+';

/** SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key)[:4], c2sp.org/signed-note “Signatures”. */
export function keyId(name: string, algorithm: number, publicKey: Uint8Array): number {
  return digestOf(Buffer.from(`${name}\n`), Buffer.from([algorithm]), publicKey).readUInt32BE(0);
}

/** True for a key name: not empty, no Unicode spaces, no plus, no control characters. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+\p{Z}\p{Cc}]/u.test(name);
}

/** `<name>+<id as 8 hexadecimal digits>+base64(algorithm ‖ public key)`. */
export function formatVkey(verifier: Verifier): string {
  const { name, id, suite, publicKey } = verifier;
  return `${name}+${idText(id)}+${withAlgorithm(suite, publicKey)}`;
}

/** Reads a verifier key. Throws `invalid`. */
export function parseVkey(text: string): Verifier {
  const refuse = (problem: string): ReleaseError => new ReleaseError('invalid', 'key', problem);
  const [name = '', id = '', material = '', ...rest] = splitKey(text);
  const bytes = fromBase64(material);
  if (rest.length > 0 || !isKeyName(name) || !/^[0-9a-f]{8}$/.test(id) || !bytes) throw refuse('not a verifier key');
  const suite = suites.find(({ algorithm }) => algorithm === bytes[0]);
  if (!suite) throw refuse(`signature type ${String(bytes[0])} is not known here`);
  const publicKey = bytes.subarray(1);
  if (publicKey.length !== suite.publicBytes)
    throw refuse(`a public key of ${suite.name} has ${suite.publicBytes} bytes`);
  const computed = keyId(name, suite.algorithm, publicKey);
  if (idText(computed) !== id) throw refuse('the key id does not belong to the key');
  return { name, id: computed, suite, publicKey };
}

/** Reads trusted keys, one a line; empty lines and lines that begin with `#` do not count. Throws `invalid`. */
export function parseVkeys(text: string): Verifier[] {
  const verifiers = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parseVkey);
  if (verifiers.length === 0) throw new ReleaseError('invalid', 'key', 'there is no key in it');
  return verifiers;
}

/** `PRIVATE+KEY+<name>+<id>+base64(algorithm ‖ secret)`. */
export function formatSkey(name: string, suite: SignatureSuite, secret: Uint8Array): string {
  const id = keyId(name, suite.algorithm, suite.publicKey(secret));
  return `${skeyHead}${name}+${idText(id)}+${withAlgorithm(suite, secret)}`;
}

/** Reads a private key text. Throws `invalid`, never with the key in the message. */
export function parseSkey(text: string): SigningKey {
  const refuse = (problem: string): ReleaseError => new ReleaseError('invalid', 'private key', problem);
  const line = text.trim();
  const [name = '', id = '', material = '', ...rest] = splitKey(line.slice(skeyHead.length));
  const bytes = fromBase64(material);
  if (!line.startsWith(skeyHead) || rest.length > 0 || !isKeyName(name) || !bytes) throw refuse('not a private key');
  const suite = suites.find(({ algorithm }) => algorithm === bytes[0]);
  const secret = bytes.subarray(1);
  if (secret.length !== suite?.secretBytes) throw refuse('of a kind that is not known here');
  const publicKey = suite.publicKey(secret);
  const verifier = { name, id: keyId(name, suite.algorithm, publicKey), suite, publicKey };
  if (idText(verifier.id) !== id) throw refuse('the key id does not belong to the key');
  return { verifier, vkey: formatVkey(verifier), sign: (message) => suite.sign(secret, message) };
}

function idText(id: number): string {
  return id.toString(16).padStart(8, '0');
}

function withAlgorithm(suite: SignatureSuite, material: Uint8Array): string {
  return Buffer.concat([Buffer.from([suite.algorithm]), material]).toString('base64');
}

/** Splits at the first two plus signs; base64 may hold more of them. */
function splitKey(text: string): string[] {
  const [, name, id, material] = /^([^+]*)\+([^+]*)\+(.*)$/.exec(text) ?? [];
  return name === undefined || id === undefined || material === undefined ? [] : [name, id, material];
}
