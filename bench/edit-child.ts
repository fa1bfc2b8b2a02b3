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
import { setTimeout } from 'node:timers/promises';
import type { Actor, FieldsOf, LiveItem, Role, TargetId } from '@chengmen/model';
import { createCity, type City } from '@chengmen/press';
import type { Press } from '@chengmen/press-app';
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
  /**
   * `line`: city, press and seal with a bare commit before them; `desk`: what a final approval sets going;
   * `wide`: the same while the site settings change.
   */
  readonly kind: 'line' | 'desk' | 'wide';
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
  /** Articles that were not there before: of the newest day, and of any day of the twenty years. */
  readonly fresh: readonly number[];
  readonly backDated: readonly number[];
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

export interface WideRun {
  readonly articles: number;
  /** The change of the site settings, from its final approval until the portal serves it. */
  readonly change: number;
  /** Edits while it was being made, from the final approval until the portal serves them. */
  readonly beside: readonly number[];
  /** The slowest of those that were not served two seconds before the switch. */
  readonly atSwitch: number;
}

const theme = createTheme();
const say = (text: string): void => {
  process.send?.({ say: text });
};

const warmUp = 20;

/** The last of the city’s twenty years. */
const newestDay = '2026-11-20 09:30';

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
  const backDated: number[] = [];
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
    for (const [times, changes] of [
      [fresh, { date: newestDay }],
      [backDated, {}],
    ] as const) {
      const number = articles + at * 2 + (times === fresh ? 0 : 1);
      const added = await live(articleAt(number, { title: `新发布：${title}`, ...changes }));
      await advancing;
      times.push(added.served - added.start);
    }
  }
  const { heap, rest } = await memoryOf();
  portal.child.kill();
  await database.end();
  await line.sealer.sealRoot(city.root);
  city.close();
  return { articles, addresses: addresses / edits, ...run, fresh, backDated, heap, rest };
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

/** The back office as it runs, on PostgreSQL, with a city that is live, and a portal beside it. */
async function openDesk({
  articles,
  folder,
  url,
}: EditWork): Promise<{ office: BackOffice; press: Press; portal: PortalBeside }> {
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
  return {
    office,
    press,
    portal: await startPortal(office.folder.releases(siteId), office.vkey, join(folder, 'seen')),
  };
}

/** An edit begins with the command of the final approval. */
async function deskRun(work: EditWork): Promise<DeskRun> {
  const { articles, edits, folder, url } = work;
  const { office, press, portal } = await openDesk(work);
  const database = await connected(url);
  const city = createCity({ items: cityOf(articles), bytes: () => undefined });
  const floorOf = floor(folder, database, portal.get);
  const run = { ours: [] as number[], committing: [] as number[], floor: [] as number[] };
  say(`${edits} edits through three reviews, the last one timed`);
  for (let at = -warmUp; at < edits; at++) {
    const title = `${sentence(2_000_000 + at).slice(0, 24)}${at + warmUp}`;
    const item = articleAt(((at + warmUp) * 7919) % articles, { title });
    const approve = await beforeApproval(office, item);
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

/** Edits at a steady pace, whether or not the one before is served, from before the site settings change until that is live. */
async function wideRun(work: EditWork): Promise<WideRun> {
  const { articles, edits } = work;
  const { office, press, portal } = await openDesk(work);
  say(`${edits} edits are brought before their last reviewer`);
  const waiting: { readonly path: string; readonly title: string; readonly approve: () => Promise<unknown> }[] = [];
  for (let at = 0; at < edits; at++) {
    const title = `${sentence(3_000_000 + at).slice(0, 24)}${at}`;
    const item = articleAt((at * 7919) % articles, { title });
    waiting.push({ path: item.path ?? '/', title, approve: await beforeApproval(office, item) });
  }
  const live = async ({ path, title, approve }: (typeof waiting)[number]): Promise<Sample> => {
    const start = performance.now();
    await approve();
    await shows(portal, path, title);
    return { start, served: performance.now() };
  };
  for (const edit of waiting.splice(0, warmUp)) await live(edit);
  const [site] = cityOf(0);
  const phone = '0999-87654321';
  const change = await beforeApproval(office, { ...site, fields: { ...site?.fields, phone } } as LiveItem<'site'>);
  say('the site settings change');
  const approved = performance.now();
  await change();
  while (!press.isMakingBeside() && performance.now() - approved < 60_000) await setTimeout(1);
  const samples: Promise<Sample>[] = [];
  while (press.isMakingBeside()) {
    const edit = waiting.pop();
    if (edit) samples.push(live(edit));
    await setTimeout(pace);
  }
  const switched = performance.now();
  await shows(portal, '/', phone);
  const took = ({ start, served }: Sample): number => served - start;
  const all = await Promise.all(samples);
  const whole = performance.now() - approved;
  portal.child.kill();
  await office.close();
  if (all.length === 0) throw new Error('the change was not made beside the live release: take more articles');
  return {
    articles,
    change: whole,
    beside: all.map(took),
    atSwitch: Math.max(0, ...all.filter(({ served }) => served >= switched - 2000).map(took)),
  };
}

interface Sample {
  readonly start: number;
  readonly served: number;
}

/** Milliseconds from one edit to the next. */
const pace = 200;

async function shows({ get }: PortalBeside, path: string, text: string): Promise<void> {
  while (!(await get(path)).includes(text)) await setTimeout(1);
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
  { id: item, kind, fields }: LiveItem<'article'> | LiveItem<'site'>,
): Promise<() => Promise<unknown>> {
  await ledger.execute(revisions.saveDraft, writer, { item, kind, fields });
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
const runs = { line: lineRun, desk: deskRun, wide: wideRun };
const run = await runs[work.kind](work);
await new Promise((resolve) => process.send?.({ run }, resolve));
process.exit(0);
