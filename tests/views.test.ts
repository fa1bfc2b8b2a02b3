/** A page that is seen in a real browser counts, once, and says how often; without a counter it is whole. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createViewsServer, listenForViews } from '@chengmen/counter';
import { startPortal } from '@chengmen/portal';
import { keepCounts, viewsByDay, viewsByValue } from '@chengmen/statistics';
import { siteId } from 'chengmen';
import { scheduleActor } from '@chengmen/revision';
import { createOffice } from '../apps/chengmen/src/create-office.ts';
import { departments } from '../apps/chengmen/src/demo/departments.ts';
import { site } from '../apps/chengmen/src/demo/site.ts';
import { passReviews } from '../apps/chengmen/src/pass-reviews.ts';
import { draftFigures, figuresActor } from '../apps/chengmen/src/statistics/draft-figures.ts';
import { nightlyFigures } from '../apps/chengmen/src/statistics/nightly-figures.ts';
import { recomputeStatistics } from '../apps/chengmen/src/statistics/recompute.ts';
import { yearlyReport } from '../apps/chengmen/src/statistics/yearly-report.ts';
import type { Browser, Page } from 'playwright-core';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { article, openFoundedCity, people, publish } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const agent = 'Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';

/** A browser nobody steers, as far as the page can tell. */
async function reader(browser: Browser, scripts = true): Promise<Page> {
  const context = await browser.newContext({ userAgent: agent, javaScriptEnabled: scripts });
  await context.addInitScript('Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false })');
  return context.newPage();
}

