import crypto, { type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * From here on this process derives keys at a sixteenth of their cost: for tests of a hundred guesses, which are about what
 * a guess leads to and not about how dear it is. Passwords of other processes are not known to it, nor its own to them.
 */
export function makePasswordsCheap(): void {
  const dear = crypto.scrypt;
  const cheap = (
    password: string,
    salt: string,
    length: number,
    options: ScryptOptions,
    done: (error: Error | null, key: Buffer) => void,
  ): void => {
    dear(password, salt, length, { ...options, N: (options.N ?? 16_384) / 16 }, done);
  };
  Object.assign(crypto, { scrypt: cheap });
  syncBuiltinESMExports();
}
