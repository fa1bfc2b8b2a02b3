import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
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
