import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDesk } from '@chengmen/desk';
import { createAccount, systemActor, type GrantInput } from '@chengmen/identity';
import { readWord } from '@chengmen/word';
import { openBackOffice, siteId, type BackOffice } from 'chengmen';
import { channelCount, channelId, fillChannels, fillDesk, fillEvents, itemAt } from './desk/fill-desk.ts';
import { firstPaints } from './desk/first-paint.ts';
import { signIn, type Person } from './desk/sign-in.ts';
import { slowestPlans } from './desk/slowest-plans.ts';
import { inFolder } from './folder.ts';
import { atMost, quantile, type Bench, type BenchOptions, type Measure } from './measure.ts';
import { withPostgres } from './with-postgres.ts';

/** Milliseconds within which 19 of 20 answers must be there. */
const most = 200;

/** What editors ask for all day, over HTTP, on a database of years. */
export const desk: Bench = {
  name: 'desk',
  about: `pages of the desk, by people of the whole site and of a part, over HTTP: 100 000 items in all states, as many events and ${channelCount} channels in PostgreSQL`,
  run: (options) => withPostgres((url) => inFolder((folder) => measured(options, { url, folder }))),
};

async function measured(
  { quick, say, articles }: BenchOptions,
  { url, folder }: { readonly url: string; readonly folder: string },
): Promise<readonly Measure[]> {
  const items = articles?.at(-1) ?? 100_000;
  const office = await openOffice(folder, url);
  await fillChannels({ url, site: siteId });
  const people = await makePeople(office);
  say(`${items} items into PostgreSQL`);
  await fillDesk({ url, site: siteId, items, writer: people.writer.account, prints: !quick });
  await fillEvents(office.ledger, siteId, items);
  const app = await openDesk(office);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const measures: Measure[] = [];
  try {
    for (const person of Object.values(people)) await signIn(port, person);
    for (const { name, who, path } of asked(items)) {
      const ask = (round: number): Promise<void> => get({ port, path: path(round), cookie: people[who].cookie });
      const times = await timesOf(ask, quick ? 15 : 100);
      const p95 = quantile(times, 0.95);
      measures.push(
        { measure: `${name}: p50`, value: quantile(times, 0.5), unit: 'ms' },
        atMost(`${name}: p95`, p95, most, 'ms'),
      );
      if (p95 > most) for (const plan of await slowestPlans(url, () => ask(0))) console.error(`${name}: ${plan}\n`);
    }
    say('first paints');
    measures.push(...(await painted(port, people, quick ? 3 : 15)));
  } finally {
    agent.destroy();
    await app.close();
    await office.close();
  }
  return measures;
}

/** Milliseconds within which a page that was seen before shows something, over slow 4G. */
const mostToPaint = 1000;

async function painted(port: number, people: Record<Who, Person>, times: number): Promise<readonly Measure[]> {
  const pages = [
    { name: 'inbox', path: '/', who: 'chief' },
    { name: 'items', path: '/items', who: 'chief' },
    { name: 'editor', path: '/items/new?kind=article', who: 'writer' },
    { name: 'tree of channels', path: '/channels', who: 'writer' },
    { name: 'media library', path: '/media', who: 'writer' },
  ] as const;
  const asked = pages.map(({ path, who }) => ({ path, cookie: people[who].cookie }));
  const paints = await firstPaints(port, asked, times);
  if (!paints) return [{ measure: 'first paints: no browser was found', value: 0, unit: '' }];
  return pages.map(({ name }, i) =>
    atMost(`${name}, first paint over slow 4G, seen before: p50`, paints[i] ?? Infinity, mostToPaint, 'ms'),
  );
}

type Who = 'chief' | 'office' | 'writer' | 'auditor';

interface Asked {
  readonly name: string;
  readonly who: Who;
  readonly path: (round: number) => string;
}

