/**
 * Edits a city and measures each edit until a portal, a process of its own, serves it; after each the floor. Run by edit.ts
 * in a process of its own, which tells what it does and what it measured in messages.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { open, rename } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import type { Actor, FieldsOf, LiveItem, Role, TargetId } from '@chengmen/model';
import { createCity, type City } from '@chengmen/press';
import { createTheme } from '@chengmen/theme';
import { itemHistory } from '@chengmen/revision';
import { openBackOffice, siteId, type BackOffice } from 'chengmen';
import { Client } from 'pg';
import { articleAt, cityOf, sentence } from './city.ts';
import { fillDatabase } from './fill-database.ts';
import { openKeptCity } from './kept-city.ts';
import { advance } from './line.ts';
import { portalFlags } from './portal-process.ts';

export interface EditWork {
  /** `line`: city, press and seal with a bare commit before them; `desk`: what a final approval sets going. */
  readonly kind: 'line' | 'desk';
  readonly articles: number;
  readonly edits: number;
  readonly folder: string;
  /** Of a PostgreSQL with nothing in it. */
  readonly url: string;
}

/** Times in milliseconds. */
export interface EditRun {
  readonly articles: number;
  /** Addresses an edit changes, mean. */
  readonly addresses: number;
  readonly ours: readonly number[];
  readonly pressing: readonly number[];
  readonly sealing: readonly number[];
  /** New articles, not edits. */
  readonly fresh: readonly number[];
  readonly floor: readonly number[];
  /** Bytes of the press's heap, and outside it. */
  readonly heap: number;
  readonly rest: number;
}

export interface DeskRun {
  readonly articles: number;
  readonly ours: readonly number[];
  readonly committing: readonly number[];
  readonly floor: readonly number[];
}

const theme = createTheme();
const say = (text: string): void => {
  process.send?.({ say: text });
};

const warmUp = 20;

async function lineRun({ articles, edits, folder, url }: EditWork): Promise<EditRun> {
  say(`${articles} articles; first release`);
  let promoted = (): void => undefined;
  const city = await openKeptCity({
    folder,
    articles,
    first: articles > 200_000 ? 'stand-ins' : 'whole',
    promoted: () => {
      promoted();
    },
    say,
  });
  const { line } = city;
  const database = await connected(url);
  const portal = await startPortal(city.releases, city.vkey, join(folder, 'seen'));
  const floorOf = floor(folder, database, portal.get);
  const run = { ours: [] as number[], pressing: [] as number[], sealing: [] as number[], floor: [] as number[] };
  const fresh: number[] = [];
  let addresses = 0;
  /** One item changes; gives when it was committed, promoted and served. */
  const live = async (
    item: LiveItem<'article'>,
  ): Promise<Record<'start' | 'committed' | 'sealed' | 'served', number>> => {
    const { title } = item.fields;
    const start = performance.now();
    await database.query('insert into edit (item, title) values ($1, $2)', [item.id, title]);
    const committed = performance.now();
    const promotion = new Promise<void>((resolve) => (promoted = resolve));
    advancing = advance(line, line.city.apply([item]));
    await promotion;
    const sealed = performance.now();
    while (!(await portal.get(item.path ?? '/')).includes(title)) continue;
    return { start, committed, sealed, served: performance.now() };
  };
  let advancing: ReturnType<typeof advance> | undefined;
  say(`${edits} edits, each beside its floor`);
  for (let at = -warmUp; at < edits; at++) {
    const title = `${sentence(1_000_000 + at).slice(0, 24)}${at + warmUp}`;
    const edited = articleAt(((at + warmUp) * 7919) % articles, { title });
    const { start, committed, sealed, served } = await live(edited);
    const done = await advancing;
    const least = await floorOf(edited, done?.targets ?? [], line.city);
    if (at < 0 || !done) continue;
    addresses += done.pages;
    run.ours.push(served - start);
    run.pressing.push(done.pressing);
    run.sealing.push(sealed - committed - done.pressing);
    run.floor.push(least);
    if (at % 4 > 0) continue;
    const added = await live(articleAt(articles + at, { title: `新发布：${title}` }));
    await advancing;
    fresh.push(added.served - added.start);
  }
  const { heap, rest } = await memoryOf();
  portal.child.kill();
  await database.end();
  await line.sealer.sealRoot(city.root);
  city.close();
  return { articles, addresses: addresses / edits, ...run, fresh, heap, rest };
}

async function memoryOf(): Promise<{ readonly heap: number; readonly rest: number }> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, rest: external };
}

async function connected(url: string): Promise<Client> {
  const database = new Client({ connectionString: url });
  await database.connect();
  await database.query('create table if not exists edit (at bigserial primary key, item text, title text)');
  return database;
}

const { privateKey } = generateKeyPairSync('ed25519');
/** As many bytes as an edit writes. */
const content = Buffer.alloc(200_000, 'x');

type Floor = (item: LiveItem<'article'>, targets: readonly TargetId[], city: City) => Promise<number>;

