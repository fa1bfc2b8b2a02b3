/** A page that is seen in a real browser counts, once, and says how often; without a counter it is whole. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createViewsServer, listenForViews } from '@chengmen/counter';
import { startPortal } from '@chengmen/portal';
import { viewsByDay, viewsByValue } from '@chengmen/statistics';
import { siteId } from 'chengmen';
import type { Browser, Page } from 'playwright-core';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { article, foundCity, openSmallCity, publish } from './support/small-city.ts';
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
  const office = await openSmallCity(folder.path);
  await foundCity(office);
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
  } finally {
    await browser.close();
    await portal.close();
    await server.close();
    await office.close();
    folder.remove();
  }
});
