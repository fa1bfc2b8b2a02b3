import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ChengmenError } from '@chengmen/model';
import { Kysely, PostgresDialect, sql, type Dialect } from 'kysely';
import pg from 'pg';
import { openEmbedded } from './embedded.ts';
import { createExecute } from './execute.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate, readMigrations } from './migrate.ts';
import type { Ledger, LedgerTables, Migration } from './types.ts';

export interface LedgerOptions {
  /** Data folder of the embedded database; the database stands in `database/` below it. */
  readonly folder?: string;
  /** PostgreSQL ≥ 15; wins over `folder`. */
  readonly url?: string;
  /** The rooms' migrations, after the ledger's own. */
  readonly migrations: readonly Migration[];
  readonly clock?: () => Date;
}

/** What is printed at start: what an acknowledged command survives. */
export const durability = {
  pglite: {
    zh: '内嵌数据库：进程被强行结束（kill -9）不丢已确认的数据；突然断电可能丢失最近的改动。正式运行请用 PostgreSQL。',
    en: 'Embedded database: survives kill -9 with everything acknowledged; a power cut may lose the latest changes. Use PostgreSQL in production.',
  },
  postgres: {
    zh: 'PostgreSQL：已确认的数据在断电后也在（除非服务器关闭了 fsync）。',
    en: 'PostgreSQL: what is acknowledged survives a power cut too (unless the server has fsync switched off).',
  },
} as const;

interface Engine {
  readonly name: Ledger['engine'];
  readonly dialect: Dialect;
  readonly script: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the ledger and brings its tables up to date.
 * Throws `folder-locked`, `data-damaged`, `database-unreachable`, `database-version`.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { migrations, clock = () => new Date() } = options;
  const engine = options.url ? await openPostgres(options.url) : await openFolder(options.folder ?? '');
  const db = new Kysely<LedgerTables>({ dialect: engine.dialect });
  const close = async (): Promise<void> => {
    await db.destroy();
    await engine.close();
  };
  try {
    const own = readMigrations('ledger', new URL('../sql/', import.meta.url));
    await migrate(db as unknown as Kysely<never>, [...own, ...migrations], engine.script);
  } catch (error) {
    await close();
    throw error;
  }
  const { execute, onCommit } = createExecute({ db, clock });
  return { engine: engine.name, db, execute, onCommit, close };
}

async function openFolder(folder: string): Promise<Engine> {
  mkdirSync(folder, { recursive: true });
  const lock = lockFolder(folder);
  try {
    const { dialect, script, close } = await openEmbedded(join(folder, 'database'));
    return {
      name: 'pglite',
      dialect,
      script,
      close: async () => {
        await close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openPostgres(url: string): Promise<Engine> {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
      oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
  };
  const pool = new pg.Pool({ connectionString: url, types, max: 10 });
  // An idle connection that the server ends must not end the process; the pool makes a new one.
  pool.on('error', () => undefined);
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num');
    const version = Number(rows[0]?.server_version_num ?? 0);
    if (version < 150_000) throw new ChengmenError('database-version', { problem: `PostgreSQL ${version / 10_000}` });
  } catch (error) {
    await pool.end();
    if (error instanceof ChengmenError) throw error;
    throw new ChengmenError('database-unreachable', { problem: unreachable(error) });
  }
  return {
    name: 'postgres',
    dialect: new PostgresDialect({ pool }),
    script: (text) => runScript(pool, text),
    // Kysely's destroy ends the pool.
    close: () => Promise.resolve(),
  };
}

/** On one connection, which must not go back into the pool inside a broken transaction. */
async function runScript(pool: pg.Pool, text: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(text);
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** The reason without the password that the address may hold. */
function unreachable(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(unreachable).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** How far the events of a site have come: 0 before the first. */
export async function lastEvent(db: Ledger['db'], site: string): Promise<number> {
  const row = await db
    .selectFrom('event')
    .select(sql<number>`max(seq)`.as('last'))
    .where('site', '=', site)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}
