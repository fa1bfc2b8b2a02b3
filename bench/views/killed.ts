import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { openLedger } from '@chengmen/ledger';
import { statisticsMigrations, viewsByValue } from '@chengmen/statistics';
import { site, type ViewsChild } from './messages.ts';

export interface Killed {
  readonly hits: number;
  readonly kills: number;
  /** Hits that were told again because no answer had come. */
  readonly retries: number;
  readonly seconds: number;
  /** Acknowledged hits that the totals lack, and those they have too often. */
  readonly lost: number;
  readonly twice: number;
}

const pages = 1000;

/** Tells hits over HTTP while the process is killed again and again, then reads the totals. */
export async function killed(options: {
  readonly database: string;
  readonly folder: string;
  readonly hits: number;
  readonly kills: number;
  readonly say: (text: string) => void;
}): Promise<Killed> {
  const { database, folder, hits, kills, say } = options;
  const socket = join(folder, 'socket');
  // On a busy machine a restart takes seconds: ids are to be remembered longer than until all is told again.
  const settings: ViewsChild = { database, folder, socket, rules: { remembered: 20, rollUp: 0.5 } };
  const state = { child: startChild(settings), up: Promise.resolve(), next: 0, acknowledged: 0, kills: 0, retries: 0 };
  await readyOf(state.child);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const killAt = (): number => Math.floor(((state.kills + Math.random()) / kills) * hits);
  let due = killAt();
  const started = performance.now();

  const kill = (): void => {
    state.kills++;
    due = state.kills < kills ? Math.max(killAt(), state.acknowledged + 1) : Number.POSITIVE_INFINITY;
    if (state.kills % 10 === 0) say(`${state.kills} kills, ${state.acknowledged} acknowledged`);
    const { child } = state;
    child.kill('SIGKILL');
    state.up = once(child, 'exit').then(async () => {
      state.child = startChild(settings);
      await readyOf(state.child);
    });
  };
  const one = async (): Promise<void> => {
    while (state.next < hits) {
      const at = state.next++;
      const id = randomBytes(16).toString('base64url');
      const body = JSON.stringify({ id, path: pathOf(at), from: '', age: 0 });
      for (let tries = 0; !(await tell({ agent, socket, body, client: at })); tries++) {
        state.retries++;
        await state.up;
      }
      state.acknowledged++;
      if (state.acknowledged >= due) kill();
    }
  };
  await Promise.all(Array.from({ length: 256 }, one));
  await state.up;
  const seconds = (performance.now() - started) / 1000;
  state.child.send('roll up');
  await once(state.child, 'exit');
  agent.destroy();
  const { lost, twice } = await compare(database, folder, hits);
  return { hits, kills: state.kills, retries: state.retries, seconds, lost, twice };
}

const pathOf = (at: number): string => `/news/a${at % pages}.html`;

export function startChild(settings: ViewsChild, execArgv: readonly string[] = []): ChildProcess {
  return fork(join(import.meta.dirname, 'child.ts'), [JSON.stringify(settings)], { execArgv: [...execArgv] });
}

/** Its address, where it listens on a port. */
export async function readyOf(child: ChildProcess): Promise<string> {
  const ready = once(child, 'message') as Promise<[{ readonly address: string }]>;
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`ended with ${String(code)}`);
  });
  const [{ address }] = await Promise.race([ready, ended]);
  return address;
}

/** Whether it was acknowledged. */
function tell(hit: {
  readonly agent: Agent;
  readonly socket: string;
  readonly body: string;
  readonly client: number;
}): Promise<boolean> {
  const { agent, socket, body, client } = hit;
  return new Promise((resolve) => {
    const headers = {
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0',
      'x-forwarded-for': `client-${client}`,
      'content-length': Buffer.byteLength(body),
    };
    const asking = request({ agent, socketPath: socket, path: '/views', method: 'POST', headers }, (response) => {
      response.resume();
      response.on('error', () => resolve(false));
      response.on('close', () =>
        resolve(response.complete && (response.statusCode === 200 || response.statusCode === 204)),
      );
    });
    asking.on('error', () => resolve(false));
    asking.end(body);
  });
}

async function compare(database: string, folder: string, hits: number): Promise<{ lost: number; twice: number }> {
  const ledger = await openLedger({ folder, url: database, migrations: statisticsMigrations });
  const asked = { dimension: 'page', from: '0000-00-00', to: '9999-99-99', limit: 10 * pages } as const;
  const found = new Map((await viewsByValue(ledger.db, site, asked)).map(({ value, count }) => [value, count]));
  await ledger.close();
  const expected = new Map<string, number>();
  for (let at = 0; at < hits; at++) expected.set(pathOf(at), (expected.get(pathOf(at)) ?? 0) + 1);
  let [lost, twice] = [0, 0];
  for (const path of new Set([...found.keys(), ...expected.keys()])) {
    const difference = (found.get(path) ?? 0) - (expected.get(path) ?? 0);
    if (difference > 0) twice += difference;
    else lost -= difference;
  }
  return { lost, twice };
}
