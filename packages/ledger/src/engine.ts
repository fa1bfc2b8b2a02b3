import type { Dialect } from 'kysely';
import type { Ledger } from './types.ts';

/** What the ledger needs of a database, embedded or not. */
export interface Engine {
  readonly name: Ledger['engine'];
  readonly dialect: Dialect;
  /** Runs several statements as they stand. */
  readonly script: (text: string) => Promise<void>;
  /** Runs a piece of work that no other process may do on this database at the same time. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}
