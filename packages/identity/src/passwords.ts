import { randomInt } from 'node:crypto';

/** No letters and digits that are taken for one another when read from a screen. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** A password to be read and typed once: 20 characters in groups of five, 99 bits. */
export function generatePassword(): string {
  return Array.from({ length: 20 }, () => alphabet[randomInt(alphabet.length)])
    .join('')
    .replace(/(.{5})(?=.)/g, '$1-');
}

/** Shortest password a person may choose. Length is what counts; there are no rules about signs. */
export const shortestPassword = 12;
