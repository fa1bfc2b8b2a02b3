/** Taking old pages in at the desk, in a real browser: handed in, looked at, decided about, handed to the chain; and after a break. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { intakePages } from '@chengmen/content';
import { itemHistory } from '@chengmen/revision';
import { siteId } from 'chengmen';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { damagedPage } from '../apps/chengmen/src/demo/damaged-page/make-damaged-page.ts';
import { channels } from '../apps/chengmen/src/demo/channels.ts';
import { createIntakeDoor } from '../apps/chengmen/src/intake/intake-door.ts';
import { openReaders } from '../apps/chengmen/src/intake/readers.ts';
import { looks, type Look } from './support/looks.ts';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { openDesk, type OpenDesk } from './support/open-desk.ts';
import { publish } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const staff = { caibian: ['writer'], chushen: ['first-reviewer'] } as const;
const views: readonly Look[] = [
  [1440, 'light'],
  [360, 'dark'],
];

const sound = (title: string): string =>
  `<html><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>发布日期：2020-05-06 来源：临江市数据局</p><div><p>${title}，全文在此，供查阅，字数足够认作正文。</p><p><a href="/xw/2.html">另见</a></p></div></body></html>`;
/** What a hijacker left, and what would run if any of it were ever a page here. */
const hostile = `<html><head><title>"><script>ranAnyway()</script></title></head><body><h1>汛期<img src=x onerror=ranAnyway()>通知</h1><p>发布日期：2020-05-06 来源：水利局</p><div><p>江堤巡查照常进行，请市民不要靠近水边，注意安全。</p><script src="https://evil.example/x.js"></script><iframe src="https://evil.example/"></iframe><div style="display:none"><a href="https://evil.example/">投注</a></div></div></body></html>`;

