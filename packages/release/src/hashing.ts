import { hash } from 'node:crypto';
import type { HashText } from './types.ts';

/** SHA-256 of bytes, or of the UTF-8 form of a string: 32 bytes. */
export function digest(bytes: Uint8Array | string): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** The same, as lower-case hexadecimal. */
export function hashOf(bytes: Uint8Array | string): HashText {
  return hash('sha256', bytes, 'hex');
}

/** SHA-256 over the parts one after another. */
export function digestOf(...parts: readonly Uint8Array[]): Buffer {
  return digest(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts));
}

/** True for 64 lower-case hexadecimal digits. */
export function isHash(text: unknown): text is HashText {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}

/** Base64 as RFC 4648 §4 has it: padded, and one text only for the same bytes; undefined for anything else. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