function asked(items: number): readonly Asked[] {
  const page = (name: string, path: string | ((round: number) => string), who: Who = 'chief'): Asked => ({
    name,
    who,
    path: typeof path === 'string' ? () => path : path,
  });
  const leaf = (round: number): string => channelId(100 + ((round * 37) % 400));
  return [
    page('inbox, first reviewer of the site', '/'),
    page('inbox, first reviewer of a part', '/', 'office'),
    page('inbox, writer', '/', 'writer'),
    page('items', '/items'),
    page('items of a kind', '/items?kind=policy'),
    page('items of a channel', (round) => `/items?channel=${leaf(round)}`),
    page('items of a channel and all below', '/items?channel=c3'),
    page('items withdrawn', '/items?state=withdrawn'),
    page('items waiting for the last review', '/items?revision=second-reviewed'),
    page('items of an author', '/items?author=' + encodeURIComponent('编辑137')),
    page('items with a frequent word', titled('改造')),
    page('items with words of one title', (round) => titled(`${round * 100 + 2}-1`)),
    page('items with a word that is nowhere', titled('没有的字')),
    page(
      'items with a word, by author, kind, subtree and state',
      `${titled('临江')}&kind=article&channel=c3&state=live&author=${encodeURIComponent('编辑1')}`,
    ),
    ...['title', 'kind', '-state', 'newest', 'author', 'changed'].map((sort) =>
      page(`items by ${sort}`, `/items?sort=${sort}`),
    ),
    page('items, in the middle of the list', `/items?after=${place(middle.toISOString(), 'a1')}`),
    page('items by title, in the middle of the list', `/items?sort=title&after=${place('国庆', 'a1')}`),
    page('tree of channels', '/channels'),
    page('tree of channels, to move them', '/channels', 'writer'),
    page('channels that are overdue', '/channels?light=none', 'writer'),
    page('a channel', (round) => `/channels/${leaf(round)}`, 'writer'),
    page('where a channel may be moved', '/channels/c120/move?parent=c3', 'writer'),
    ...Object.entries(audited(items)).map(([name, path]) => page(`audit, ${name}`, path, 'auditor')),
    page('an item', (round) => `/items/${itemAt(round, items)}`),
  ];
}

const audited = (items: number): Readonly<Record<string, string | ((round: number) => string)>> => ({
  'newest events': '/audit',
  'in the middle of the log': `/audit?before=${items / 2}`,
  'of a person': (round) => `/audit?who=w${(round * 37) % 400}`,
  'of a kind': '/audit?act=reviewing',
  'of a kind there is none of': '/audit?act=withdraw-item',
  'of an item': (round) => `/audit?item=a${(round * 400) % items}`,
  'of a channel': (round) => `/audit?channel=${channelId(100 + ((round * 37) % 400))}`,
  'of a channel and all below, by a person, in a year': '/audit?channel=c3&who=w37&from=2019-01-01&to=2019-12-31',
  'of a month long ago': '/audit?from=2017-03-01&to=2017-03-31',
  'one item': (round) => `/audit/items/a${(round * 400) % items}`,
  'one person': (round) => `/audit/people/w${(round * 37) % 400}`,
});

const titled = (words: string): string => `/items?words=${encodeURIComponent(words)}`;
/** As the list itself writes a place in it. */
const place = (...key: string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');
const middle = new Date('2017-06-01T00:00:00Z');

async function makePeople({ ledger, identity }: BackOffice): Promise<Record<Who, Person>> {
  const made = async (username: string, grants: readonly GrantInput[], totp: boolean): Promise<Person> => {
    const actor = systemActor(siteId);
    const { account, password } = await ledger.execute(createAccount, actor, { username, name: username, grants });
    const key = totp ? await identity.giveTotp(actor, account) : undefined;
    return { account, username, password, key, cookie: '' };
  };
  return {
    chief: await made('chief', [{ role: 'first-reviewer' }], true),
    office: await made('office', [{ role: 'first-reviewer', channel: channelId(20) }], true),
    writer: await made('writer', [{ role: 'writer' }, { role: 'channel-editor' }], false),
    auditor: await made('auditor', [{ role: 'auditor' }], false),
  };
}

/** One request after the other on one connection, the first few not counted. */
async function timesOf(ask: (round: number) => Promise<void>, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = -5; round < rounds; round++) {
    const start = performance.now();
    await ask(round + 5);
    if (round >= 0) times.push(performance.now() - start);
  }
  return times;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

async function get({ port, path, cookie }: { port: number; path: string; cookie: string }): Promise<void> {
  const asking = request({ agent, host: '127.0.0.1', port, path, headers: { cookie } });
  const answered = once(asking, 'response');
  asking.end();
  const [answer] = (await answered) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  if (answer.statusCode !== 200) throw new Error(`${path}: ${String(answer.statusCode)}`);
}

function openOffice(folder: string, database: string): Promise<BackOffice> {
  return openBackOffice({
    settings: {
      ...{ data: folder, database, host: '127.0.0.1', trustedProxies: '', portalWorkers: 1, scheduleLateMinutes: 5 },
      ...{ portalPort: 0, deskPort: 0, counterPort: 0, metricsPort: 0, releases: '', s3: {}, signer: '' },
    },
  });
}

function openDesk(office: BackOffice): ReturnType<typeof createDesk> {
  return createDesk({
    ...office,
    site: siteId,
    siteName: () => Promise.resolve('临江'),
    portal: 'http://127.0.0.1:9',
    publishedFile: () => Promise.resolve(undefined),
    readWord: (bytes, name) => readWord(bytes, { name, store: office.media }),
    fileBytes: (hash) => office.media.get(hash),
    settle: () => Promise.resolve(),
    lateMinutes: 5,
  });
}
