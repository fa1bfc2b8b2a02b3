import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3StoreOptions } from '../s3-store.ts';

const version = 'v1.8.0';
/** Of the account and not of the checkout, where `npm ci` would take it away. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'chengmen', 'versitygw');

export interface ObjectStore {
  /** Where it answers, with keys that are good for it alone. */
  readonly options: S3StoreOptions;
  /** Folder in which its objects stand as files. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

export interface NoObjectStore {
  readonly reason: string;
}

/** A real S3 server (versitygw) over a temporary folder, with one empty bucket. */
export async function startObjectStore(): Promise<ObjectStore | NoObjectStore> {
  const program = buildVersitygw();
  if ('reason' in program) return program;
  const root = mkdtempSync(join(tmpdir(), 'chengmen-s3-'));
  const folder = join(root, 'data', 'releases');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'meta'));
  const port = await freePort();
  const [accessKeyId, secretAccessKey] = ['test-access', 'test-secret-of-no-use-elsewhere'];
  // Its own folder for what it notes of objects: not every temporary folder takes extended attributes.
  const server = spawn(
    program.path,
    ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', join(root, 'meta'), join(root, 'data')],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
    },
  );
  let complaint = '';
  server.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()).once('error', () => resolve()));
  const end = (): void => {
    server.kill('SIGKILL');
  };
  process.once('exit', end);
  const stop = async (): Promise<void> => {
    process.off('exit', end);
    end();
    await gone;
    rmSync(root, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  if (await answers(endpoint))
    return { options: { endpoint, bucket: 'releases', accessKeyId, secretAccessKey }, folder, stop };
  await stop();
  return { reason: `versitygw does not answer: ${complaint.trim().split('\n').at(-1) ?? ''}` };
}

/** The server's program, built at the first call: that takes a minute or two. */
export function buildVersitygw(): { readonly path: string } | NoObjectStore {
  const path = join(cache, version, 'versitygw');
  if (existsSync(path)) return { path };
  if (spawnSync('go', ['version']).status !== 0) return { reason: 'go is not installed, so versitygw cannot be built' };
  try {
    mkdirSync(cache, { recursive: true });
  } catch (error) {
    return { reason: `no place for versitygw: ${String(error)}` };
  }
  const fresh = mkdtempSync(join(cache, 'build-'));
  const built = spawnSync('go', ['install', `github.com/versity/versitygw/cmd/versitygw@${version}`], {
    cwd: fresh,
    env: { ...process.env, GOBIN: fresh, GOFLAGS: '' },
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (built.status === 0) {
    mkdirSync(join(cache, version), { recursive: true });
    renameSync(join(fresh, 'versitygw'), path);
  }
  rmSync(fresh, { recursive: true, force: true });
  if (built.status === 0) return { path };
  const problem = built.error?.message ?? built.stderr.trim().split('\n').at(-1) ?? '';
  return { reason: `versitygw ${version} does not build: ${problem}` };
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

async function answers(endpoint: string): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      await fetch(endpoint);
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return false;
}