test('views: seen, counted once, shown, and no more', { skip: noBrowser }, async () => {
  const folder = temporaryFolder();
  let ahead = 0;
  const office = await openFoundedCity(folder.path, { clock: () => new Date(Date.now() + ahead) });
  for (const { id, kind, fields } of departments.filter(({ id }) => id === 'dept-data'))
    await publish(office, id, kind, fields);
  await publish(office, 'a1', 'article', article('头发理发店便民服务'));
  await office.startPress().settle();
  const socket = join(folder.path, 'views.sock');
  const counter = await office.startViews();
  const serve = async (): Promise<{ close: () => Promise<unknown> }> => {
    const app = createViewsServer({ views: counter });
    await listenForViews(app, socket);
    return app;
  };
  let server = await serve();
  const portal = await startPortal({
    ...{ releases: join(folder.path, 'releases', siteId), host: '127.0.0.1', port: 0, views: socket },
    ...{ key: readFileSync(join(folder.path, 'keys', 'seal.vkey'), 'utf8'), seenFile: join(folder.path, 'seen') },
    accessLog: { folder: join(folder.path, 'log') },
  });
  const browser = await openBrowser();
  try {
    const path = '/news/headlines/2026/11/20/a1.html';
    const page = await reader(browser);
    const shown = page.locator('article .meta span', { hasText: /[浏瀏][览覽]次[数數]/ });
    await page.goto(portal.address + path);
    await shown.waitFor();
    assert.equal(await shown.innerText(), '浏览次数：1');
    await page.reload();
    await shown.waitFor();
    assert.equal(await shown.innerText(), '浏览次数：1', 'a reload is none');
    await page.goto(`${portal.address}/zh-hant${path}`);
    await shown.waitFor();
    assert.equal(await shown.innerText(), '瀏覽次數：1', 'an edition is the same page');
    assert.deepEqual(await page.context().cookies(), []);
    assert.equal(await page.evaluate('localStorage.length + sessionStorage.length'), 0);

    // A browser that is steered, and one without scripts, are shown the page and not counted.
    const steered = await (await browser.newContext()).newPage();
    await steered.goto(portal.address + path);
    const plain = await reader(browser, false);
    await plain.goto(portal.address + path);
    assert.equal(await counter.viewsOf(path), 1);
    for (const one of [steered, plain]) assert.equal(await one.getByText('浏览次数').count(), 0);

    // The counter is away: the page is whole without it, tells again with the same name, and counts once.
    await server.close();
    const later = await reader(browser);
    await later.clock.install();
    const failed = later.waitForResponse('**/views');
    await later.goto(`${portal.address}/`);
    assert.equal((await failed).status(), 503);
    assert.equal(await later.getByText('浏览次数').count(), 0);
    server = await serve();
    const counted = later.waitForResponse('**/views');
    await later.clock.fastForward(3500);
    assert.equal((await counted).status(), 200);
    const followed = page.waitForResponse('**/views');
    await page.locator('footer a[href$="/sitemap.html"]').first().click();
    assert.equal((await followed).status(), 200);

    await counter.rollUp(true);
    const asked = { from: '2000-01-01', to: '2999-12-31' };
    const values = await viewsByValue(office.ledger.db, siteId, { ...asked, dimension: 'page' });
    assert.deepEqual(
      values.map(({ value, count }) => [value, count]),
      [
        ['/', 1],
        [path, 1],
        ['/sitemap.html', 1],
      ],
    );
    const visits = await viewsByDay(office.ledger.db, siteId, { ...asked, dimension: 'visits' });
    assert.equal(
      visits.reduce((sum, { count }) => sum + count, 0),
      2,
      'the site map was reached from this site',
    );

    // The log is the second witness: it has the reload, the reader without scripts, and the robot apart.
    await portal.flush();
    const { days, unreadable } = await recomputeStatistics(office, [join(folder.path, 'log')]);
    const sum = (of: 'counted' | 'people' | 'robots'): number => days.reduce((all, day) => all + (day[of] ?? 0), 0);
    assert.deepEqual([sum('counted'), sum('people'), sum('robots'), unreadable], [3, 6, 1, 0]);
    const fromLog = await viewsByValue(office.ledger.db, siteId, { ...asked, basis: 'log', dimension: 'page' });
    assert.deepEqual(
      fromLog.map(({ value, count }) => [value, count]),
      [
        [path, 4],
        ['/', 1],
        ['/sitemap.html', 1],
      ],
    );

    const { fields, hash } = await yearlyReport(office, new Date().getFullYear());
    const field = (name: string, of = fields): unknown => of.find((one) => one.name === name)?.value;
    assert.deepEqual([field('网站总访问量'), field('独立用户访问总量'), field('注册用户数')], [3, 1, null]);
    const past = (await yearlyReport(office, 2026)).fields;
    assert.deepEqual([field('收到留言数量', past), field('平均办理时间（天）', past)], [0, null]);
    assert.match(hash, /^[0-9a-f]{64}$/);

    // What was counted up to yesterday stands on the page of visit statistics once three people approved it, and not before.
    const yesterday = new Date(Date.parse(office.today()) - 86_400_000).toISOString().slice(0, 10);
    await keepCounts(office.ledger, siteId, {
      ...{ counter: 'yesterday', segment: 1 },
      counts: [
        { day: yesterday, dimension: 'views', value: '', count: 8 },
        { day: yesterday, dimension: 'device', value: 'phone', count: 5 },
        { day: yesterday, dimension: 'device', value: 'computer', count: 3 },
      ],
    });
    const drafted = await draftFigures(office, { channel: 'opendata', department: 'dept-data' });
    assert.equal(drafted.length, 5);
    const read = async (at: string): Promise<string> => {
      await office.startPress().settle();
      await portal.release.reload();
      return (await fetch(portal.address + at)).text();
    };
    assert.doesNotMatch(await read('/visits.html'), /网站访问所用的设备/);
    for (const { item } of drafted) await passReviews(office, item, { ...people, writer: figuresActor(siteId) });
    const shownFigures = await read('/visits.html');
    assert.match(
      shownFigures,
      /网站访问所用的设备[\s\S]*<svg[\s\S]*<th scope="row">手机<\/th>\s*<td class="number">5<\/td>/,
    );
    const [csv = ''] = /\/opendata\/[^"]*figures-devices\.csv/.exec(shownFigures) ?? [];
    assert.match(await read(csv), /^设备,浏览\r\n手机,5\r\n电脑,3\r\n/);
    assert.match(await read('/zh-hant/visits.html'), /手機<\/th>/);
    const again = await draftFigures(office, { channel: 'opendata', department: 'dept-data' });
    assert.equal(again.find(({ item }) => item === 'figures-devices')?.fresh, false);

    // Ordered once by three people, they are renewed by themselves: a release of its own, of few pages, that names the order.
    const statistics = { at: '00:05', channel: 'opendata', department: 'dept-data' };
    await publish(office, 'site', 'site', { ...site.fields, statistics });
    assert.match(await read('/visits.html'), new RegExp(`以下数字统计到 ${yesterday} 为止。[^]*每天 00:05 更新`));
    const upTo = office.today();
    ahead = 86_400_000;
    const night = await nightlyFigures(office, statistics, upTo);
    const { ledger, revisions } = office;
    await ledger.execute(revisions.publishStanding, scheduleActor(siteId), { upTo, figures: night } as never);
    const renewed = await read('/visits.html');
    assert.match(renewed, new RegExp(`以下数字统计到 ${upTo} 为止`));
    const [release] = await office.releases(1);
    assert.ok((release?.took?.rendered ?? 99) < 25, `${release?.took?.rendered} targets`);
    const address = csv.replace('.csv', '.html');
    assert.doesNotMatch(await read(address), /历次修改/);
    const [devices] = (await createOffice(office, () => office.startPress()).explain(address)).revisions;
    assert.deepEqual([devices?.reviews.length, devices?.order?.item, devices?.order?.reviews.length], [0, 'site', 3]);
  } finally {
    await browser.close();
    await portal.close();
    await server.close();
    await office.close();
    folder.remove();
  }
});
