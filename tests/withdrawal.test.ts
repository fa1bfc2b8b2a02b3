/** A withdrawal shows beforehand what it takes from where, and what serves is read afterwards. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sanitise } from '@chengmen/html';
import { ChengmenError } from '@chengmen/model';
import { lookup, pageReader, readBody, readHead, walkLeaves, type Entry } from '@chengmen/release';
import type { Browser, Page } from 'playwright-core';
import { looks, type Look } from './support/looks.ts';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { openDesk, type OpenDesk } from './support/open-desk.ts';
import { article, publish } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mNQSGjAgxhGpbEhAGs6ZAFVY/LzAAAAAElFTkSuQmCC',
  'base64',
);

describe('withdrawal', () => {
  const folder = temporaryFolder();
  let desk: OpenDesk;

  before(async () => {
    desk = await openDesk(join(folder.path, 'city'), { zhongshen: ['final-approver'], caibian: ['writer'] });
    const { office } = desk;
    const taken = await office.takeFile(bytesOf(png), { name: '江堤.png', alt: '江堤' });
    const { hash, type, size, alt, name, picture } = taken;
    await publish(office, 'jiangdi', 'media', { title: '江堤照片', hash, type, size, alt, name, ...picture });
    const body = sanitise('<p>江堤加固工程开工。</p><img src="media:jiangdi" alt="江堤">').html;
    await publish(office, 'gongcheng', 'article', article('江堤加固工程开工', { body }));
    await publish(office, 'houlai', 'article', article('公园开放时间调整'));
    await office.startPress().settle();
  });
  after(async () => {
    await desk.close();
    folder.remove();
  });

  /** Every address of the release that serves: its status, and whether it names an address. */
  const served = async (path: string): Promise<Map<string, { status: number; names: boolean }>> => {
    const { store, vkey } = desk.office;
    const { leaf } = await readHead(store, { key: vkey });
    const read = pageReader(store);
    const all = new Map<string, { status: number; names: boolean }>();
    for await (const one of walkLeaves(read, leaf.map)) {
      const entry = (await lookup(read, leaf.map, one.path)) as Entry;
      const text = Buffer.from((await readBody(store, entry)) ?? []).toString('utf8');
      all.set(one.path, { status: entry.status, names: entry.status === 200 && text.includes(path) });
    }
    return all;
  };
  const addressOfWorks = async (): Promise<string> => {
    const { gone } = await desk.office.removal('gongcheng');
    return gone.find((path) => path.startsWith('/news/')) ?? assert.fail(gone.join());
  };

  test('removal: leaves out no address that shows or names the item, and withdraws nothing', async () => {
    const { office } = desk;
    const path = await addressOfWorks();
    const { gone, remade, siteWide, stays } = await office.removal('gongcheng');
    assert.equal(siteWide, false);
    assert.deepEqual(
      stays.map(({ item, as }) => [item, as]),
      [['jiangdi', 'file']],
    );
    const before = await served(path);
    const editions = [...before.keys()].filter((one) => one.endsWith(path));
    assert.ok(editions.includes(`/zh-hant${path}`));
    assert.deepEqual([...gone], editions.sort());
    const naming = [...before].flatMap(([one, { names }]) => (names ? [one] : []));
    assert.ok(naming.includes('/news/headlines/') && naming.length > gone.length, naming.join());
    for (const one of naming) assert.ok([...gone, ...remade].includes(one), one);
    assert.equal(before.get(path)?.status, 200);
  });

  test('removal: what would hold the withdrawal back is told', async () => {
    for (const item of ['site', 'wu', 'news'])
      await assert.rejects(desk.office.removal(item), ChengmenError, `${item} cannot be withdrawn`);
  });

  test(
    'in a real browser: what goes is shown, a reason asked for, and what serves is read',
    { skip: noBrowser },
    async () => {
      const { office } = desk;
      const path = await addressOfWorks();
      const { gone } = await office.removal('gongcheng');
      const old = (await readHead(office.store, { key: office.vkey })).leaf.map.hash;
      const browser = await openBrowser();
      try {
        const writer = await pageOf(browser, 'caibian');
        assert.equal((await writer.goto(`${desk.address}/items/gongcheng/withdraw`))?.status(), 403);
        assert.equal((await writer.request.get(`${desk.address}/api/items/gongcheng/removal`)).status(), 403);

        const page = await pageOf(browser, 'zhongshen');
        await page.goto(`${desk.address}/items/gongcheng`);
        await page.getByRole('link', { name: '撤回' }).click();
        const shown = await page.locator('.changed code').allTextContents();
        for (const one of gone) assert.ok(shown.includes(one), one);
        await page.getByRole('link', { name: '江堤照片' }).waitFor();
        const found = await looks(page, 'plan', views);
        await page.getByLabel('理由').fill('数字有误，核实后重发');
        await page.getByRole('button', { name: '撤回' }).click();
        await page.locator('.notice', { hasText: '已撤回' }).waitFor();

        await office.startPress().settle();
        await page.goto(`${desk.address}/items/gongcheng`);
        await page.locator('.notice', { hasText: '已全部撤下' }).waitFor();
        found.push(...(await looks(page, 'gone', views)));
        const probe = (await office.probe('gongcheng')) ?? assert.fail();
        assert.deepEqual(probe.left, []);
        for (const one of [...gone, '/news/headlines/']) assert.ok(probe.addresses.includes(one), one);
        const after = await served(path);
        for (const one of gone) assert.equal(after.get(one)?.status, 410, one);

        // What serves is another release than the press believes.
        await office.sealer.sealRoot(old);
        await page.goto(`${desk.address}/items/gongcheng`);
        await page.locator('.problem', { hasText: '还没有全部撤下' }).waitFor();
        found.push(...(await looks(page, 'left', views)));
        assert.deepEqual(found, []);
      } finally {
        await browser.close();
      }
    },
  );

  async function pageOf(browser: Browser, username: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await desk.signIn(context, username);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return page;
  }
});

const views: readonly Look[] = [
  [360, 'dark'],
  [768, 'light'],
  [1440, 'light'],
  [1440, 'dark'],
];

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
