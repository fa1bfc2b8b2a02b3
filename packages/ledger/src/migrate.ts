import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ChengmenError, sha256 } from '@chengmen/model';
import { sql, type Kysely } from 'kysely';
import type { Migration } from './types.ts';

/** The numbered `.sql` files of a room's folder, in order: `readMigrations('content', new URL('../sql/', import.meta.url))`. */
export function readMigrations(room: string, folder: URL): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      id: `${room}/${name.slice(0, -4)}`,
      sql: readFileSync(fileURLToPath(new URL(name, folder)), 'utf8'),
    }));
}

interface Applied {
  id: string;
  checksum: string;
}

/**
 * Applies what is missing, each in a transaction of its own. Throws `database-version` when the database has migrations this program
 * does not know (it is newer), and `data-damaged` when one was applied in another wording.
 */
export async function migrate(
  db: Kysely<never>,
  migrations: readonly Migration[],
  script: (sql: string) => Promise<void>,
): Promise<void> {
  await script(
    'create table if not exists migration (id text primary key, checksum text not null, number integer not null)',
  );
  const { rows } = await sql<Applied>`select id, checksum from migration order by number`.execute(db);
  const known = new Map(migrations.map((migration) => [migration.id, sha256(migration.sql)]));
  for (const { id, checksum } of rows) {
    const expected = known.get(id);
    if (expected === undefined)
      throw new ChengmenError('database-version', {
        problem: `数据比程序新 (the data is newer than the program): ${id}`,
      });
    if (expected !== checksum)
      throw new ChengmenError('data-damaged', { what: 'migration', problem: `${id} was applied in another wording` });
  }
  const applied = new Set(rows.map(({ id }) => id));
  for (const [number, { id, sql: text }] of migrations.entries()) {
    if (applied.has(id)) continue;
    const record = `insert into migration (id, checksum, number) values ('${id.replaceAll("'", "''")}', '${sha256(text)}', ${number})`;
    await script(`begin;\n${text};\n${record};\ncommit;`).catch(async (error: unknown) => {
      await script('rollback').catch(() => undefined);
      throw error;
    });
  }
}
