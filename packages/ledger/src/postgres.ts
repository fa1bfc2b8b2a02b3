import { ChengmenError } from '@chengmen/model';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Engine } from './engine.ts';

const oldest = 150_000;
const patience = 10_000;

/** The same values as the embedded database gives: numbers for int8, plain bytes for bytea. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown => {
    const parse = pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.BYTEA) return (text: string) => new Uint8Array(parse(text) as Buffer);
    return parse;
  },
};

/** Connects to a PostgreSQL server. Throws `database-unreachable`, `database-version`. */
export async function openPostgres(url: string): Promise<Engine> {
  await withClient(url, checkServer);
  // A few stay connected: edits come minutes apart, and each would wait for the lock's, the press's and its own to be made.
  const pool = new pg.Pool({ connectionString: url, types, max: 10, min: 3 });
  // An idle connection that the server ends must not end the process; the pool makes a new one.
  pool.on('error', () => undefined);
  return {
    name: 'postgres',
    dialect: new PostgresDialect({ pool }),
    script: (text) => runScript(pool, text),
    alone: (work) => holdingLock(url, work),
    // Kysely's destroy ends the pool.
    close: () => Promise.resolve(),
  };
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    "select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding",
  );
  const [{ version, encoding } = { version: '0', encoding: '' }] = rows;
  if (Number(version) < oldest)
    throw new ChengmenError('database-version', { problem: `PostgreSQL ${Math.floor(Number(version) / 10_000)}` });
  if (encoding !== 'UTF8')
    throw new ChengmenError('database-version', { problem: `编码须为 UTF8 (the encoding must be UTF8): ${encoding}` });
}

/** Several processes may start at once on one database; the server lets go of the lock when the connection ends. */
function holdingLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  return withClient(url, async (client) => {
    await client.query("select pg_advisory_lock(hashtextextended('chengmen migrations', 0))");
    return work();
  });
}

/** A connection of its own, apart from the pool. */
async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patience });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  } catch (error) {
    throw new ChengmenError('database-unreachable', { problem: unreachable(error) });
  }
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
