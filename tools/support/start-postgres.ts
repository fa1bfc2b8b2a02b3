import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

export type Postgres = { url: string; version: string; stop: () => Promise<void> } | { reason: string };

/**
 * A PostgreSQL for the tests: the one CHENGMEN_TEST_DATABASE_URL names, or one of our own from an installed server,
 * with its data in a temporary folder. Its data is not synced, unless asked for: it holds nothing that outlives the tests.
 */
export async function startPostgres({ fsync = false } = {}): Promise<Postgres> {
  const given = process.env['CHENGMEN_TEST_DATABASE_URL'];
  if (given) return { url: given, version: given.replace(/:[^:@/]*@/, ':…@'), stop: () => Promise.resolve() };
  const bin = installed();
  if (!bin) return { reason: 'no server is installed and CHENGMEN_TEST_DATABASE_URL is not set' };
  const owner = unprivileged();
  if (owner === null) return { reason: 'PostgreSQL does not run as root and there is no account “postgres”' };
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-postgres-'));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const as = owner ? { uid: owner.uid, gid: owner.gid } : {};
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C.UTF-8'],
    { ...as, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) return { reason: `initdb: ${made.stderr.trim().split('\n').at(-1) ?? 'failed'}` };
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      join(folder, 'data'),
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-k',
      folder,
      '-c',
      `fsync=${fsync ? 'on' : 'off'}`,
      '-c',
      'max_connections=200',
    ],
    { ...as, cwd: folder, stdio: 'ignore' },
  );
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    const gone = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGQUIT');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', () => server.kill('SIGQUIT'));
  const version = await answer(url);
  if (version) return { url, version, stop };
  await stop();
  return { reason: 'the server did not answer' };
}

function installed(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const folders = existsSync(debian)
    ? readdirSync(debian)
        .sort()
        .reverse()
        .map((version) => join(debian, version, 'bin'))
    : [];
  return [...folders, ...(process.env['PATH'] ?? '').split(':')].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

/** undefined: we are not root; null: we are, and have nobody else to be. */
function unprivileged(): { uid: number; gid: number } | undefined | null {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || NaN);
  const [uid, gid] = [id('-u'), id('-g')];
  return Number.isNaN(uid) || Number.isNaN(gid) ? null : { uid, gid };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

async function answer(url: string): Promise<string | undefined> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      const { rows } = await client.query<{ version: string }>('select version() as version');
      await client.end();
      return rows[0]?.version.split(' ').slice(0, 2).join(' ');
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return undefined;
}
