import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
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
    await giveDatabase(folder);
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

/** An empty embedded database for a data folder that has none: what is opened there would else take seconds to make one. */
export async function giveDatabase(data: string): Promise<void> {
  const place = join(data, 'database');
  if (!existsSync(place)) cpSync(await emptyDatabase(), place, { recursive: true });
}

/** An empty embedded database to copy: making one takes seconds, so all test processes of this machine share it. */
async function emptyDatabase(): Promise<string> {
  const { version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.resolve('@electric-sql/pglite')), 'utf8'),
  ) as { version: string };
  const place = join(tmpdir(), `chengmen-empty-database-${version}-${userInfo().uid}`);
  if (existsSync(join(place, 'PG_VERSION'))) return place;
  const own = mkdtempSync(join(tmpdir(), 'chengmen-making-'));
  await makeUnsynced(join(own, 'database'));
  try {
    renameSync(join(own, 'database'), place);
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
