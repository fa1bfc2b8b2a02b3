import { hash } from 'node:crypto';

/** SHA-256, 64 lower-case hexadecimal digits. */
export type Hash = string;

/** SHA-256 of bytes, or of the UTF-8 form of a string, as lower-case hexadecimal. */
export function sha256(data: Uint8Array | string): Hash {
  return hash('sha256', data, 'hex');
}

/**
 * One JSON text for one value: keys sorted by code unit, no white space, `undefined` members left out.
 * Two values that are equal have the same text, so the text can be hashed and signed.
 * Throws TypeError for what JSON cannot hold exactly (NaN, infinities, functions, bigint).
 */
export function canonicalJson(value: unknown): string {
  return isInOrder(value) ? JSON.stringify(value) : putInOrder(value);
}

/** Whether JSON.stringify, several times as fast, writes the canonical text: all members stand in order as they are. */
function isInOrder(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  let last = '';
  for (const key in value) {
    if (key < last) return false;
    last = key;
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member !== undefined && !isInOrder(member)) return false;
  }
  return true;
}

function putInOrder(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} is not a JSON number`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((member) => putInOrder(member ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    let text = '';
    // Without a comparison, sort() goes by code unit.
    for (const key of Object.keys(value).sort()) {
      const member = (value as Readonly<Record<string, unknown>>)[key];
      if (member !== undefined) text += `${text === '' ? '{' : ','}${JSON.stringify(key)}:${putInOrder(member)}`;
    }
    return text === '' ? '{}' : `${text}}`;
  }
  throw new TypeError(`canonicalJson: a ${typeof value} has no JSON form`);
}
