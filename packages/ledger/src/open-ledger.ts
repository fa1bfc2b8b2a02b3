import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ChengmenError } from '@chengmen/model';
import { Kysely, sql } from 'kysely';
import { openEmbedded } from './embedded.ts';
import type { Engine } from './engine.ts';
import { createExecute } from './execute.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import type { Ledger, LedgerTables, Migration } from './types.ts';

export interface LedgerOptions {
  /** Data folder of the embedded database; the database stands in `database/` below it. */
  readonly folder?: string;
  /** PostgreSQL ≥ 15; wins over `folder`. */
  readonly url?: string;
  /** The rooms' migrations, after the ledger's own. */
  readonly migrations: readonly Migration[];
  readonly clock?: () => Date;
  /** The embedded database's thread has died. Nothing works any more: the process should end and be started again. */
  readonly onLost?: () => void;
}

/** What is printed at start: what an acknowledged command survives. */
export const durability = {
  pglite: {
    zh: '内嵌数据库：每次改动先同步到磁盘再确认，进程被强行结束（kill -9）或突然断电都不丢已确认的数据（磁盘自身谎报写入除外）。',
    en: 'Embedded database: each change is synced to the disk before it is acknowledged, so kill -9 and a power cut lose nothing acknowledged (unless the disk itself lies about writing).',
  },
  postgres: {
    zh: 'PostgreSQL：已确认的数据在断电后也在（除非服务器关闭了 fsync）。',
    en: 'PostgreSQL: what is acknowledged survives a power cut too (unless the server has fsync switched off).',
  },
} as const;

/**
 * Opens the ledger and brings its tables up to date.
 * Throws `folder-locked`, `folder-not-writable`, `data-damaged`, `database-unreachable`, `database-version`.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { migrations, clock = () => new Date() } = options;
  const engine = await openEngine(options);
  const db = new Kysely<LedgerTables>({ dialect: engine.dialect });
  const close = async (): Promise<void> => {
    await db.destroy();
    await engine.close();
  };
  try {
    const own = readMigrations('ledger', new URL('../sql/', import.meta.url));
    await engine.alone(() => migrate(db as unknown as Kysely<never>, [...own, ...migrations], engine.script));
  } catch (error) {
    await close();
    throw error;
  }
  const commands = createExecute({ db, clock });
  return { engine: engine.name, db, ...commands, close };
}

function openEngine({ folder, url, onLost }: LedgerOptions): Promise<Engine> {
  if (url) return openPostgres(url);
  if (folder) return openFolder(folder, onLost);
  throw new TypeError('openLedger needs a folder or a url');
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new ChengmenError('folder-not-writable', { folder, problem: (error as Error).message });
  }
}

async function openFolder(folder: string, onLost?: () => void): Promise<Engine> {
  makeFolder(folder);
  const lock = lockFolder(folder);
  try {
    const { dialect, script, close } = await openEmbedded(join(folder, 'database'), onLost);
    return {
      name: 'pglite',
      dialect,
      script,
      // The folder's lock has seen to that.
      alone: (work) => work(),
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

/** How far the events of a site have come: 0 before the first. */
export async function lastEvent(db: Ledger['db'], site: string): Promise<number> {
  const row = await db
    .selectFrom('event')
    .select(sql<number>`max(seq)`.as('last'))
    .where('site', '=', site)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}
