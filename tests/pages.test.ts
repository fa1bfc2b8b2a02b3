/** The city is renamed, coloured and rearranged from the desk, in a real browser; what is approved stands on the portal, no file edited. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { reviewStages } from '@chengmen/model';
import { lookup, pageReader, readBody, readHead } from '@chengmen/release';
import { itemHistory } from '@chengmen/revision';
import { siteId } from 'chengmen';
import type { Browser, Page } from 'playwright-core';
import { looks, type Look } from './support/looks.ts';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { openDesk, type OpenDesk } from './support/open-desk.ts';
import { article, people, publish } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';
import { onePixel } from './support/word-file.ts';

const staff = { bianji: ['writer', 'channel-editor'], zhongshen: ['final-approver'] } as const;
const views: readonly Look[] = [
  [360, 'light'],
  [1440, 'dark'],
];

describe('pages from blocks, in a real browser', { skip: noBrowser }, () => {
  const folder = temporaryFolder();
  let desk: OpenDesk;
  let browser: Browser;
  const pages: Record<string, Page> = {};

  before(async () => {
    [desk, browser] = await Promise.all([openDesk(join(folder.path, 'city'), staff), openBrowser()]);
    const { office } = desk;
    const taken = await office.takeFile(bytesOf(onePixel), { name: '标志.png', alt: '云川的山' });
    const { hash, type, size, alt, name, picture } = taken;
    await publish(office, 'biaozhi', 'media', { title: '云川标志', hash, type, size, alt, name, ...picture });
    await publish(office, 'jiangdi', 'article', article('江堤加固工程开工'));
    await office.startPress().settle();
    for (const username of Object.keys(staff)) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
      await desk.signIn(context, username);
      pages[username] = await context.newPage();
      pages[username].setDefaultTimeout(30_000);
    }
  });
  after(async () => {
    await browser.close();
    await desk.close();
    folder.remove();
  });

  const as = (username: keyof typeof staff): Page => pages[username] ?? assert.fail(username);
  const go = (page: Page, path: string) => page.goto(`${desk.address}${path}`);
  const newest = async (item: string) =>
    (await itemHistory(desk.office.ledger.db, siteId, item))[0] ?? assert.fail(item);
  /** The first two reviews, which other tests look at. */
  const reviewed = async (item: string): Promise<string> => {
    const { revision, hash, state } = await newest(item);
    assert.equal(state, 'submitted', item);
    for (const stage of reviewStages.slice(0, 2))
      await desk.office.ledger.execute(desk.office.revisions.reviewRevision, people[stage], {
        ...{ revision, hash, stage, decision: 'approve' },
      });
    return revision;
  };
  /** The last one by somebody else at the screen. */
  const approved = async (item: string): Promise<void> => {
    await reviewed(item);
    const page = as('zhongshen');
    await go(page, `/items/${item}`);
    await page.getByRole('button', { name: '终审通过' }).click();
    await page.getByText('已审定').first().waitFor();
  };
  /** What the public is served, once all that was approved is out. */
  const portal = async (path: string): Promise<string> => {
    const { store, vkey } = desk.office;
    await desk.office.startPress().settle();
    const { leaf } = await readHead(store, { key: vkey });
    const entry = await lookup(pageReader(store), leaf.map, path);
    return entry ? Buffer.from((await readBody(store, entry)) ?? []).toString('utf8') : '';
  };
  const submit = (page: Page) => page.getByRole('button', { name: '保存并送审' }).click();

  test('site settings: name, colour and sign are typed in forms, and once approved the whole site follows', async () => {
    const page = as('bianji');
    const before = await portal('/news/headlines/');
    await go(page, '/site/identity');
    await page.getByLabel('网站名称').fill('云川市人民政府');
    await page.getByLabel('简称').fill('云川');
    await submit(page);
    await page.waitForURL(/\/items\/site/);
    await go(page, '/site/look');
    await page.getByLabel('主色', { exact: true }).selectOption({ label: '朱砂' });
    await page.getByLabel(/标志/).selectOption({ label: '云川标志' });
    await submit(page);
    await page.waitForURL(/\/items\/site/);
    const told = await page.locator('.difference').innerText();
    for (const label of ['主色', '标志', '名称', '简称']) assert.ok(told.includes(label), label);
    await approved('site');
    for (const path of ['/', '/news/headlines/', '/contact.html']) {
      const after = await portal(path);
      assert.match(after, /云川市人民政府/);
      assert.match(after, /<img class="logo" src="\/media\/biaozhi\//);
    }
    const style = /href="(\/assets\/site[^"]+\.css)"/;
    const after = await portal('/news/headlines/');
    assert.notEqual(style.exec(after)?.[1], style.exec(before)?.[1], 'another colour, another style');
  });

  test('doubtful Traditional forms of what is live are listed until somebody has let them stand', async () => {
    const { office } = desk;
    const fields = article('湖上来了天鹅', { body: '<p>湖上有50只天鹅。</p>' });
    await publish(office, 'tiane', 'article', fields);
    const page = as('bianji');
    await go(page, '/checks/traditional');
    const place = page.locator('section', { hasText: '湖上来了天鹅' });
    assert.match(await place.innerText(), /50只[^]*隻/);
    const found = await office.proofreading.check({ kind: 'article', item: 'tiane', fields });
    const finding = found.find(({ rule }) => rule === 'traditional-doubt')?.id ?? assert.fail();
    const { revision, hash } = await newest('tiane');
    const decision = { revision, hash, finding, reason: '看过，就这样写' };
    await office.ledger.execute(office.proofreading.overruleFinding, people.writer, decision);
    await page.reload();
    assert.equal(await place.count(), 0);
  });

  test('channels and topics: a new channel and a topic of blocks stand on the portal once approved', async () => {
    const page = as('bianji');
    await go(page, '/channels/new');
    await page.getByLabel('名称').fill('专题专栏');
    await page.getByLabel(/地址段/).fill('topics');
    await page.getByLabel(/栏目类别/).fill('专题');
    await page.getByLabel('模板').selectOption({ label: '专题' });
    await page.getByLabel(/栏目说明/).fill('一件事说清楚');
    await page.getByLabel(/关键词/).fill('专题');
    await page.getByLabel('在导航里').check();
    await page.getByRole('button', { name: '送审' }).click();
    await page.waitForURL(/\/items\//);
    await approved(new URL(page.url()).pathname.split('/').at(-1) ?? '');

    await go(page, '/pages/new');
    await page.getByLabel(/^标题/).fill('江堤加固：一次讲清');
    await page.getByLabel('来源').fill('云川市水利局');
    assert.equal(await page.getByLabel('所在栏目').locator('option:checked').innerText(), '专题专栏');
    const add = async (kind: string): Promise<void> => {
      await page.getByLabel('加一块').selectOption(kind);
      await page.getByRole('button', { name: '加到最后' }).click();
    };
    await add('text');
    const [text] = [page.locator('.block').nth(0)];
    await text.getByLabel(/^标题/).fill('为什么加固');
    await text.getByLabel(/正文/).fill('堤顶要加高半米。\n汛期之前完工。');
    await add('items');
    const items = page.locator('.block').nth(1);
    await items.getByLabel(/^标题/).fill('报道');
    await items.getByLabel(/按标题或编号找/).fill('江堤');
    await items.getByRole('button', { name: '找', exact: true }).click();
    await page.getByRole('button', { name: '加上 江堤加固工程开工' }).click();
    await page.getByRole('link', { name: '江堤加固工程开工' }).waitFor();
    assert.equal(
      await page.locator('.block').nth(0).getByLabel(/^标题/).inputValue(),
      '为什么加固',
      'what was typed stays',
    );
    await submit(page);
    await page.waitForURL(/\/items\//);
    const topic = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await approved(topic);
    const address = /href="(\/topics\/[^"]+\.html)"/.exec(await portal('/topics/'))?.[1] ?? '';
    const shown = await portal(address);
    assert.match(shown, /为什么加固[\s\S]*堤顶要加高半米[\s\S]*报道[\s\S]*江堤加固工程开工/);
    assert.match(await portal('/'), /href="\/topics\/"/, 'it stands in the navigation');
  });

  test('home page: blocks are moved by keyboard, told as moved, and only the home page is made anew', async () => {
    const page = as('bianji');
    await go(page, '/pages/home-page');
    await page.getByLabel('加一块').selectOption('text');
    await page.getByRole('button', { name: '加到最后' }).click();
    const last = page.locator('.blocks > li').last();
    await last.getByLabel('标题').fill('便民提示');
    await last.getByLabel(/正文/).fill('周六上午也办业务。');
    const order = (): Promise<string[]> => page.locator('.blocks > li > details > summary').allInnerTexts();
    const count = (await order()).length;
    const up = last.getByRole('button', { name: /上移/ });
    await up.focus();
    for (let at = 1; at < count; at++) await page.keyboard.press('Enter');
    assert.equal((await order())[0], '文字');
    assert.match(await page.locator('#page-notices').innerText(), /第 1 位/);
    await page.keyboard.press('Alt+ArrowDown');
    assert.equal((await order())[1], '文字');
    assert.match(await page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? ""'), /上移/);
    await page.keyboard.press('Alt+ArrowUp');
    await submit(page);
    await page.waitForURL(/\/items\/home-page/);
    const news = await portal('/news/headlines/');
    await approved('home-page');
    assert.match(await portal('/'), /便民提示[\s\S]*周六上午也办业务/);
    assert.equal(await portal('/news/headlines/'), news);

    await go(page, '/pages/home-page');
    await page.locator('.blocks > li').first().getByRole('button', { name: /下移/ }).click();
    await submit(page);
    await page.waitForURL(/\/items\/home-page/);
    const told = await page.locator('.block-changes').innerText();
    assert.match(told, /移动 1 块/);
    assert.doesNotMatch(told, /增加|删去/);
    await go(page, `/preview/${(await newest('home-page')).revision}`);
    await page.frameLocator('iframe').getByRole('heading', { name: '便民提示' }).waitFor();
  });

  test('page editor: a block is dragged to another place, and a picture is handed in where it is chosen', async () => {
    const page = as('bianji');
    await go(page, '/pages/new');
    for (const kind of ['text', 'facts', 'pictures']) {
      await page.getByLabel('加一块').selectOption(kind);
      await page.getByRole('button', { name: '加到最后' }).click();
    }
    const order = () => page.locator('.block summary b').allInnerTexts();
    const before = await order();
    await page
      .locator('.block')
      .nth(2)
      .locator('> .grip')
      .dragTo(page.locator('.block').nth(0), {
        targetPosition: { x: 60, y: 4 },
      });
    assert.deepEqual(await order(), [before[2], before[0], before[1]]);
    assert.match(await page.locator('#page-notices').innerText(), /第 1 位，共 3 位/);

    const block = page.locator('.block').nth(0);
    await block.getByText('上传新图').click();
    const send = block.getByRole('button', { name: '上传', exact: true });
    const file = { name: '江堤.png', mimeType: 'image/png', buffer: onePixel };
    await block.getByLabel('文件').setInputFiles(file);
    await send.click();
    await block.getByText(/没有文字说明/).waitFor();
    await block.getByLabel('图中是什么').fill('江堤');
    await send.click();
    await block.getByText(/已上传“江堤”/).waitFor();
    const chosen = block.locator('select[data-picture]');
    assert.match(await chosen.locator('option:checked').innerText(), /江堤（未上线）/);
    assert.deepEqual(
      await looks(page, 'page-picture', [
        [360, 'light'],
        [1440, 'dark'],
      ]),
      [],
    );
  });

  test('page editor: whole without scripts; a mistake is told where it stands and nothing typed is lost; another’s revision is not saved over', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 768, height: 900 } });
    await desk.signIn(context, 'bianji');
    const page = await context.newPage();
    await go(page, '/pages/news');
    await page.getByLabel('加一块').selectOption('links');
    await page.getByRole('button', { name: '加到最后' }).click();
    const block = page.locator('.block').nth(1);
    await block.getByLabel('标题').fill('常用');
    await block.getByLabel('名称').fill('写信');
    await block.getByLabel('地址').fill('javascript:alert(1)');
    await page.getByRole('button', { name: /上移链接入口/ }).click();
    assert.match(await page.locator('.block').first().innerText(), /常用|链接入口/);
    await page.getByRole('button', { name: '保存草稿' }).click();
    assert.match(await page.getByRole('alert').first().innerText(), /第 1 块（链接入口）的“链接 第 1 行 地址”/);
    assert.equal(await page.getByLabel('地址').inputValue(), 'javascript:alert(1)');
    const base = (await newest('news')).revision;
    await page.getByLabel('地址').fill('/contact.html');
    await publish(desk.office, 'news', 'channel', { ...(await newest('news')).fields, description: '别人刚改过' });
    await page.getByRole('button', { name: '保存草稿' }).click();
    assert.notEqual((await newest('news')).revision, base);
    assert.match(await page.getByRole('alert').first().innerText(), /news\.\d/);
    assert.equal(await page.locator('.block').first().getByLabel('标题').inputValue(), '常用');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.waitForURL(/\/items\/news/);
    assert.match(await page.locator('.block-changes').innerText(), /增加 1 块/);
    await context.close();
  });

  test('redirects, navigation, footer: each a form of its own, and on the portal once approved', async () => {
    const page = as('bianji');
    await go(page, '/redirects/new');
    await page.getByLabel(/^从/).fill('/art/2019/1/4/art_1_2.html');
    await page.getByLabel(/^到/).fill('/news/headlines/');
    await submit(page);
    await page.waitForURL(/\/items\//);
    await approved(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    assert.match(await portal('/art/2019/1/4/art_1_2.html'), /\/news\/headlines\//);

    await go(page, '/site/footer');
    await page.getByRole('button', { name: '加一行' }).click();
    await page.getByLabel('名称').fill('隐私声明');
    await page.getByLabel('地址').fill('/contact.html');
    await submit(page);
    await page.waitForURL(/\/items\/site/);
    await go(page, '/site/navigation');
    await page.getByRole('button', { name: '加一行' }).click();
    const row = page.locator('[data-sort]').last();
    await row.getByLabel('或：名称').fill('预约挂号');
    await row.getByLabel('地址').fill('https://hospital.example/');
    await row.getByRole('button', { name: /上移/ }).click();
    await submit(page);
    await page.waitForURL(/\/items\/site/);
    await approved('site');
    const home = await portal('/');
    assert.match(home, /预约挂号[\s\S]*专题专栏/);
    assert.match(home, /隐私声明/);
  });

  test('palette: Ctrl+K, a few words and Enter lead to a screen, a channel or an item; a reader hears what is chosen', async () => {
    const page = as('bianji');
    await go(page, '/');
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: /界面、栏目/ });
    await field.waitFor();
    assert.equal(await page.evaluate<string>('document.activeElement.id'), 'palette-words');
    await field.fill('江堤加固工程');
    const option = page.getByRole('option', { name: /江堤加固工程开工/ });
    await option.waitFor();
    assert.equal(await field.getAttribute('aria-activedescendant'), await option.getAttribute('id'));
    assert.equal(await option.getAttribute('aria-selected'), 'true');
    assert.deepEqual(await looks(page, 'palette', [[360, 'light']]), []);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/items\/jiangdi$/);
    await page.getByRole('link', { name: /查找/ }).click();
    await page.getByRole('combobox', { name: /界面、栏目/ }).fill('导航');
    await page.getByRole('option', { name: /导航/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/site\/navigation$/);
    await go(page, '/go?words=headlines');
    await page.getByRole('link', { name: '要闻动态' }).first().waitFor();
    const other = as('zhongshen');
    await go(other, '/go');
    assert.doesNotMatch(await other.locator('main').innerText(), /写文章|Accounts|审计|新建栏目/);
  });

  test('the screens: no axe violation, nothing too wide, on a phone and on a desk, light and dark', async () => {
    const page = as('bianji');
    const found: string[] = [];
    for (const [name, path] of [
      ['pages', '/pages'],
      ['page-home', '/pages/home-page'],
      ['page-topic', '/pages/new'],
      ['site-look', '/site/look'],
      ['site-navigation', '/site/navigation'],
      ['media-fields', '/items/biaozhi/fields/media'],
      ['channel-fields', '/items/headlines/fields/channel'],
      ['edition-fields', '/items/news/fields/edition'],
      ['redirect', '/redirects/new'],
    ] as const) {
      await go(page, path);
      const [first] = await page.locator('.block summary').all();
      await first?.click();
      found.push(...(await looks(page, name, views)));
    }
    await go(page, '/items/home-page');
    found.push(...(await looks(page, 'page-difference', views)));
    assert.deepEqual(found, []);
  });
});

async function* bytesOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}