describe('intake at the desk in a real browser', { skip: noBrowser }, () => {
  const folder = temporaryFolder();
  const allowed = join(folder.path, 'old-sites');
  let desk: OpenDesk;
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];

  before(async () => {
    mkdirSync(join(allowed, 'city', 'xw'), { recursive: true });
    for (let number = 1; number <= 7; number++)
      writeFileSync(join(allowed, 'city', 'xw', `${number}.html`), sound(`第${number}号公告`));
    writeFileSync(join(folder.path, 'secret.html'), sound('密'));
    [desk, browser] = await Promise.all([
      openDesk(join(folder.path, 'data'), staff, { intakeFolder: allowed }),
      openBrowser(),
    ]);
    const restored = channels.find(({ id }) => id === 'restored') ?? assert.fail('restored');
    await publish(desk.office, restored.id, restored.kind, restored.fields);
    page = await pageOf('caibian');
  });
  after(async () => {
    await browser.close();
    await desk.close();
    folder.remove();
  });

  async function pageOf(username: string, more: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...more });
    await desk.signIn(context, username);
    const opened = await context.newPage();
    opened.setDefaultTimeout(15_000);
    opened.on('request', (request) => {
      if (!request.url().startsWith(desk.address)) outside.push(request.url());
    });
    if (more.javaScriptEnabled !== false) await opened.addInitScript('window.ranAnyway = () => { window.ran = true; }');
    return opened;
  }
  const html = (name: string, text: string | Uint8Array) => ({
    ...{ name, mimeType: 'text/html' },
    buffer: Buffer.from(text),
  });
  const upload = async (to: Page, ...files: ReturnType<typeof html>[]): Promise<void> => {
    await to.goto(`${desk.address}/intake/new`);
    await to.getByLabel(/文件（可多选/).setInputFiles(files);
    await to.getByRole('button', { name: '上传并读入' }).click();
    await to.waitForLoadState();
  };
  const rows = async (run: number) =>
    (await intakePages(desk.office.ledger.db, siteId, { run, offset: 0, limit: 100 })).pages;

  test('a page handed in: its report at all widths, places by keys, a fill with its source, by rule; then a draft in the chain', async () => {
    await page.goto(`${desk.address}/intake`);
    await page.getByRole('link', { name: '上传一页' }).click();
    assert.deepEqual(await looks(page, 'intake-new', views.slice(1)), []);
    await upload(page, html('青渡.html', damagedPage().bytes));
    // On a machine that is slow today it is told that the page is still being read.
    await desk.office.intake.settled(60_000);
    if (!page.url().includes('/intake/1/1?')) await page.goto(`${desk.address}/intake/1/1`);
    assert.equal(await page.locator('h1').innerText(), '陆知远赴青渡区调研 推动重大项目早开工早见效');
    assert.match(await page.locator('.summary').innerText(), /逐字得出/);
    assert.match(await page.locator('.alarms').innerText(), /金鲤滚球投注平台/);

    await page.goto(`${desk.address}/intake/1/1?show=open`);
    assert.deepEqual(await looks(page, 'intake-report', [...views, [768, 'light']]), []);
    const open = await page.locator('.place').count();
    const first = page.locator('.place', { hasText: '市长陆知远' }).first();
    await first.focus();
    const id = await first.getAttribute('id');
    await page.keyboard.press('2');
    await page.waitForURL(/#p\d+-\d+$/);
    assert.equal(await page.locator('.place').count(), open - 1, 'what is decided no longer waits');
    assert.notEqual(await page.evaluate('document.activeElement.id'), id, 'and the next one is where the focus is');
    assert.match(await page.evaluate<string>('document.activeElement.className'), /place/);
    await page.goto(`${desk.address}/intake/1/1#${id}`);
    const decided = page.locator(`#${id}`);
    assert.match(await decided.innerText(), /人工采用“月1”/);
    await decided.focus();
    await page.keyboard.press('u');
    await page.locator(`#${id} .decided`).waitFor({ state: 'detached' });
    await page.locator(`#${id}`).waitFor();

    await page.locator(`#${id}`).focus();
    await page.keyboard.press('f');
    await page.keyboard.type('月9');
    await page.keyboard.press('Tab');
    await page.keyboard.type('记错了的人');
    await page.keyboard.press('Enter');
    await page
      .locator('.problem', { hasText: '决定文件' })
      .or(page.locator(`#${id} .decided`))
      .first()
      .waitFor();
    await page.goto(`${desk.address}/intake/1/1#${id}`);
    await page.locator(`#${id}`).focus();
    await page.keyboard.press('f');
    await page.keyboard.type('月1');
    await page.keyboard.press('Tab');
    await page.keyboard.type('《临江日报》2021年3月13日');
    await page.keyboard.press('Enter');
    await page.locator(`#${id} .decided`, { hasText: '《临江日报》' }).waitFor();

    await page.getByText('按规则一起定').click();
    await page.getByLabel(/首选的概率/).fill('80');
    await page.getByRole('button', { name: '达到的都采用' }).click();
    await page.locator('.notice', { hasText: '这一页按这条办了' }).waitFor();

    await page.getByRole('button', { name: '交付送审' }).click();
    await page.locator('.notice', { hasText: '1 页已交付送审' }).waitFor();
    const [row] = await rows(1);
    assert.equal(row?.state, 'taken');
    const [newest] = await itemHistory(desk.office.ledger.db, siteId, row.item ?? '');
    assert.deepEqual([newest?.state, newest?.authorName], ['submitted', 'caibian']);
    const { body, mending } = newest?.fields as { body: string; mending: { counts: { stated: number } } };
    assert.match(body, /3月12日，市长陆知远/);
    assert.match(body, /〓/, 'what nobody decided stays a gap');
    assert.equal(mending.counts.stated, 1);
    await page.getByRole('link', { name: '看草稿' }).click();
    await page.getByText('人工的决定').click();
    assert.match(await page.locator('main').innerText(), /填“月1”，出处：《临江日报》2021年3月13日/);
  });

  test('hostile and broken files: shown as text, nothing runs or is fetched; what is no source is told, and the same bytes are known', async () => {
    await upload(page, html('x.html', hostile), html('空.html', '<p></p>'), html('又.html', damagedPage().bytes), {
      name: 'x.exe',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('MZ'),
    });
    assert.match(await page.locator('.problem').first().innerText(), /“x.exe”不是能采集的文件/);
    assert.deepEqual(await looks(page, 'intake-list', views.slice(0, 1)), []);
    const all = await rows(2);
    assert.deepEqual(all.map(({ name, state }) => [name, state]).sort(), [
      ['x.html', 'read'],
      ['又.html', 'known'],
      ['空.html', 'refused'],
    ]);
    await page.goto(`${desk.address}/intake?run=2&alarm=any&state=read`);
    await page.locator('table.intake a').first().click();
    await page.waitForLoadState();
    assert.match(await page.locator('.alarms').innerText(), /看不见的链接/);
    assert.equal(await page.evaluate('window.ran'), undefined);
    const bytes = await page.request.get(`${page.url().split('?')[0] ?? ''}/bytes`);
    assert.equal(await bytes.text(), hostile);
    assert.match(bytes.headers()['content-disposition'] ?? '', /^attachment/);
    const csv = await (await page.request.get(`${desk.address}/intake/2/pages.csv`)).text();
    assert.equal(csv.trimEnd().split('\r\n').length, 4, csv);
    assert.deepEqual(outside, []);
  });

  test('without scripts: a folder that is allowed, its mapping, and all that is whole handed over; a reviewer looks and decides nothing', async () => {
    const plain = await pageOf('caibian', { javaScriptEnabled: false });
    for (const path of ['..', '../..', '/etc', 'city/../../..'])
      assert.equal(await desk.office.intake.folder(path), undefined, path);
    await plain.goto(`${desk.address}/intake/new?folder=city`);
    const form = plain.locator('form[action="/intake/folder"]');
    await form.getByText('栏目对照').click();
    await form.getByLabel(/一行一条/).fill('/xw/ → 没有的栏目');
    await form.getByRole('button', { name: '采集这个文件夹' }).click();
    assert.match(await plain.locator('.problem').innerText(), /没有栏目“没有的栏目”/);
    await plain
      .getByLabel(/一行一条/)
      .last()
      .fill('/xw/ → news');
    await plain.getByRole('button', { name: '采集这个文件夹' }).click();
    await desk.office.intake.settled(60_000);
    await plain.goto(`${desk.address}/intake?run=3`);
    assert.equal(await plain.locator('table.intake tbody tr').count(), 7);
    assert.ok((await rows(3)).every(({ channel }) => channel === 'news'));
    await plain.getByText('改栏目对照').click();
    const rules = plain.getByLabel(/一行一条/);
    assert.equal(await rules.inputValue(), '/xw/ → news', 'as they are');
    await rules.fill('/xw/ → 没有的栏目');
    await plain.getByRole('button', { name: '按新的对照放' }).click();
    assert.match(await plain.locator('.problem').innerText(), /没有栏目“没有的栏目”/);
    assert.equal(await rules.inputValue(), '/xw/ → 没有的栏目', 'what was typed comes back');
    await rules.fill('/xw/ → headlines');
    await plain.getByRole('button', { name: '按新的对照放' }).click();
    await plain.locator('.notice', { hasText: '7 页按新的对照放' }).waitFor();
    await desk.office.intake.settled(60_000);
    await plain.getByRole('button', { name: '没有缺字和告警的，全部存为草稿' }).click();
    await desk.office.intake.settled(60_000);
    const all = await rows(3);
    assert.equal(await plain.getByText('改栏目对照').count(), 0, 'nothing is left to be put elsewhere');
    await plain.goto(`${desk.address}/intake?run=3`);
    await plain.getByText('结束这一批').first().click();
    await plain.getByRole('button', { name: '结束这一批' }).click();
    assert.match(await plain.locator('main').innerText(), /已结束/);
    assert.equal(await plain.locator('main form[method=post]').count(), 0, 'nothing is left to be done');
    assert.ok(all.every(({ state, channel }) => state === 'taken' && channel === 'headlines'));
    const [first] = await itemHistory(desk.office.ledger.db, siteId, all[0]?.item ?? '');
    const { body } = first?.fields as { body: string };
    const second = all.find(({ address }) => address === '/xw/2.html');
    assert.match(body, new RegExp(`<a href="item:${second?.item ?? '-'}">另见</a>`), 'links lead on');

    const reviewer = await pageOf('chushen');
    await reviewer.goto(`${desk.address}/intake/3/1`);
    assert.equal(await reviewer.locator('main form').count(), 0);
    assert.equal((await reviewer.request.get(`${desk.address}/intake/new`)).status(), 403);
  });

  test('after a break: reading goes on where it was, handing over takes nothing in twice, and nothing half', async () => {
    for (let number = 1; number <= 7; number++)
      writeFileSync(join(allowed, 'city', 'xw', `${number}.html`), sound(`第${number}号通告`));
    const { ledger, revisions, received, media, identity } = desk.office;
    const people = async () =>
      (await identity.accounts()).map(({ account, name, roles }) => ({ account, name, site: siteId, roles }));
    const [actor] = (await people()).filter(({ name }) => name === 'caibian');
    const readers = openReaders();
    const open = (onPage: () => void = () => undefined) =>
      createIntakeDoor({
        ...{ ledger, revisions, received, media, people, onPage, site: siteId },
        // One after another, on the same threads.
        readers: { ...readers, close: () => Promise.resolve() },
        ...{ trays: join(folder.path, 'trays'), allowed },
      });
    /** A door that is shut once so many pages are through it. */
    const shutAfter = (most: number) => {
      let count = 0;
      let closed: Promise<void> | undefined;
      const door = open(() => {
        if (++count === most) closed = door.close();
      });
      const shut = async (): Promise<void> => {
        await door.settled(60_000);
        assert.ok(closed, 'it came so far');
        await closed;
      };
      return { door, shut };
    };
    const first = shutAfter(3);
    const asked = { name: '断', from: { folder: 'city' }, mapping: null, channel: 'restored' };
    const run = await first.door.begin(actor ?? assert.fail(), asked);
    await first.shut();
    const before = await rows(run);
    assert.ok(before.length >= 3 && before.length < 7, `it was broken off: ${before.length}`);
    const second = open();
    second.start();
    await second.settled(60_000);
    assert.deepEqual((await rows(run)).slice(0, before.length), before);
    assert.equal((await rows(run)).length, 7);
    await second.close();

    const third = shutAfter(3);
    await third.door.handOver(actor ?? assert.fail(), { run, submit: true });
    await third.shut();
    assert.ok(
      (await rows(run)).some(({ state }) => state === 'handing'),
      'it was broken off',
    );
    const fourth = open();
    fourth.start();
    await fourth.settled(60_000);
    const all = await rows(run);
    assert.ok(all.every(({ state }) => state === 'taken'));
    for (const { item } of all) {
      const history = await itemHistory(ledger.db, siteId, item ?? '');
      assert.deepEqual([history.length, history[0]?.state], [1, 'submitted']);
    }
    await fourth.close();
    await readers.close();
  });
});
