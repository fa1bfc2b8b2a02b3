import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { giveDatabase } from '@chengmen/ledger/testing';

const project = join(import.meta.dirname, '..', '..');
const program = join(project, 'apps', 'chengmen', 'bin', 'chengmen.js');

export interface City {
  readonly data: string;
  readonly portal: string;
  readonly desk: string;
  readonly counter: string;
  /** All that was printed so far. */
  printed(): string;
  /** Passwords by account name, as the first start printed them. */
  passwords(): Record<string, string>;
  /** Keys of authenticators by account name, where the first start printed one. */
  keys(): Record<string, string>;
  /** Process ids of the supervisor's children: portal, search and back office, with a bucket a mirror too. */
  children(): number[];
  /** Resolves once the text has been printed; rejects when the program ends first. */
  said(words: RegExp): Promise<void>;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
  readonly process: ChildProcess;
}

export interface Ports {
  readonly portal: number;
  readonly desk: number;
  readonly counter: number;
}

export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'chengmen-city-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export async function freePorts(): Promise<Ports> {
  const [portal = 0, desk = 0, counter = 0] = await Promise.all([freePort(), freePort(), freePort()]);
  return { portal, desk, counter };
}

/**
 * `chengmen start` as an operator starts it, in a process of its own; resolves when everything is up. With `emptyDatabase`
 * it finds an empty one and need not make it.
 */
export async function startCity(options: {
  readonly data: string;
  readonly ports: Ports;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly emptyDatabase?: boolean;
  /** With the demonstration's second site. */
  readonly district?: boolean;
}): Promise<City> {
  const { data, ports } = options;
  if (options.district !== true) mkdirSync(join(data, 'sites'), { recursive: true });
  if (options.emptyDatabase === true) await giveDatabase(data);
  const child = spawn(
    process.execPath,
    [
      program,
      'start',
      '--data',
      data,
      '--portal-port',
      String(ports.portal),
      '--desk-port',
      String(ports.desk),
      '--counter-port',
      String(ports.counter),
      ...(options.arguments ?? []),
    ],
    {
      cwd: project,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.environment, NO_COLOR: '1' },
    },
  );
  let output = '';
  const watchers = new Set<() => void>();
  const hear = (part: Buffer): void => {
    output += part.toString();
    for (const watcher of watchers) watcher();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => {
      resolve(code);
    });
  });
  const said = (words: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!words.test(output)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      void ended.then((code) => {
        reject(new Error(`chengmen start ended with ${String(code)} before it said ${String(words)}:\n${output}`));
      });
      look();
    });
  await said(/Ctrl-C stops/);
  return {
    data,
    portal: `http://127.0.0.1:${ports.portal}`,
    desk: `http://127.0.0.1:${ports.desk}`,
    counter: `http://127.0.0.1:${ports.counter}`,
    printed: () => output,
    passwords: () =>
      Object.fromEntries(
        [...output.matchAll(/^ {4}(\S+)\s+(\S{12,})\s{3}/gm)].map(([, name = '', password = '']) => [name, password]),
      ),
    keys: () =>
      Object.fromEntries(
        [...output.matchAll(/^ {4}(\S+)\s+\S{12,}\s{3}.*\n\s+验证器密钥 key ([A-Z2-7]+)$/gm)].map(
          ([, name = '', key = '']) => [name, key],
        ),
      ),
    children: () => childrenOf(child.pid ?? 0),
    said,
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
    process: child,
  };
}

/** Runs a command of the operator's to its end. */
export function chengmen(...argv: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawnChengmen(argv);
    let out = '';
    let err = '';
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    child.stderr.on('data', (part: Buffer) => (err += part.toString()));
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

/** Starts a command of the operator's. */
export function spawnChengmen(
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  // As tools/test.ts does it: a command that opens the database by itself is over before its engine is optimised.
  return spawn(process.execPath, ['--liftoff-only', program, ...argv], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, NO_COLOR: '1' },
  });
}

/** Asks until the answer is as wanted; a server that is being started again is not an error. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean, seconds = 60): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (let last: unknown; ;) {
    try {
      const answer = await ask();
      if (wanted(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error('it did not come to be', { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function childrenOf(pid: number): number[] {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  return spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .stdout.trim()
    .split(/\s+/)
    .map(Number)
    .filter(Boolean);
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
