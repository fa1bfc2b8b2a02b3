/** Two sites in one data folder: what belongs to one is out of the other's reach, and nothing that happens to one moves the other. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { giveDatabase } from '@chengmen/ledger/testing';
import { ChengmenError, reviewStages, type FieldsOf, type SiteId } from '@chengmen/model';
import { lookup, pageReader, readBody, readHead } from '@chengmen/release';
import { itemHistory, schedules } from '@chengmen/revision';
import { addSite, openHouse, siteId, sitesOf, type BackOffice, type House } from 'chengmen';
import { channels } from '../apps/chengmen/src/demo/channels.ts';
import { site as city } from '../apps/chengmen/src/demo/site.ts';
import { passReviews } from '../apps/chengmen/src/pass-reviews.ts';
import { article, people, settingsIn } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const other = 'liuwan';
const wanted = { id: other, name: '柳湾区', origin: 'www.liuwan.example/chengmen' };
const clock = { now: new Date('2026-11-20T02:00:00Z') };

/** The same four people, acting on a site. */
const peopleOf = (site: SiteId): typeof people =>
  Object.fromEntries(
    Object.entries(people).map(([who, actor]) => [who, { ...actor, site }]),
  ) as unknown as typeof people;

describe('sites: two in one data folder', () => {
  const folder = temporaryFolder();
  const settings = settingsIn(folder.path);
  let house: House;
  let one: BackOffice;
  let two: BackOffice;

  const publish = async (office: BackOffice, id: string, kind: string, fields: unknown): Promise<void> => {
    const own = peopleOf(office.site);
    await office.ledger.execute(office.revisions.saveDraft, own.writer, { item: id, kind, fields });
    await passReviews(office, id, own);
  };
  const found = async (office: BackOffice, name: string): Promise<void> => {
    const fields: FieldsOf<'site'> = { ...(city.fields as FieldsOf<'site'>), name: `${name}人民政府`, shortName: name };
    await publish(office, 'site', 'site', fields);
    for (const { id, kind, fields: own } of channels.filter((each) => ['news', 'headlines'].includes(each.id)))
      await publish(office, id, kind, own);
    await office.startPress().settle();
  };
  const checkpoint = (site: SiteId): string => readFileSync(join(folder.path, 'releases', site, 'checkpoint'), 'utf8');
  const page = async (office: BackOffice, path: string): Promise<string | undefined> => {
    const head = await readHead(office.store, { key: office.vkey });
    const entry = await lookup(pageReader(office.store), head.leaf.map, path);
    const body = entry?.status === 200 ? await readBody(office.store, entry) : undefined;
    return body && Buffer.from(body).toString('utf8');
  };

  before(async () => {
    await giveDatabase(folder.path);
    house = await openHouse({ settings, clock: () => clock.now });
    one = await house.open(siteId);
    await found(one, '临江');
  });
  after(async () => {
    await house.close();
    folder.remove();
  });

  test('addSite: beside a city that runs; what was there stays as it was', async () => {
    const kept = checkpoint(siteId);
    const was = readdirSync(folder.path).filter((name) => !name.startsWith('texts-'));
    await addSite(settings, wanted);
    two = await house.open(other);
    assert.equal(await two.siteName(), '柳湾区', 'until it has settings of its own');
    await found(two, '柳湾');
    assert.equal(await two.siteName(), '柳湾');
    assert.equal(checkpoint(siteId), kept);
    const now = readdirSync(folder.path).filter((name) => !name.startsWith('texts-'));
    assert.deepEqual(now, [...was, 'sites'].sort());
    for (const name of ['keys', 'media', 'received', 'portal', 'views', 'search'])
      assert.ok(existsSync(join(folder.path, 'sites', other, name)), name);
    assert.deepEqual(
      sitesOf(settings).map(({ id }) => id),
      [siteId, other],
    );
  });

  test('addSite: an id or an origin that another has, and what is no id, are refused', async () => {
    const refused = (of: object, code: string): Promise<void> =>
      assert.rejects(
        () => addSite(settings, { ...wanted, ...of }),
        (error) => error instanceof ChengmenError && error.code === code,
      );
    await refused({}, 'wrong-state');
    await refused({ id: siteId, origin: 'www.third.example/chengmen' }, 'wrong-state');
    await refused({ id: 'third' }, 'wrong-state');
    for (const id of ['Third', '../third', 'x'])
      await refused({ id, origin: 'www.third.example/chengmen' }, 'invalid-input');
    await refused({ id: 'third', origin: 'https://www.third.example' }, 'invalid-input');
    await assert.rejects(
      () => house.open('third'),
      (error) => error instanceof ChengmenError && error.code === 'site-unknown',
    );
    assert.ok(!existsSync(join(folder.path, 'sites', 'third')));
  });

  test('release: each has its own log, key and pages, though their items have the same ids', async () => {
    assert.match(checkpoint(siteId), /^www\.linjiang\.example\/chengmen\n/);
    assert.match(checkpoint(other), /^www\.liuwan\.example\/chengmen\n/);
    assert.notEqual(one.vkey, two.vkey);
    await assert.rejects(() => readHead(two.store, { key: one.vkey }));
    assert.match((await page(one, '/')) ?? '', /临江人民政府/);
    const home = (await page(two, '/')) ?? '';
    assert.ok(home.includes('柳湾人民政府') && !home.includes('临江人民政府'));
  });

  test('release: an edit, a schedule and a hold of one leave the other where it was', async () => {
    const kept = checkpoint(siteId);
    const { writer, ...reviewers } = peopleOf(other);
    const { revision, hash } = await house.ledger.execute(two.revisions.saveDraft, writer, {
      ...{ item: 'later', kind: 'article', fields: article('柳湾的消息') },
    });
    await house.ledger.execute(two.revisions.submitRevision, writer, { revision, hash });
    for (const stage of reviewStages)
      await house.ledger.execute(two.revisions.reviewRevision, reviewers[stage], {
        ...{ revision, hash, stage, decision: 'approve' },
        ...(stage === 'final' ? { publishAt: '2026-11-20T03:00:00.000Z' } : {}),
      });
    const [waiting] = await schedules(house.ledger.db, other);
    assert.equal(waiting?.state, 'waiting');
    assert.deepEqual(await schedules(house.ledger.db, siteId), []);
    // The other site's clerk of schedules looks, and leaves alone what is not its own.
    clock.now = new Date('2026-11-20T03:00:01Z');
    await one.startSchedule().look();
    assert.equal((await schedules(house.ledger.db, other))[0]?.state, 'waiting');
    await two.startSchedule().look();
    await two.startPress().settle();
    assert.equal((await schedules(house.ledger.db, other))[0]?.state, 'done');
    assert.match((await page(two, '/news/headlines/2026/11/20/later.html')) ?? '', /柳湾的消息/);
    assert.equal(await page(one, '/news/headlines/2026/11/20/later.html'), undefined);
    assert.equal(checkpoint(siteId), kept);

    await house.ledger.execute(
      two.holds.holdAlone,
      { ...writer, roles: ['operator'] },
      { release: 1, reason: '先停在第一版，演练封存。' },
    );
    await two.startPress().settle();
    const held = checkpoint(other);
    await publish(one, 'headline-1', 'article', article('临江的消息'));
    await one.startPress().settle();
    assert.match((await page(one, '/news/headlines/')) ?? '', /临江的消息/);
    assert.notEqual(checkpoint(siteId), kept);
    assert.equal(checkpoint(other), held);
    assert.equal((await itemHistory(house.ledger.db, other, 'headline-1')).length, 0);
  });

  test('openHouse: opened again it finds each where it was', async () => {
    const [first, second] = [checkpoint(siteId), checkpoint(other)];
    await house.close();
    house = await openHouse({ settings, clock: () => clock.now });
    for (const site of [siteId, other]) await (await house.open(site)).startPress().settle();
    assert.deepEqual([checkpoint(siteId), checkpoint(other)], [first, second]);
  });
});
