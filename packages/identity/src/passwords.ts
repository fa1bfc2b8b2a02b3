import { randomInt } from 'node:crypto';
import { ChengmenError } from '@chengmen/model';

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
/** Longer ones would only cost time to hash. */
export const longestPassword = 128;

/** Refuses a password that is short, or long in appearance only. Throws `invalid-input` at `where`; the password is not in it. */
export function checkPassword(where: string, password: string, username: string): void {
  const problem = passwordProblem(password, username);
  if (problem !== undefined) throw new ChengmenError('invalid-input', { where, problem });
}

function passwordProblem(password: string, username: string): string | undefined {
  if (password.length < shortestPassword)
    return `口令至少 ${shortestPassword} 个字符 (at least ${shortestPassword} characters)`;
  if (password.length > longestPassword)
    return `口令最多 ${longestPassword} 个字符 (at most ${longestPassword} characters)`;
  if (new Set(password).size < 5) return '口令里重复的字符太多 (too few different characters)';
  if (password.toLowerCase().includes(username.toLowerCase()))
    return '口令里不能有账号名 (it contains the account name)';
  return undefined;
}
