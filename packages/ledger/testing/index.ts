import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '@chengmen/model';
import pg from 'pg';
import { makeUnsynced } from '../src/make-database.ts';
import { openLedger } from '../src/open-ledger.ts';
import type { Ledger, Migration } from '../src/types.ts';

export interface TestLedger {
  readonly engine: Ledger['engine'];
  /** A ledger on an empty database of its own; its close removes the database. */
  open(options: { readonly migrations: readonly Migration[]; readonly clock?: () => Date }): Promise<Ledger>;
}

/** The engines a suite runs on: the embedded one always, PostgreSQL where CHENGMEN_TEST_DATABASE_URL names one. */
export function testLedgers(): TestLedger[] {
  const url = process.env['CHENGMEN_TEST_DATABASE_URL'];
  return url ? [embedded, postgres(url)] : [embedded];
}

const embedded: TestLedger = {
  engine: 'pglite',
  async open(options) {
    const folder = mkdtempSync(join(tmpdir(), 'chengmen-ledger-'));
    await giveDatabase(folder, options.migrations);
    const ledger = await openLedger({ folder, ...options });
    return {
      ...ledger,
      close: async () => {
        await ledger.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

/**
 * An embedded database for a data folder that has none, empty but for the migrations: what is opened there would else take
 * seconds to make one.
 */
export async function giveDatabase(data: string, migrations: readonly Migration[] = []): Promise<void> {
  const place = join(data, 'database');
  if (!existsSync(place)) cpSync(await migratedDatabase(migrations), place, { recursive: true });
}

/**
 * What test processes share for one run of the tests: the first that asks makes it, in a folder of its own. Alone, without
 * a run, a process has nothing to share it with.
 */
export async function sharedFolder(name: string, make: (folder: string) => Promise<void>): Promise<string | undefined> {
  const run = process.env['CHENGMEN_TEST_SHARED'];
  return run === undefined ? undefined : madeOnce(join(run, name), make);
}

async function migratedDatabase(migrations: readonly Migration[]): Promise<string> {
  if (migrations.length === 0) return emptyDatabase();
  const name = `database-${sha256(JSON.stringify(migrations)).slice(0, 16)}`;
  const made = await sharedFolder(name, async (folder) => {
    await giveDatabase(folder);
    await (await openLedger({ folder, migrations })).close();
  });
  return made === undefined ? emptyDatabase() : join(made, 'database');
}

/** An empty embedded database to copy: all test processes of this machine share it. */
function emptyDatabase(): Promise<string> {
  const { version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.resolve('@electric-sql/pglite')), 'utf8'),
  ) as { version: string };
  return madeOnce(join(tmpdir(), `chengmen-empty-database-${version}-${userInfo().uid}`), makeUnsynced);
}

async function madeOnce(place: string, make: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(place)) return place;
  const own = mkdtempSync(`${place}-making-`);
  await make(join(own, 'folder'));
  try {
    renameSync(join(own, 'folder'), place);
  } catch {
    // Another process was faster.
  }
  rmSync(own, { recursive: true, force: true });
  return place;
}

function postgres(url: string): TestLedger {
  return {
    engine: 'postgres',
    async open(options) {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await administer(url, `create database ${name}`);
      const own = new URL(url);
      own.pathname = `/${name}`;
      const ledger = await openLedger({ url: own.href, ...options });
      return {
        ...ledger,
        close: async () => {
          await ledger.close();
          await administer(url, `drop database ${name} with (force)`);
        },
      };
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
