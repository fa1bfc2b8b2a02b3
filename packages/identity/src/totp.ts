import { randomInt } from 'node:crypto';
import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';

/** Seconds one code is good for (RFC 6238). */
export const period = 30;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A new secret: 32 signs, 190 bits. What people see of it is `shownSecret`. */
export function newSecret(): string {
  return Array.from({ length: 32 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** A secret as authenticators take it: base32. */
export function shownSecret(secret: string): string {
  return base32.encode(secret, { padding: false });
}

/** The address an authenticator reads from a QR code. */
export function totpAddress(secret: string, issuer: string, account: string): string {
  return createOTP(secret, { period }).url(issuer, account);
}

export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / period);
}

/** The code of a step, for a secret as it is shown. */
export async function codeAt(shown: string, step: number): Promise<string> {
  const secret = Buffer.from(base32.decode(shown.replace(/[\s-]/g, '').toUpperCase())).toString('latin1');
  return createOTP(secret, { period }).hotp(step);
}

/**
 * The step a code belongs to: the present one or one beside it, for clocks that differ; undefined for none. All are looked at,
 * whichever fits, so that the time it takes tells nothing.
 */
export async function stepOf(secret: string, code: string, now: Date): Promise<number | undefined> {
  const [otp, step] = [createOTP(secret, { period }), stepAt(now)];
  let found: number | undefined;
  for (const each of [step - 1, step, step + 1]) if (sameCode(await otp.hotp(each), code)) found = each;
  return found;
}

function sameCode(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let at = 0; at < expected.length; at++) difference |= expected.charCodeAt(at) ^ given.charCodeAt(at);
  return difference === 0;
}
