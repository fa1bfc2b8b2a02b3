/** kill -9 at each step from approval to promotion: the release is the old one or the new one, whole, and the item appears by itself. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { addressOf, holdState, intakePages, type ListedPage } from '@chengmen/content';
import { createAccount, systemActor } from '@chengmen/identity';
import { lookup, pageReader, readHead, verifyRelease } from '@chengmen/release';
import { folderStore } from '@chengmen/serve';
import { pressSteps } from '@chengmen/press-app';
import { itemHistory } from '@chengmen/revision';
import type { DocumentFields } from '@chengmen/model';
import { siteId } from 'chengmen';
import { passReviews } from '../apps/chengmen/src/pass-reviews.ts';
import {
  article,
  oldSite,
  openFoundedCity,
  openSmallCity,
  people,
  publish,
  publishAt,
  schedule,
} from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const child = join(import.meta.dirname, 'support', 'crash-child.ts');
/** Between these stand the steps of sealing, at each of which the tests of `seal` cut it off. */
const steps = [
  'approved',
  // Nothing is written before.
  ...pressSteps.filter((step) => step !== 'loaded' && step !== 'applied'),
  'log-written',
  'checkpoint-written',
  'finished',
];
const folder = temporaryFolder();
const prepared = join(folder.path, 'prepared');
let key = '';
let oldRoot = '';

