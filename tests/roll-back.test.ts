/** The site goes back to an earlier release and stays there: one person asks, another confirms, every page says so, two end it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { lookup, pageReader, parseLeaf, readBody, readHead, walkLeaves } from '@chengmen/release';
import type { Browser, Page } from 'playwright-core';
import { createOffice } from '../apps/chengmen/src/create-office.ts';
import { defaultRetention } from '../apps/chengmen/src/prune/retention-rules.ts';
import { looks, type Look } from './support/looks.ts';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { openDesk, type OpenDesk } from './support/open-desk.ts';
import { article, people, publish } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

describe('roll-back', () => {
  const folder = temporaryFolder();
  let desk: OpenDesk;
  let good = 0;

  before(async () => {
    desk = await openDesk(join(folder.path, 'city'), {
      zhongshen: ['final-approver'],
      yunwei: ['operator'],
      caibian: ['writer'],
      shenji: ['auditor'],
    });
    const { office } = desk;
    await publish(office, 'gongyuan', 'article', article('公园开放时间调整'));
    await publish(office, 'xinxi', 'article', article('一份名单'));
    await publish(office, 'jiaotong', 'article', article('公交改线'));
    good = (await office.startPress().settle()).release?.size ?? 0;
    await publish(office, 'gongyuan', 'article', article('公园关闭了'));
    await publish(office, 'cuowu', 'article', article('不该有的一篇'));
    await office.ledger.execute(office.revisions.withdrawItem, people.final, { item: 'xinxi', reason: '含个人信息' });
    await office.startPress().settle();
  });
  after(async () => {
    await desk.close();
    folder.remove();
  });

  const statusAt = async (path: string): Promise<number | undefined> => {
    const { store, vkey } = desk.office;
    const { leaf } = await readHead(store, { key: vkey });
    return (await lookup(pageReader(store), leaf.map, path))?.status;
  };

  test('lookBack: tells what an earlier release has otherwise, and what of it stays withdrawn', async () => {
    const { office } = desk;
    const look = (await office.lookBack(good)) ?? assert.fail();
    const [newest, ...older] = await office.releases();
    assert.deepEqual([look.release.number, look.serves], [good, newest?.number]);
    const of = (title: string, sort: 'changed' | 'lost' | 'returning' | 'withdrawn'): boolean =>
      look[sort].some.some((path) => path.includes(title));
    assert.ok(look.changed.some.includes('/'));
    assert.ok(of('gongyuan', 'changed') && of('cuowu', 'lost') && of('xinxi', 'withdrawn'));
    assert.equal(of('xinxi', 'returning') || of('xinxi', 'changed'), false);
    // Its own pages stay away, and each list that brings its title back is told.
    const { store, vkey } = office;
    const { log } = await readHead(store, { key: vkey });
    const { map } = parseLeaf(await log.entry(good - 1), 'good');
    const naming: string[] = [];
    for await (const { path } of walkLeaves(pageReader(store), map)) {
      const entry = (await lookup(pageReader(store), map, path)) ?? assert.fail(path);
      if (entry.status !== 200 || look.withdrawn.some.includes(path)) continue;
      const body = Buffer.from((await readBody(store, entry)) ?? []).toString('utf8');
      if (look.withdrawn.some.some((one) => body.includes(one))) naming.push(path);
    }
    assert.ok(naming.includes('/news/headlines/'));
    assert.deepEqual(look.naming, { count: naming.length, some: naming.sort(), unread: 0 });
    assert.equal(await office.lookBack(look.serves + 1), undefined);
    assert.equal(older.find(({ number }) => number === good)?.root, look.release.root);
    assert.ok(newest?.at !== undefined);
  });

  test(
    'in a real browser: one asks, another confirms, every page says so, and two end it',
    { skip: noBrowser },
    async () => {
      const { office } = desk;
      const withdrawn = (await office.lookBack(good))?.withdrawn.some ?? [];
      const lost = (await office.lookBack(good))?.lost.some.find((path) => path.includes('cuowu')) ?? assert.fail();
      const browser = await openBrowser();
      const found: string[] = [];
      const reason = '公园的消息有误，先退回。';
      try {
        const writer = await pageOf(browser, 'caibian');
        assert.equal((await writer.goto(`${desk.address}/releases/${good}/back`))?.status(), 403);
        assert.equal((await writer.goto(`${desk.address}/releases`))?.status(), 200);
        assert.equal(await writer.getByRole('link', { name: '退回' }).count(), 0);

        const asker = await pageOf(browser, 'yunwei');
        await asker.goto(`${desk.address}/releases`);
        found.push(...(await looks(asker, 'releases', views)));
        await asker
          .locator('tr', { hasText: `第 ${good} 版` })
          .getByRole('link')
          .click();
        await asker.getByText('已撤回，不会重新露出').waitFor();
        await asker.getByText('标题会跟着回来').waitFor();
        assert.equal(await asker.getByText('重新露出：现在没有页面').count(), 0);
        const shown = await asker.locator('.changed code').allTextContents();
        for (const path of [...withdrawn, lost]) assert.ok(shown.includes(path), path);
        found.push(...(await looks(asker, 'look-back', views)));
        await asker.getByLabel(/理由/).fill(reason);
        await asker.getByRole('button', { name: '提出退回这一版' }).click();
        await asker.locator('.notice', { hasText: '待另一人确认' }).waitFor();
        await asker.getByRole('link', { name: '待另一人确认…' }).click();
        assert.equal(
          await asker.getByRole('button', { name: /确认，即刻退回/ }).count(),
          0,
          'who asked cannot confirm',
        );
        assert.equal(await statusAt(lost), 200, 'nothing has changed yet');

        const second = await pageOf(browser, 'zhongshen');
        await second.goto(desk.address);
        await second.getByRole('link', { name: `提出退回第 ${good} 版` }).click();
        await second.getByRole('link', { name: '待另一人确认…' }).click();
        await second.getByText(reason).waitFor();
        await second.getByText('标题会跟着回来').waitFor();
        found.push(...(await looks(second, 'confirm', views)));
        await second.getByRole('button', { name: /确认，即刻退回/ }).click();
        await second.locator('.notice', { hasText: '网站已封存' }).waitFor();
        await office.startPress().settle();
        assert.equal(await statusAt(lost), undefined);
        for (const path of withdrawn) assert.equal(await statusAt(path), 410, path);

        await publish(office, 'dengzhe', 'article', article('等着的一篇'));
        await office.startPress().settle();
        for (const [who, path] of [
          ['caibian', '/items/dengzhe'],
          ['shenji', '/audit'],
          ['zhongshen', '/'],
        ] as const) {
          const page = await pageOf(browser, who);
          await page.goto(`${desk.address}${path}`);
          const box = page.locator('.hold');
          for (const words of [`停在第 ${good} 版`, reason, '1 件批准的内容在等', 'yunwei 提出、zhongshen 确认'])
            await box.getByText(words).waitFor();
          found.push(...(await looks(page, `held-${who}`, views)));
        }

        // Who withdraws now is told beforehand, and afterwards, where its title stays.
        const page = await pageOf(browser, 'zhongshen');
        await page.goto(`${desk.address}/items/jiaotong/withdraw`);
        await page.getByText('标题撤不下来').waitFor();
        assert.ok((await page.locator('.problem .changed code').allTextContents()).includes('/news/headlines/'));
        found.push(...(await looks(page, 'held-withdrawal', views)));
        await page.getByLabel('理由').fill('线路有误');
        await page.getByRole('button', { name: '撤回' }).click();
        await page.locator('.problem', { hasText: '它自己的页面已撤下' }).waitFor();
        assert.ok((await page.locator('.problem .changed code').allTextContents()).includes('/news/headlines/'));
        found.push(...(await looks(page, 'held-withdrawn', views)));

        // Bytes of what waits would be taken for those of an old version.
        const erasure = { what: lost, why: '个人信息保护法第四十七条' };
        await assert.rejects(
          createOffice(office, () => office.startPress()).prune({
            ...{ rules: defaultRetention(), served: [], proofs: [], dryRun: false, by: '王敏', erase: erasure },
          }),
          { code: 'wrong-state' },
        );

        await second.goto(`${desk.address}/releases`);
        await second.getByRole('link', { name: '封存中…' }).click();
        await second.getByLabel(/解除的理由/).fill('已逐条核实，可以恢复。');
        await second.getByRole('button', { name: '提出解除' }).click();
        await second.getByRole('link', { name: '封存中…' }).click();
        assert.equal(await second.getByRole('button', { name: /确认解除/ }).count(), 0);
        await asker.goto(desk.address);
        await asker.locator('.hold', { hasText: 'zhongshen 提出解除' }).getByRole('link').first().click();
        await asker.getByRole('link', { name: '封存中…' }).click();
        found.push(...(await looks(asker, 'resume', views)));
        await asker.getByRole('button', { name: /确认解除/ }).click();
        await asker.locator('.notice', { hasText: '已解除封存' }).waitFor();
        assert.equal(await asker.locator('.hold').count(), 0);
        await office.startPress().settle();
        assert.equal(await statusAt(lost), 200);
        assert.deepEqual(await office.planned(), []);

        // The same page is kept up to date while it is looked at, and is whole without scripts.
        await asker.goto(`${desk.address}/releases`);
        const [before] = await office.releases();
        const next = asker.locator('tr', { hasText: `第 ${(before?.number ?? 0) + 1} 版` });
        assert.equal(await next.count(), 0);
        await publish(office, 'zaixian', 'article', article('随后上线的一篇'));
        await office.startPress().settle();
        await next.getByRole('link', { name: '随后上线的一篇' }).waitFor();
        await asker.getByRole('cell', { name: `退回第 ${good} 版` }).waitFor();
        assert.match((await next.textContent()) ?? '', /\d+ 页，\d+\.\d\d 秒/);
        await next.getByText('为什么').click();
        await next.getByText(/最新的 \d+ 条（\d+ 页）/).waitFor();
        assert.match((await asker.locator('#press-said').textContent()) ?? '', /版已上线/);
        const plain = await pageOf(browser, 'shenji', false);
        await plain.goto(`${desk.address}/releases`);
        await plain.getByText('没有在排印的').waitFor();
        await plain.getByRole('link', { name: '随后上线的一篇' }).waitFor();
        found.push(...(await looks(asker, 'ended', views)));
        assert.deepEqual(found, []);
      } finally {
        await browser.close();
      }
    },
  );

  async function pageOf(browser: Browser, username: string, javaScriptEnabled = true): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1440, height: 900 } });
    await desk.signIn(context, username);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return page;
  }
});

/** On a phone in the dark and on a wide screen; at all widths where pictures are asked for. */
const views: readonly Look[] = [
  [360, 'dark'],
  [1440, 'light'],
  ...(process.env['CHENGMEN_SCREENSHOTS']
    ? ([
        [360, 'light'],
        [768, 'light'],
        [768, 'dark'],
        [1440, 'dark'],
      ] as const)
    : []),
];