/** One commit, rendering of the same pages, two syncs, a signature, a request. */
function floor(folder: string, database: Client, get: Get): Floor {
  return async ({ id, fields }, targets, city) => {
    const start = performance.now();
    await database.query('insert into edit (item, title) values ($1, $2)', [id, fields.title]);
    for (const target of targets) theme.render(target, city);
    await writeSynced(join(folder, 'content'), content);
    await writeSynced(join(folder, 'next'), sign(null, content.subarray(0, 200), privateKey));
    await rename(join(folder, 'next'), join(folder, 'signed'));
    await get('/robots.txt');
    return performance.now() - start;
  };
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  await file.writeFile(bytes);
  await file.datasync();
  await file.close();
}

interface PortalBeside {
  readonly child: ChildProcess;
  readonly get: Get;
}

async function startPortal(releases: string, key: string, seen: string): Promise<PortalBeside> {
  const script = join(import.meta.dirname, '../apps/portal/src/main.ts');
  const child = fork(
    script,
    ['--releases', releases, '--key', key, '--port', '0', '--seen', `${seen}-${process.pid}`],
    {
      execArgv: portalFlags,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { child, get: getter(port) };
}

type Get = (path: string) => Promise<string>;

function getter(port: number): Get {
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

const person = (account: string, role: Role): Actor => ({ account, name: account, site: siteId, roles: [role] });
const writer: Actor = { ...person('writer', 'writer'), roles: ['writer', 'channel-editor'] };
const reviewers = {
  first: person('first', 'first-reviewer'),
  second: person('second', 'second-reviewer'),
  final: person('final', 'final-approver'),
} as const;

/** The back office as it runs, on PostgreSQL; an edit begins with the command of the final approval. */
async function deskRun({ articles, edits, folder, url }: EditWork): Promise<DeskRun> {
  const office = await openBackOffice({
    settings: {
      ...{ data: join(folder, 'data'), database: url, host: '127.0.0.1', trustedProxies: '', portalWorkers: 1 },
      ...{
        portalPort: 0,
        deskPort: 0,
        counterPort: 0,
        metricsPort: 0,
        scheduleLateMinutes: 5,
        releases: '',
        s3: {},
        signer: '',
      },
    },
  });
  say(`${articles} articles in PostgreSQL; first release`);
  await fillDatabase(office.ledger.db, siteId, cityOf(articles));
  const press = office.startPress();
  await press.settle();
  const portal = await startPortal(office.folder.releases(siteId), office.vkey, join(folder, 'seen'));
  const database = await connected(url);
  const city = createCity({ items: cityOf(articles), bytes: () => undefined });
  const floorOf = floor(folder, database, portal.get);
  const run = { ours: [] as number[], committing: [] as number[], floor: [] as number[] };
  say(`${edits} edits through three reviews, the last one timed`);
  for (let at = -warmUp; at < edits; at++) {
    const title = `${sentence(2_000_000 + at).slice(0, 24)}${at + warmUp}`;
    const item = articleAt(((at + warmUp) * 7919) % articles, { title });
    const approve = await beforeApproval(office, item.id, item.fields);
    const start = performance.now();
    await approve();
    const committed = performance.now();
    while (!(await portal.get(item.path ?? '/')).includes(title)) continue;
    const served = performance.now();
    await press.settle();
    city.apply([item]);
    const least = await floorOf(item, showing(item, city), city);
    if (at < 0) continue;
    run.ours.push(served - start);
    run.committing.push(committed - start);
    run.floor.push(least);
  }
  portal.child.kill();
  await database.end();
  await office.close();
  return { articles, ...run };
}

/** Pages that show the title of an old article. */
function showing({ id, fields }: LiveItem<'article'>, city: City): TargetId[] {
  const { previous, next } = city.neighbours(id);
  const channels = [fields.channel, (city.item(fields.channel)?.fields as FieldsOf<'channel'>).parent];
  return [
    ...[id, previous?.id, next?.id].flatMap((one) => (one === undefined ? [] : `item:${one}`)),
    ...channels.flatMap((channel) => (channel === null ? [] : monthShowing(id, channel, fields.date, city))),
  ];
}

function monthShowing(id: string, channel: string, date: string, city: City): TargetId {
  const month = date.slice(0, 7);
  let part = city.extent(channel, month).parts;
  while (part > 0 && !city.month(channel, month, part).some((card) => card.id === id)) part--;
  return `month:${channel}:${month}${part === 0 ? '' : `:${part}`}`;
}

/** Brings a new text of an item before its last reviewer; what is given back approves it. */
async function beforeApproval(
  { ledger, revisions }: BackOffice,
  item: string,
  fields: FieldsOf<'article'>,
): Promise<() => Promise<unknown>> {
  await ledger.execute(revisions.saveDraft, writer, { item, kind: 'article', fields });
  const [draft] = await itemHistory(ledger.db, siteId, item);
  if (!draft) throw new Error(`${item} has no draft`);
  const { revision, hash } = draft;
  await ledger.execute(revisions.submitRevision, writer, { revision, hash });
  const review = (stage: keyof typeof reviewers): Promise<unknown> =>
    ledger.execute(revisions.reviewRevision, reviewers[stage], { revision, hash, stage, decision: 'approve' });
  await review('first');
  await review('second');
  return () => review('final');
}

const work = JSON.parse(process.argv[2] ?? '{}') as EditWork;
const run = await (work.kind === 'line' ? lineRun(work) : deskRun(work));
await new Promise((resolve) => process.send?.({ run }, resolve));
process.exit(0);
