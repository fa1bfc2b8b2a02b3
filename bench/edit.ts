import { fork, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { open, rename } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createTextFile } from '@chengmen/press-app';
import { DirectoryStore } from '@chengmen/seal';
import { createTheme } from '@chengmen/theme';
import { Client } from 'pg';
import { startPostgres } from '../tools/support/start-postgres.ts';
import { articleAt, cityOf, sentence } from './city.ts';
import { inFolder } from './folder.ts';
import { advance, benchKey, openLine, type Line } from './line.ts';
import { quantile, type Bench, type Measure } from './measure.ts';
import { ToolMissing } from './tool-missing.ts';

/** An approved edit until a citizen is served it, beside the least that takes, in turn in one run. */
export const edit: Bench = {
  name: 'edit',
  about:
    'a committed edit until the portal, a process of its own, serves it with its lists, feeds and site map; beside one commit, rendering, two syncs, a signature and a request',
  run: async ({ quick, say }) => {
    const sizes = quick ? [500, 2000] : [10_000, 100_000];
    const postgres = await startPostgres({ fsync: true });
    if ('reason' in postgres)
      throw new ToolMissing(
        'PostgreSQL is not on this machine: install it (Debian: apt-get install postgresql) and run again',
      );
    const database = new Client({ connectionString: postgres.url });
    try {
      await database.connect();
      await database.query('create table edit (at bigserial primary key, item text, title text)');
      const runs: Run[] = [];
      for (const articles of sizes) runs.push(await runWith(articles, quick ? 60 : 400, database, say));
      return measures(runs);
    } finally {
      await database.end();
      await postgres.stop();
    }
  },
};

interface Run {
  readonly articles: number;
  readonly addresses: number;
  readonly ours: readonly number[];
  readonly pressing: readonly number[];
  readonly sealing: readonly number[];
  readonly floor: readonly number[];
}

function runWith(articles: number, edits: number, database: Client, say: (text: string) => void): Promise<Run> {
  return inFolder(async (folder) => {
    say(`${articles} articles; first release`);
    const texts = createTextFile(join(folder, 'texts'));
    let promoted = (): void => undefined;
    const line = openLine(cityOf(articles), new DirectoryStore(join(folder, 'release')), {
      texts,
      promoted: () => {
        promoted();
      },
    });
    await advance(line, 'everything');
    const portal = await startPortal(folder);
    try {
      say(`${edits} edits, each beside its floor`);
      const promotion = (): Promise<void> => new Promise((resolve) => (promoted = resolve));
      return await measured({ articles, edits, line, folder, database, promotion, get: getter(portal.port) });
    } finally {
      portal.child.kill();
      texts.close();
    }
  });
}

async function startPortal(folder: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const script = join(import.meta.dirname, '../apps/portal/src/main.ts');
  const args = ['--releases', join(folder, 'release'), '--key', benchKey.vkey, '--port', '0'];
  const child = fork(script, [...args, '--seen', join(folder, 'seen')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { child, port };
}

interface Setting {
  readonly articles: number;
  readonly edits: number;
  readonly line: Line;
  readonly folder: string;
  readonly database: Client;
  /** Resolves at the next promotion. */
  readonly promotion: () => Promise<void>;
  readonly get: (path: string) => Promise<string>;
}

async function measured({ articles, edits, line, folder, database, promotion, get }: Setting): Promise<Run> {
  const theme = createTheme();
  const run = { ours: [] as number[], pressing: [] as number[], sealing: [] as number[], floor: [] as number[] };
  let addresses = 0;
  const warmUp = 20;
  for (let at = -warmUp; at < edits; at++) {
    const title = `${sentence(1_000_000 + at).slice(0, 24)}${at + warmUp}`;
    const edited = articleAt(((at + warmUp) * 7919) % articles, { title });
    const start = performance.now();
    await database.query('insert into edit (item, title) values ($1, $2)', [edited.id, title]);
    const committed = performance.now();
    const promoted = promotion();
    const advancing = advance(line, line.city.apply([edited]));
    await promoted;
    const sealed = performance.now();
    while (!(await get(edited.path ?? '/')).includes(title)) continue;
    const served = performance.now();
    const done = await advancing;
    const beginning = performance.now();
    await database.query('insert into edit (item, title) values ($1, $2)', [edited.id, title]);
    for (const target of done.targets) theme.render(target, line.city);
    await writeSynced(join(folder, 'content'), content);
    await writeSynced(join(folder, 'next'), sign(null, content.subarray(0, 200), privateKey));
    await rename(join(folder, 'next'), join(folder, 'signed'));
    await get('/robots.txt');
    const end = performance.now();
    if (at < 0) continue;
    addresses += done.pages;
    run.ours.push(served - start);
    run.pressing.push(done.pressing);
    run.sealing.push(sealed - committed - done.pressing);
    run.floor.push(end - beginning);
  }
  return { articles, addresses: addresses / edits, ...run };
}

const { privateKey } = generateKeyPairSync('ed25519');
/** As many bytes as an edit writes. */
const content = Buffer.alloc(200_000, 'x');

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  await file.writeFile(bytes);
  await file.datasync();
  await file.close();
}

function getter(port: number): Setting['get'] {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (path) =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, agent }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => resolve(Buffer.concat(parts).toString()));
      });
      asked.on('error', reject);
      asked.end();
    });
}

function measures(runs: readonly Run[]): Measure[] {
  const [small, large] = [runs[0], runs.at(-1)];
  const growth = small && large ? quantile(large.ours, 0.5) / quantile(small.ours, 0.5) : Number.NaN;
  return [
    ...runs.flatMap(measuresOf),
    {
      measure: `p50 at ${large?.articles ?? 0} ÷ at ${small?.articles ?? 0}`,
      value: growth,
      unit: '×',
      bar: '≤ 1.5',
      reached: growth <= 1.5,
    },
  ];
}

function measuresOf({ articles, addresses, ours, pressing, sealing, floor }: Run): Measure[] {
  const base = quantile(floor, 0.5);
  const [p50, p99] = [quantile(ours, 0.5), quantile(ours, 0.99)];
  const name = (what: string): string => `${articles} articles: ${what}`;
  return [
    { measure: name('addresses an edit changes, mean'), value: addresses, unit: '' },
    { measure: name('floor p50'), value: base, unit: 'ms' },
    { measure: name('edit to served p50'), value: p50, unit: 'ms' },
    { measure: name('edit to served p99'), value: p99, unit: 'ms' },
    { measure: name('of it pressing p50'), value: quantile(pressing, 0.5), unit: 'ms' },
    { measure: name('of it sealing p50'), value: quantile(sealing, 0.5), unit: 'ms' },
    { measure: name('p50 beside the floor'), value: p50 / base, unit: '×', bar: '≤ 4', reached: p50 <= 4 * base },
    {
      measure: name('p99 beside the floor’s p50'),
      value: p99 / base,
      unit: '×',
      bar: '≤ 12',
      reached: p99 <= 12 * base,
    },
  ];
}
