/** Reviewing at the desk, in a real browser: preview, remark, return, difference, several approvals at once. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { itemHistory } from '@chengmen/revision';
import { siteId } from 'chengmen';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { axeViolations } from './support/axe-violations.ts';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { openDesk, type OpenDesk } from './support/open-desk.ts';
import { article } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const staff = { caibian: ['writer'], chushen: ['first-reviewer'], lanmu: ['channel-editor'] } as const;

describe('reviewing in a real browser', { skip: noBrowser }, () => {
  const folder = temporaryFolder();
  let desk: OpenDesk;
  let browser: Browser;
  const pages: Record<string, Page> = {};

  before(async () => {
    [desk, browser] = await Promise.all([openDesk(join(folder.path, 'city'), staff), openBrowser()]);
    await desk.office.startPress().settle();
    for (const username of Object.keys(staff)) {
      const context: BrowserContext = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        bypassCSP: false,
      });
      await desk.signIn(context, username);
      pages[username] = await context.newPage();
      pages[username].setDefaultTimeout(15_000);
    }
  });
  after(async () => {
    await browser.close();
    await desk.close();
    folder.remove();
  });

  const as = (username: keyof typeof staff): Page => pages[username] ?? assert.fail(username);
  const newest = async (item: string) =>
    (await itemHistory(desk.office.ledger.db, siteId, item))[0] ?? assert.fail(item);
  const go = (page: Page, path: string) => page.goto(`${desk.address}${path}`);
  /** Written over what is there and handed to the first reviewer, as the writing application does. */
  const submitted = async (item: string, title: string, body: string): Promise<string> => {
    const { request } = as('caibian');
    const { token } = (await (await request.get(`${desk.address}/api/me`)).json()) as { token: string };
    const [base] = await itemHistory(desk.office.ledger.db, siteId, item);
    const answer = await request.post(`${desk.address}/api/items`, {
      data: {
        ...{ kind: 'article', item, base: base?.revision ?? '', action: 'submit' },
        values: article(title, { body }),
      },
      headers: { 'x-form-token': token },
    });
    assert.equal(answer.status(), 200);
    const { revision, state } = await newest(item);
    assert.equal(state, 'submitted');
    return revision;
  };
  const frameIn = async (page: Page): Promise<Frame> => {
    await page.frameLocator('iframe').locator('h1').waitFor();
    return page.frames().find((frame) => frame.parentFrame() !== null) ?? assert.fail('no frame');
  };

  test('preview: the page in its frames, sealed off from the desk; print is shown as printed', async () => {
    const revision = await submitted(
      'dijiang',
      '江堤加固工程开工',
      '<p>全长4.8公里，施工期间封闭。</p><p>咨询电话见首页。</p>',
    );
    const page = as('chushen');
    await go(page, '/');
    await page.getByRole('link', { name: '预览：江堤加固工程开工' }).click();
    const frame = await frameIn(page);
    assert.equal(await frame.locator('h1').innerText(), '江堤加固工程开工');
    assert.equal(await frame.evaluate('innerWidth'), 1440);
    assert.equal(await frame.evaluate('document.documentElement.dataset.script'), 'on', 'its own scripts run');
    const reach = (what: string): Promise<unknown> =>
      frame.evaluate(`(async () => { try { return String(await (${what})) } catch (error) { return error.name } })()`);
    for (const what of ['document.cookie', 'parent.document.title', 'localStorage.length', 'top.location.href'])
      assert.equal(await reach(what), 'SecurityError', what);
    assert.equal(await reach("fetch('/api/me').then((answer) => answer.status)"), 'TypeError');
    await page.getByRole('link', { name: '手机' }).click();
    assert.equal(await (await frameIn(page)).evaluate('innerWidth'), 360);
    await page.getByRole('link', { name: '繁體' }).click();
    await page.frameLocator('iframe').locator('h1', { hasText: '開工' }).waitFor();
    await page.getByRole('link', { name: '标准版' }).click();
    await page.getByRole('link', { name: '打印' }).click();
    const printed = await frameIn(page);
    await printed.waitForLoadState('load');
    assert.equal(await printed.locator('header nav').first().isVisible(), false);
    const seen = await page.locator('.page-hash').innerText();
    await go(page, `/items/dijiang?revision=${revision}`);
    assert.match(
      await page.locator('.history').innerText(),
      new RegExp(`看过预览：chushen（.*页面 ${seen.slice(0, 12)}`),
    );
  });

  test('a remark from a paragraph, by keyboard; returned; the writer answers it and submits; the difference; approved with another', async () => {
    const page = as('chushen');
    await go(page, '/items/dijiang');
    await page.getByText('逐段看、逐段批注').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '批注这一段' }).nth(1).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/quote=/);
    assert.equal(await page.getByLabel('针对哪些文字').inputValue(), '全长4.8公里，施工期间封闭。');
    await page.getByLabel('批注', { exact: true }).fill('请写明封闭到哪一天。');
    await page.getByRole('button', { name: '加批注' }).click();
    await page.locator('.remarks', { hasText: '请写明封闭到哪一天。' }).waitFor();
    await page.getByLabel('意见（退回必填）').fill('见批注');
    await page.getByRole('button', { name: '退回' }).click();
    await page.locator('.notice', { hasText: '已退回' }).waitFor();

    const before = await newest('dijiang');
    const again = '<p>全长4.8公里，施工期间封闭至十二月底。</p><p>咨询电话见首页。</p>';
    const saved = await submitted('dijiang', '江堤加固工程开工', again);
    const writer = as('caibian');
    await go(writer, '/items/dijiang');
    assert.match(await writer.locator('.remarks').innerText(), /已经改动/);
    await writer.getByLabel('怎样处理的').fill('已写明');
    await writer.getByRole('button', { name: '已处理' }).click();
    await writer.locator('.notice', { hasText: '批注已处理' }).waitFor();

    await go(page, `/items/dijiang/difference?from=${before.revision}&to=${saved}`);
    assert.equal(await page.locator('ins').textContent(), '增加：至十二月底（增加完）');

    const other = await submitted('tushuguan', '图书馆延长开放', '<p>自下月起延长至晚九点。</p>');
    for (const revision of [saved, other]) {
      await go(page, `/preview/${revision}`);
      await frameIn(page);
    }
    await go(page, '/');
    for (const box of await page.locator('input[name=pick]').all()) await box.check();
    await page.getByRole('button', { name: '通过所选' }).click();
    await page.locator('.notice', { hasText: '已通过 2 件' }).waitFor();
    assert.equal((await newest('tushuguan')).state, 'first-reviewed');
  });

  test('inbox, item, preview and difference: zero axe violations and no sideways scrolling, at three widths, in the dark and with forced colours', async () => {
    const revision = await submitted('gongjiao', '公交调整通告', '<p>自下月起执行。</p>');
    const page = as('chushen');
    const found: string[] = [];
    for (const [width, colours] of [
      [360, { colorScheme: 'dark', forcedColors: 'none' }],
      [768, { colorScheme: 'light', forcedColors: 'active' }],
      [1440, { colorScheme: 'light', forcedColors: 'none' }],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia(colours);
      for (const path of [
        '/',
        '/items/dijiang',
        `/items/gongjiao?revision=${revision}&field=body&quote=自下月起&place=0`,
        `/preview/${revision}?view=768`,
        '/items/dijiang/difference?as=side',
        '/items/dijiang/difference',
      ]) {
        await go(page, path);
        found.push(
          ...(await axeViolations(page, colours.forcedColors === 'active')).map((each) => `${width} ${path}: ${each}`),
        );
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        if (over > 0) found.push(`${width} ${path}: ${over} px too wide`);
      }
    }
    await go(as('lanmu'), '/');
    await as('lanmu').getByText('各审期限').click();
    found.push(...(await axeViolations(as('lanmu'))).map((each) => `lanmu: ${each}`));
    assert.deepEqual(found, []);
  });

  test('the media library: many files at once, chosen and dropped; a refused one stays to be read; words by keyboard', async () => {
    const page = as('caibian');
    await go(page, '/media');
    const chooser = page.locator('#many');
    const file = (name: string, bytes: Buffer) => ({ name, mimeType: 'image/png', buffer: bytes });
    await chooser.setInputFiles([file('渡口.png', png), file('坏的.png', Buffer.from('<script>'))]);
    await page.locator('.drop .late', { hasText: '坏的.png' }).waitFor();
    assert.match(await page.locator('.drop [role=status]').innerText(), /已保存 1 个，1 个没有收下/);
    await go(page, '/media');
    await page.evaluate(`(() => {
      const dropped = new DataTransfer();
      const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (sign) => sign.charCodeAt(0));
      for (const name of ['江堤.png', '三桥.png']) dropped.items.add(new File([bytes], name, { type: 'image/png' }));
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true }));
    })()`);
    await page.locator('.media > li').nth(2).waitFor();
    const words = page.getByLabel('图中是什么：江堤');
    await words.fill('江堤上的晨雾');
    await words.press('Enter');
    await page.locator('.notice', { hasText: '说明已存' }).waitFor();
    await go(page, '/media?what=wordless');
    assert.equal(await page.locator('.media > li').count(), 2);
  });
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mNQSGjAgxhGpbEhAGs6ZAFVY/LzAAAAAElFTkSuQmCC',
  'base64',
);
