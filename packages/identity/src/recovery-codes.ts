import { createHmac, randomInt } from 'node:crypto';

/** No letters and digits that are taken for one another when read from paper. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** Ten codes to be printed and kept: ten signs each, 49 bits. Each is good once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () =>
    Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)])
      .join('')
      .replace(/^(.{5})/, '$1-'),
  );
}

/** What is kept of a code: guessing it from a copy of the database needs the installation's key as well. */
export function recoveryHash(secret: string, account: string, code: string): string {
  const plain = code.toLowerCase().replace(/[^0-9a-z]/g, '');
  return createHmac('sha256', secret).update(`recovery ${account} ${plain}`).digest('base64url');
}
