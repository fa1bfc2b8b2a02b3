import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import type { PageToTakeIn, TakenIn } from '../office.ts';
import { formerPath } from './former-path.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { runIntake, type IntakeEntry, type IntakeRun } from './run-intake.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-run-'));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'a'));
for (const name of ['1', '2', '3']) writeFileSync(join(folder, 'a', `${name}.html`), `<p>${name}</p>`);

const taken = (page: PageToTakeIn, more: Partial<TakenIn> = {}): TakenIn => ({
  item: `restored-${page.name}`,
  revision: `restored-${page.name}.1`,
  path: null,
  again: false,
  duplicate: false,
  redirects: true,
  files: [],
  linked: 0,
  title: page.name,
  text: page.name,
  source: '',
  counts: { proved: 0, likely: 0, lost: 0, stated: 0 },
  alarms: [],
  notes: [],
  ...more,
});

async function run(takeIn: (page: PageToTakeIn) => TakenIn, more: Partial<IntakeRun> = {}) {
  const entries: IntakeEntry[] = [];
  const report = await runIntake({
    office: {
      missingChannels: () => Promise.resolve([]),
      readAhead: () => Promise.resolve(),
      takeIn: (page) => Promise.resolve().then(() => takeIn(page)),
      takeInFile: () => Promise.resolve(true),
      relink: () => Promise.resolve(0),
    },
    operands: [folder],
    mapping: undefined,
    channel: undefined,
    decisions: [],
    each: (entry) => void entries.push(entry),
    progress: () => undefined,
    ...more,
  });
  return { report, entries };
}

test('runIntake hands every page in with its old address and counts what became of it', async () => {
  const { report, entries } = await run((page) =>
    page.name === '1.html'
      ? taken(page, { again: true })
      : page.name === '2.html'
        ? taken(page, { duplicate: true })
        : taken(page),
  );
  assert.deepEqual([report.again, report.duplicates, report.taken, report.refused, report.wrong], [1, 1, 1, 0, false]);
  assert.deepEqual(
    entries.map(({ address }) => address),
    ['/a/1.html', '/a/2.html', '/a/3.html'],
  );
});

test('runIntake tells a page that is refused and goes on', async () => {
  const { report, entries } = await run((page) => {
    if (page.name === '2.html') throw new ChengmenError('nothing-to-take-in', { file: page.name, problem: 'x' });
    return taken(page, { alarms: [{ kind: 'hidden-link', evidence: '', readings: [] }] });
  });
  assert.deepEqual(
    entries.map(({ outcome }) => outcome),
    ['taken', 'refused', 'taken'],
  );
  assert.deepEqual([report.refused, report.alarmed, report.wrong, report.refusals.length], [1, 2, true, 1]);
});

test('runIntake has pages read ahead, takes them in one at a time and in order, and what came before a break', async () => {
  const told: string[] = [];
  const release = new Map<string, () => void>();
  const office: IntakeRun['office'] = {
    missingChannels: () => Promise.resolve([]),
    readAhead: ({ name }) =>
      new Promise((resolve) => {
        told.push(`ahead ${name}`);
        release.set(name, resolve);
        // The last page announced is read first.
        if (name === '3.html') for (const one of [...release.values()].reverse()) one();
      }),
    takeIn: async (page) => {
      told.push(`in ${page.name}`);
      await Promise.resolve();
      told.push(`done ${page.name}`);
      return taken(page);
    },
    takeInFile: () => Promise.resolve(true),
    relink: () => Promise.resolve(0),
  };
  const { entries, report } = await run(taken, { office, operands: [folder, join(folder, 'none.html')] });
  const names = ['1.html', '2.html', '3.html'];
  assert.deepEqual(
    told.filter((one) => !one.startsWith('ahead')),
    names.flatMap((name) => [`in ${name}`, `done ${name}`]),
  );
  assert.deepEqual(
    told.slice(0, 3),
    names.map((name) => `ahead ${name}`),
  );
  assert.deepEqual([entries.length, report.taken, report.unreadable], [4, 3, 1]);
});

test('runIntake gives the channels along and refuses one that is not live before the first page', async () => {
  const given: (PageToTakeIn['channels'] | undefined)[] = [];
  const rules = [{ address: '/a/2', channel: 'notices' }];
  const keep = (page: PageToTakeIn): TakenIn => {
    given.push(page.channels);
    return taken(page);
  };
  await run(keep, { channel: 'news', mapping: { channels: rules } });
  assert.deepEqual(given[0], { otherwise: 'news', rules });
  const office: IntakeRun['office'] = {
    missingChannels: (ids) => Promise.resolve(ids.filter((id) => id === 'notices')),
    readAhead: () => Promise.resolve(),
    takeIn: () => assert.fail('a page was taken in'),
    takeInFile: () => Promise.resolve(true),
    relink: () => Promise.resolve(0),
  };
  await assert.rejects(run(taken, { office, mapping: { channels: rules } }), { code: 'not-found' });
});

test('formerPath keeps files in folders and nothing the portal has itself', () => {
  const kept = ['/art/2020/12/4/art_1_2.html', 'http://old.example.gov.cn/xw/123.shtml', '/news/1.htm'];
  for (const address of kept) assert.ok(formerPath(address)?.startsWith('/'), address);
  const lost = [
    '/',
    '/index.html',
    '/show.php?id=3',
    'http://x.cn/show.php?id=3',
    '/assets/a.html',
    '/news/2020-12.html',
    '/a/../b.html',
    '/新闻/1.html',
    undefined,
  ];
  for (const address of lost) assert.equal(formerPath(address), undefined, String(address));
});

test('nearDuplicates finds a text with another date and leaves other texts alone', () => {
  const near = nearDuplicates();
  const sentences = (seed: number): string =>
    Array.from(
      { length: 30 },
      (_, i) => `${'城南北东西湖桥路水'[(i * seed) % 9]}第${(i * seed * 7) % 101}号工程进展顺利，预计按期完成验收。`,
    ).join('');
  assert.equal(near.seen('a', `2019年3月5日，${sentences(1)}`), undefined);
  assert.equal(near.seen('b', `2020年8月1日，${sentences(1)}`), 'a');
  assert.equal(
    near.seen(
      'c',
      '荷花节期间环湖路禁止机动车通行，请市民提前安排出行时间，公交线路延长至南门码头，咨询可拨打热线，志愿者将在各路口引导，急救站设在东门。'.repeat(
        2,
      ),
    ),
    undefined,
  );
});
