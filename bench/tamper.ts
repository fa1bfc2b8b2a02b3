import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchRaw, folderStore, openRelease, seenInMemory } from '@chengmen/serve';
import { inFolder } from './folder.ts';
import { zero, type Bench, type Measure } from './measure.ts';
import { tamperedFolder, type TamperedFolder } from './tamper/folder.ts';
import { codings, judge, type Told } from './tamper/judge.ts';
import { drawMutation, mutations } from './tamper/mutations.ts';
import { oneOf, randomOf, type Random } from './tamper/random.ts';
import { tamperSites, writeFiles, type TamperSite } from './tamper/site.ts';

/** A release folder is tampered with while portals serve from it; what they say is held against what was approved. */
export const tamper: Bench = {
  name: 'tamper',
  about:
    'random tampering with a release folder by somebody without the key, while portals serve from it: every answer is held against what was approved',
  run: ({ quick, say }) =>
    inFolder(async (folder) => {
      const [total, byProcess] = quick ? [1400, 40] : [100_000, 2000];
      const count = newCount();
      for (const site of await tamperSites(join(folder, 'made'))) {
        const seed = site.layout === 'packs' ? 1 : 2;
        say(`${site.layout}: ${total / 2 - byProcess} mutations, portals in this process`);
        const place = join(folder, site.layout);
        await inProcess({ place, site, random: randomOf(seed), count }, total / 2 - byProcess, say);
        say(`${site.layout}: ${byProcess} mutations, portals as processes of their own`);
        await asProcesses({ place: `${place}-served`, site, random: randomOf(seed + 10), count }, byProcess);
      }
      return measures(count);
    }),
};

interface Count {
  mutations: number;
  readonly kinds: Map<string, number>;
  rounds: number;
  requests: number;
  approved: number;
  unavailable: number;
  unapproved: number;
  unanswered: number;
  ended: number;
  /** Rounds after which a portal still refused something, though the folder was as before. */
  notBack: number;
}

function newCount(): Count {
  const none = { mutations: 0, rounds: 0, requests: 0, approved: 0, unavailable: 0, unapproved: 0, unanswered: 0 };
  return { ...none, kinds: new Map(), ended: 0, notBack: 0 };
}

interface Round {
  readonly place: string;
  readonly site: TamperSite;
  readonly random: Random;
  readonly count: Count;
}

type Ask = (path: string, coding: string) => Promise<Told>;

function openFolder({ place, site }: Round): TamperedFolder {
  const files = site.history.at(-1) ?? new Map<string, Uint8Array>();
  mkdirSync(place, { recursive: true });
  writeFiles(place, files);
  return tamperedFolder(place, files);
}

/** Half the portals are running when it happens, half are started afterwards; the former keep nothing in memory that they could serve. */
async function inProcess(round: Round, mutationCount: number, say: (text: string) => void): Promise<void> {
  const { site, random, count, place } = round;
  const folder = openFolder(round);
  const end = count.mutations + mutationCount;
  let store = folderStore(place);
  const open = (options: { readonly cacheBytes?: number } = {}) => {
    store = folderStore(place);
    return openRelease({ store, key: site.key, seen: seenInMemory(site.seen), lookAgain: 20, ...options });
  };
  let told = count.mutations;
  while (count.mutations < end) {
    const running = random(2) === 0 ? await open({ cacheBytes: 0 }) : undefined;
    const before = await running?.respond({ method: 'GET', path: '/', headers: {} });
    if (running && before?.status !== 200) throw new Error('the folder was not as before');
    const kinds = await tamperWith(folder, round, Math.min(end - count.mutations, oneOf(random, [1, 1, 3, 10, 30])));
    const portal = running ?? (await open());
    await portal.reload();
    const ask: Ask = (path, coding) => portal.respond({ method: 'GET', path, headers: { 'accept-encoding': coding } });
    await askAll(ask, round, kinds);
    folder.restore();
    if (!(await servesAgain(ask, round, () => portal.reload()))) count.notBack++;
    // Nobody closes a portal: it ends with its process. Its files would stay open here.
    await store.doubt?.();
    if (count.mutations - told < 10_000) continue;
    told = count.mutations;
    say(`${count.mutations} mutations, ${count.requests} requests, ${count.unapproved} unapproved`);
  }
}

