import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SearchIndex } from './open-index.ts';

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/**
 * A statement of an index by its text, kept: preparing one takes longer than answering a rare word. What differs from query to
 * query goes in as a value, never into the text. Throws what SQLite throws for a text that is no statement.
 */
export function statement({ database }: Pick<SearchIndex, 'database'>, sql: string): StatementSync {
  const known = prepared.get(database) ?? new Map<string, StatementSync>();
  prepared.set(database, known);
  const one = known.get(sql) ?? database.prepare(sql);
  known.set(sql, one);
  return one;
}
