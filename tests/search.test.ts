/** What the desk approves is found as soon as it is live, and what it withdraws is gone with the same promotion. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startPortal, type Portal } from '@chengmen/portal';
import { openSearchService, serveSearch, type SearchService } from '@chengmen/search-app';
import { siteId, type BackOffice } from 'chengmen';
import { article, openFoundedCity, people, publish } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

async function found(portal: Portal, query: string, path = '/search.html'): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${portal.address}${path}?q=${encodeURIComponent(query)}`);
  return { status: answer.status, text: await answer.text() };
}

/** Withdraws an item and waits until that is live. */
async function withdraw(office: BackOffice, item: string, settle: () => Promise<unknown>): Promise<void> {
  await office.ledger.execute(office.revisions.withdrawItem, people.final, { item, reason: '内容已过时' });
  await settle();
}

test('search: from the desk to the results and back out of them', async () => {
  const folder = temporaryFolder();
  const office = await openFoundedCity(folder.path);
  await publish(office, 'a1', 'article', article('头发理发店便民服务', { body: '<p>老人理发不收费，后天开始。</p>' }));
  const press = office.startPress();
  await press.settle();
  const releases = join(folder.path, 'releases', siteId);
  const key = readFileSync(join(folder.path, 'keys', 'seal.vkey'), 'utf8');
  const socket = join(folder.path, 'search.sock');
  const file = join(folder.path, 'search.index');
  const open = (): Promise<SearchService> =>
    openSearchService({ releases, key, file, seenFile: join(folder.path, 'search.seen') });
  const service = await open();
  await service.settled();
  const server = await serveSearch(service, socket);
  const seenFile = join(folder.path, 'portal.seen');
  const portal = await startPortal({ releases, key, host: '127.0.0.1', port: 0, seenFile, search: socket });
  try {
    const hit = /href="[^"]*\/a1\.html"/;
    // Body, title, Traditional query, pinyin initials, the Traditional edition asked in either script.
    for (const query of ['不收费', '头发理发', '理髮不收費', 'tflfd'])
      assert.match((await found(portal, query)).text, hit, query);
    for (const query of ['后天开始', '後天開始']) {
      const { text } = await found(portal, query, '/zh-hant/search.html');
      assert.match(text, /href="\/zh-hant\/[^"]*\/a1\.html"/, query);
      assert.match(text, /<mark>後天開始<\/mark>/);
    }

    await publish(office, 'a1', 'article', article('头发理发店便民服务', { body: '<p>改为周末开放。</p>' }));
    await publish(office, 'a2', 'article', article('紧急停水通知'));
    await press.settle();
    await portal.release.reload();
    assert.match((await found(portal, '周末开放')).text, hit);
    assert.doesNotMatch((await found(portal, '不收费')).text, hit);
    assert.match((await found(portal, '紧急停水')).text, /\/a2\.html"/);

    // The search falls asleep; the portal alone keeps what was withdrawn from being shown.
    const asleep = service.search.bind(service);
    const stale = await asleep({ query: '紧急停水' });
    Object.assign(service, { search: () => Promise.resolve(stale) });
    assert.match((await found(portal, '紧急停水')).text, /\/a2\.html"/);
    await withdraw(office, 'a2', () => press.settle());
    await portal.release.reload();
    assert.doesNotMatch((await found(portal, '紧急停水')).text, /href="[^"]*\/a2\.html"/);
    Object.assign(service, { search: asleep });
    assert.match((await found(portal, '紧急停水')).text, /没有找到/);

    // Words that mean the same come from the site settings.
    assert.match((await found(portal, '五险')).text, /没有找到/);
    await publish(office, 'a3', 'article', article('社会保险缴费'));
    await press.settle();
    await portal.release.reload();
    assert.match((await found(portal, '五险')).text, /\/a3\.html"/);

    await server.close();
    assert.equal((await found(portal, '五险')).status, 503);
    assert.equal((await fetch(portal.address)).status, 200);
  } finally {
    await portal.close();
    await server.close();
    await service.close();
    await office.close();
    folder.remove();
  }
});