async function tamperWith(folder: TamperedFolder, round: Round, times: number): Promise<readonly string[]> {
  const { site, random, count } = round;
  const kinds = Array.from({ length: times }, () => drawMutation(random));
  for (const kind of kinds) {
    await mutations[kind]?.mutate({ folder, site, random });
    count.kinds.set(kind, (count.kinds.get(kind) ?? 0) + 1);
  }
  count.mutations += times;
  count.rounds++;
  return kinds;
}

/** Asks for everything there is in one coding, or for one address in all. Answers how often it was refused. */
async function askAll(
  ask: Ask,
  { site, count, random }: Round,
  kinds: readonly string[],
  only?: string,
): Promise<number> {
  let refused = 0;
  const drawn = oneOf(random, codings);
  for (const approved of site.approved) {
    if (only !== undefined && approved.path !== only) continue;
    for (const coding of only === undefined ? [drawn] : codings) {
      count.requests++;
      const told = await Promise.race([ask(approved.path, coding).catch(() => undefined), silence(10_000)]);
      if (!told) {
        count.unanswered++;
        continue;
      }
      const verdict = judge(told, approved);
      count[verdict]++;
      if (verdict === 'unavailable') refused++;
      if (verdict === 'unapproved')
        console.error(`  unapproved: ${approved.path} (${coding}), status ${told.status}, after ${kinds.join(', ')}`);
    }
  }
  return refused;
}

async function silence(milliseconds: number): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

/** The portal as citizens meet it. Twenty rounds each process; every other one is started in a folder tampered with. */
async function asProcesses(round: Round, mutationCount: number): Promise<void> {
  const { random, count } = round;
  const folder = openFolder(round);
  const end = count.mutations + mutationCount;
  for (let started = 0; count.mutations < end; started++) {
    if (started % 2 === 1) await tamperWith(folder, round, 5);
    const portal = await startPortal(round);
    const ask: Ask = (path, coding) =>
      fetchRaw(`http://127.0.0.1:${portal.port}${path}`, { 'accept-encoding': coding });
    let kinds: readonly string[] = ['tampered with before the start'];
    for (let turn = 0; turn < 20 && count.mutations < end && portal.child.exitCode === null; turn++) {
      if (turn > 0) kinds = await tamperWith(folder, round, oneOf(random, [1, 3, 10]));
      await askAll(ask, round, kinds);
      folder.restore();
      if (!(await servesAgain(ask, round))) count.notBack++;
    }
    if (portal.child.exitCode !== null || portal.child.signalCode !== null) count.ended++;
    portal.child.kill('SIGKILL');
  }
}

/** Within five seconds; a process looks again each second by itself. */
async function servesAgain(ask: Ask, round: Round, look?: () => Promise<unknown>): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    await look?.();
    if ((await askAll(ask, round, ['put back'], '/')) === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

interface Served {
  readonly child: ChildProcess;
  readonly port: number;
}

async function startPortal({ place, site }: Round): Promise<Served> {
  const main = join(import.meta.dirname, '../apps/portal/src/main.ts');
  const seen = `${place}.seen`;
  writeFileSync(seen, site.seen);
  const flags = ['--releases', place, '--key', site.key, '--port', '0', '--metrics-port', '0', '--seen', seen];
  const child = fork(main, flags, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { child, port };
}

function measures(count: Count): Measure[] {
  return [
    { measure: 'mutations', value: count.mutations, unit: '' },
    ...[...count.kinds]
      .sort(([, a], [, b]) => b - a)
      .map(([kind, value]) => ({ measure: `of them: ${kind}`, value, unit: '' })),
    { measure: 'rounds of one to thirty, each put back', value: count.rounds, unit: '' },
    { measure: 'requests', value: count.requests, unit: '' },
    { measure: 'answered as approved', value: count.approved, unit: '' },
    { measure: 'refused with 503', value: count.unavailable, unit: '' },
    zero('unapproved answers', count.unapproved),
    zero('requests without an answer within 10 s', count.unanswered),
    zero('portals that ended', count.ended),
    zero('rounds after which a running portal did not serve again', count.notBack),
  ];
}