const run = (data: string, items: string, step: string) =>
  spawnSync(process.execPath, ['--liftoff-only', '--disable-warning=ExperimentalWarning', child, data, items, step], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
const release = (data: string) => verifyRelease({ store: folderStore(join(data, 'releases', 'linjiang')), key });
const copy = (name: string): string => {
  const data = join(folder.path, name);
  cpSync(prepared, data, { recursive: true });
  return data;
};

before(async () => {
  const office = await openFoundedCity(prepared);
  key = office.vkey;
  await publish(office, 'first', 'article', article('先上线的一篇'));
  oldRoot = (await office.startPress().settle()).release?.root ?? '';
  for (const item of ['second', ...steps])
    await office.ledger.execute(office.revisions.saveDraft, people.writer, {
      item,
      kind: 'article',
      fields: article(`后上线的一篇，${item}`),
    });
  const editor = { username: 'editor', name: '采编', grants: [{ role: 'writer' as const }] };
  await office.ledger.execute(createAccount, systemActor(siteId), editor);
  await schedule(office, 'scheduled', 'article', article('到时上线的一篇'));
  await office.close();
});
after(() => {
  folder.remove();
});

test('kill -9 at each step, item after item: whole each time, and caught up by the next start', async (t) => {
  const whole = copy('whole');
  assert.equal(run(whole, steps.join(','), 'never').status, 0);
  const data = copy('chain');
  let left: { readonly old: string; readonly root: string } | undefined;
  for (const step of [...steps, 'never'])
    await t.test(step, async () => {
      const { signal, stdout: healed } = run(data, step === 'never' ? 'second' : step, step);
      if (left) {
        assert.notEqual(healed, left.old, 'the approved item is live without anyone’s help');
        assert.ok([left.old, healed].includes(left.root), 'it was the old release or the new one, nothing between');
      }
      assert.equal(signal, step === 'never' ? null : 'SIGKILL', 'the step was reached');
      const { problems, root } = await release(data);
      assert.deepEqual(problems, [], 'what is live is whole');
      left = { old: healed, root };
    });
  assert.equal(run(whole, 'second', 'never').status, 0);
  assert.equal(left?.root, (await release(whole)).root, 'as if nobody had ever been killed');
});

for (const step of ['due', 'carried-out', 'checkpoint-written'])
  test(`kill -9 of what was scheduled, at “${step}”: live once, whatever the clock says at the next start`, async () => {
    const data = copy(`scheduled-${step}`);
    assert.equal(run(data, 'scheduled', step).signal, 'SIGKILL', 'the step was reached');
    assert.deepEqual((await release(data)).problems, [], 'what is live is whole');
    // A minute back, as a clock may be set: what was done stays done, what was not waits for its time.
    let now = new Date(Date.parse(publishAt) - 60_000);
    const office = await openSmallCity(data, { clock: () => now });
    const keeper = office.startSchedule();
    await keeper.look();
    const done = async (): Promise<number> =>
      (await office.ledger.db.selectFrom('event').select('seq').where('command', '=', 'carry-out-schedule').execute())
        .length;
    assert.equal(await done(), step === 'due' ? 0 : 1);
    now = new Date(publishAt);
    await keeper.look();
    assert.equal(await done(), 1);
    const settled = await office.startPress().settle();
    await office.close();
    const healed = await release(data);
    assert.deepEqual([healed.problems, healed.root], [[], settled.release?.root]);
    assert.notEqual(healed.root, oldRoot);
  });

test('kill -9 while the site changes on every page and an item is edited: whole before and after, and all of it live', async (t) => {
  const whole = copy('wide-whole');
  assert.equal(run(whole, 'site-wide', 'never').status, 0);
  const { root } = await release(whole);
  for (const step of ['beside', 'sealed'])
    await t.test(step, async () => {
      const data = copy(`wide-${step}`);
      assert.equal(run(data, 'site-wide', step).signal, 'SIGKILL', 'the step was reached');
      assert.deepEqual((await release(data)).problems, [], 'what is live is whole');
      const office = await openSmallCity(data);
      // Where it died before the item was approved, a person approves it later.
      await passReviews(office, 'second', people);
      const settled = await office.startPress().settle();
      await office.close();
      const healed = await release(data);
      assert.deepEqual([healed.problems, healed.root, settled.release?.root], [[], root, root]);
    });
});

test('kill -9 while the site goes back to an earlier release, and while it goes on: held until it is told, then caught up', async () => {
  const data = copy('held');
  const statuses = async () => {
    const store = folderStore(join(data, 'releases', 'linjiang'));
    const { leaf } = await readHead(store, { key });
    const read = pageReader(store);
    return async (path: string) => (await lookup(read, leaf.map, path))?.status;
  };
  assert.equal(run(data, 'hold', 'checkpoint-written').signal, 'SIGKILL', 'the step was reached');
  const cut = await release(data);
  assert.deepEqual(cut.problems, []);

  const office = await openSmallCity(data);
  const held = (await office.startPress().settle()).release;
  assert.equal(held?.root, cut.root, 'it had been sealed, and nothing is signed twice');
  const pathOf = async (item: string) => (await addressOf(office.ledger.db, siteId, item)) ?? assert.fail(item);
  const [first, second] = [await pathOf('first'), await pathOf('second')];
  let status = await statuses();
  assert.deepEqual([await status(first), await status(second)], [410, undefined]);
  assert.equal(await status(`/zh-hant${first}`), 410, 'what was withdrawn since does not come back, in no edition');
  await publish(office, 'third', 'article', article('封存期间审定的一篇'));
  assert.equal((await office.startPress().settle()).release?.size, held.size, 'approvals wait');
  assert.equal((await holdState(office.ledger.db, siteId)).waiting, 1);
  const third = await pathOf('third');
  await office.close();

  assert.equal(run(data, 'resume', 'checkpoint-written').signal, 'SIGKILL', 'the step was reached');
  const again = await openSmallCity(data);
  await again.startPress().settle();
  assert.deepEqual(await again.planned(), []);
  await again.close();
  assert.deepEqual((await release(data)).problems, []);
  status = await statuses();
  assert.deepEqual([await status(first), await status(second), await status(third)], [410, 200, 200]);
});

test('kill -9 while old pages are read, and while they are handed over: it goes on by itself, and each becomes one draft, whole', async (t) => {
  const data = copy('intake');
  mkdirSync(oldSite(data));
  const titleOf = (number: number): string => `第${number}号公告`;
  for (let number = 1; number <= 7; number++)
    writeFileSync(
      join(oldSite(data), `${number}.html`),
      `<html><head><meta charset="utf-8"><title>${titleOf(number)}</title></head><body><h1>${titleOf(number)}</h1><p>发布日期：2020-05-06 来源：临江市数据局</p><div><p>${titleOf(number)}全文在此，供查阅，字数足够认作正文。</p></div></body></html>`,
    );
  assert.equal(run(data, 'intake', 'page-read').signal, 'SIGKILL', 'three pages were read');
  const { signal, stdout } = run(data, 'hand-over', 'taken-in');
  assert.equal(signal, 'SIGKILL', 'three pages were taken in');
  const read = JSON.parse(stdout) as readonly ListedPage[];
  assert.deepEqual(
    read.map(({ number, state, item }) => [number, state, item]),
    [1, 2, 3].map((number) => [number, 'read', null]),
    'what was read stays, and none of it was an item',
  );

  const office = await openSmallCity(data, {}, { intakeFolder: oldSite(data) });
  t.after(() => office.close());
  const { db } = office.ledger;
  const rows = async () => (await intakePages(db, siteId, { run: 1, offset: 0, limit: 100 })).pages;
  const drafts = async () =>
    (await db.selectFrom('event').select('seq').where('command', '=', 'take-in').execute()).length;
  assert.deepEqual([(await rows()).filter(({ state }) => state === 'taken').length, await drafts()], [2, 3]);
  office.intake.start();
  await office.intake.settled(60_000);
  const all = await rows();
  assert.deepEqual(
    all.slice(0, 3).map((row) => ({ ...row, state: 'read', item: null })),
    read,
    'and is what was handed over',
  );
  assert.deepEqual([all.length, new Set(all.map(({ item }) => item)).size, await drafts()], [7, 7, 7]);
  for (const { number, state, item, received } of all) {
    const history = await itemHistory(db, siteId, item ?? '');
    const [{ fields, ...newest } = assert.fail()] = history;
    const { title, channel, body } = fields as DocumentFields;
    assert.deepEqual([state, history.length, newest.state, newest.authorName], ['taken', 1, 'submitted', '采编']);
    assert.deepEqual([title, channel], [titleOf(number), 'headlines']);
    assert.equal(body, `<p>${titleOf(number)}全文在此，供查阅，字数足够认作正文。</p>`);
    const bytes = readFileSync(join(oldSite(data), `${number}.html`));
    assert.deepEqual(Buffer.from((await office.received.get(received ?? '')) ?? []), bytes);
  }
});
