/** Writing at the desk, in a real browser: two people, and a browser that is killed. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, beforeEach, describe, test } from 'node:test';
import { mediaFields } from '@chengmen/media';
import { writingsOf, itemHistory } from '@chengmen/revision';
import type { FieldsOf } from '@chengmen/model';
import { siteId } from 'chengmen';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import sharp from 'sharp';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { openDesk, type OpenDesk } from './support/open-desk.ts';
import { people } from './support/small-city.ts';
import { paste } from './support/paste.ts';
import { temporaryFolder } from './support/start-city.ts';
import { onePixel as picture, wordFile } from './support/word-file.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
describe('writing in a real browser', { skip: noBrowser }, () => {
  const folder = temporaryFolder();
  let desk: OpenDesk;
  let browser: Browser;

  before(async () => {
    [desk, browser] = await Promise.all([openDesk(join(folder.path, 'city'), staff), openBrowser()]);
  });
  after(async () => {
    await browser.close();
    await desk.close();
    folder.remove();
  });

  beforeEach(() => {
    faults.length = 0;
  });

  const open = async (username: string, path: string, context?: BrowserContext): Promise<Page> => {
    const own = context ?? (await browser.newContext({ viewport: { width: 1440, height: 900 } }));
    await desk.signIn(own, username);
    const page = await own.newPage();
    page.on('console', (message) => {
      if (
        message.type() === 'error' &&
        !/favicon|ERR_|Failed to load resource/.test(`${message.text()}${message.location().url}`)
      )
        faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.setDefaultTimeout(30_000);
    await page.goto(`${desk.address}${path}`);
    return page;
  };
  const faults: string[] = [];
  const history = (item: string): ReturnType<typeof itemHistory> => itemHistory(desk.office.ledger.db, siteId, item);
  const save = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.locator('#writing-notices .notice', { hasText: '已存为修订' }).waitFor();
  };
  const begin = async (page: Page, title: string): Promise<string> => {
    await writable(page);
    await page.getByLabel('标题').fill(title);
    await page.getByLabel('来源').fill('临江市数据局');
    await page.locator('.body').click();
    return page.locator('input[name=item]').inputValue();
  };

  test('everything a body can hold is written, kept, saved and opened again as it was; axe finds nothing; no policy is broken', async () => {
    const page = await open('caibian', '/items/new');
    const item = await begin(page, '关于印发行动方案的通知');
    await page.keyboard.type('临政办发[2026]12号');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Alt+1');
    await page.keyboard.type('一、总体要求');
    await page.keyboard.press('Enter');
    await page.keyboard.type('全长4.8公里');
    await page.keyboard.press('Control+Alt+f');
    await answer(page, '注释文字', '含引桥。');
    await page.keyboard.type('，见');
    await page.keyboard.press('Control+k');
    await page.getByLabel('地址 Address').fill('javascript:alert(1)');
    await page.getByRole('button', { name: '确定' }).click();
    await page.locator('dialog .problem').waitFor();
    await page.getByLabel('地址 Address').fill('item:headlines');
    await answer(page, '文字', '要闻');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Shift+7');
    await page.keyboard.type('甲');
    await page.keyboard.press('Enter');
    await page.keyboard.type('乙');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Alt+t');
    for (const head of ['指标', '2025', '2026']) {
      await page.keyboard.type(head);
      await page.keyboard.press('Tab');
    }
    await tool(page, '表题');
    await answer(page, '表题', '表1');
    // Two cells of the second row become one.
    await page.locator('.body td').nth(0).click();
    await page
      .locator('.body td')
      .nth(1)
      .click({ modifiers: ['Shift'] });
    await tool(page, '合并单元格');
    await violationsNone(page);
    await page.locator('.body > p').last().click();
    await page.keyboard.press('Control+Alt+p');
    await page.getByLabel('从本机上传').setInputFiles({ name: '江堤.png', mimeType: 'image/png', buffer: picture });
    await page.getByRole('button', { name: '插入', exact: true }).click();
    assert.ok(await page.locator('dialog').isVisible(), 'no picture without words');
    await violationsNone(page);
    await page.getByLabel(/图中是什么/).fill('江堤上的晨雾');
    await answer(page, '图题', '图1 江堤');
    await page.locator('.picture img').waitFor();
    // What was said of a picture is found, and offered where it is used again.
    await page.locator('.body > p').last().click();
    await page.keyboard.press('Control+Alt+p');
    await page.locator('.library input').fill('没有这样的图');
    await page.locator('.library', { hasText: '没有可选的文件' }).waitFor();
    await page.locator('.library input').fill('晨雾');
    await page.locator('.library button').click();
    assert.equal(await page.getByLabel(/图中是什么/).inputValue(), '江堤上的晨雾');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.locator('.body > p').last().click();
    await page.keyboard.press('Control+f');
    await page.getByLabel('查找 Find').fill('公里');
    await page.getByLabel('替换为 Replace by').fill('千米');
    await tool(page, '全部替换');
    await page.keyboard.press('Escape');
    await page.locator('[data-kept=desk]').waitFor();
    await save(page);
    const [saved] = await history(item);
    const { body } = saved?.fields as { body: string };
    const src = /media:[a-z0-9]+/.exec(body)?.[0] ?? '';
    assert.equal(
      body,
      '<p>临政办发〔2026〕12号</p><h2>一、总体要求</h2><p>全长4.8千米<span class="note">含引桥。</span>，见<a href="item:headlines">要闻</a></p>' +
        '<ol><li>甲</li><li>乙</li></ol><table><caption>表1</caption><thead><tr><th>指标</th><th>2025</th><th>2026</th></tr></thead>' +
        '<tbody><tr><td colspan="2"></td><td></td></tr><tr><td></td><td></td><td></td></tr></tbody></table>' +
        `<figure><img src="${src}" alt="江堤上的晨雾"><figcaption>图1 江堤</figcaption></figure>`,
    );
    await page.reload();
    await writable(page);
    await page.getByLabel('标题').press('Control+s');
    await page.locator('#writing-notices .notice', { hasText: '已存为修订' }).waitFor();
    const [again] = await history(item);
    assert.equal(again?.hash, saved?.hash, 'opened and saved, it is what it was');
    assert.deepEqual(faults, []);
    await page.context().close();
  });

  test('bodies from elsewhere, with every mark, nested lists and ragged tables, are saved as they were opened', async () => {
    const bodies = [
      '<p>甲<strong><em>乙</em></strong><ruby>汉<rp>(</rp><rt>han</rt><rp>)</rp></ruby>H<sub>2</sub>O<br>丙</p>',
      '<p>缺<span class="gap" role="img" aria-label="此处原文缺损，无法复原">〓</span>字</p><hr>',
      '<ul><li>甲<ol><li>乙</li></ol></li><li><p>丙</p><p>丁</p></li></ul><blockquote><p>引</p><ul><li>文</li></ul></blockquote>',
      '<table><tbody><tr><th scope="row">甲</th><td rowspan="2">乙</td></tr><tr><th>丙</th></tr></tbody></table>',
      '<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>丙</td><td>丁</td></tr></tbody></table>',
      '<figure><table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table><figcaption>图<strong>1</strong></figcaption></figure>',
      '<figure><img src="media:a" alt="甲"><img src="media:b" alt="乙"></figure><p><img src="https://example.org/a.png" alt="外">文</p>',
      '<h2>甲<span class="note">注<strong>重</strong></span></h2><h4>乙</h4><p><a href="media:c">附件</a></p>',
      '<table><tbody><tr><td>甲</td><td>乙</td></tr><tr><td>短</td></tr></tbody></table>',
    ];
    const [item, body] = ['from-elsewhere', bodies.join('')];
    await desk.office.ledger.execute(desk.office.revisions.saveDraft, writer, {
      ...{ item, kind: 'article' },
      fields: { title: '甲', channel: 'headlines', date: '2026-11-20 09:30', source: '乙', body },
    });
    const page = await open('caibian', `/items/${item}/edit`);
    await writable(page);
    await save(page);
    assert.equal(((await history(item))[0]?.fields as { body: string }).body, body);
    await page.context().close();
  });

  test('two people: the second is told who writes, takes over, and goes on where the first stood; the first is told and loses nothing', async () => {
    const first = await open('caibian', '/items/new');
    const item = await begin(first, '两个人写');
    await first.keyboard.type('甲写的第一段。');
    await save(first);
    await first.locator('.body').press('Control+End');
    await first.keyboard.type('还没有保存的半句');
    await first.locator('[data-kept=desk]').waitFor();
    const second = await open('wang', `/items/${item}/edit`);
    await second.locator('.lease', { hasText: 'caibian 正在写' }).waitFor();
    assert.equal(await second.locator('.body').getAttribute('contenteditable'), 'false');
    await second.setViewportSize({ width: 360, height: 780 });
    await violationsNone(second);
    await second.getByRole('button', { name: /接手/ }).click();
    await writable(second);
    await second.locator('.body', { hasText: '甲写的第一段。还没有保存的半句' }).waitFor();
    await second.locator('.body').press('Control+End');
    await second.keyboard.type('，乙接着写。');
    await first.locator('.body').press('Control+End');
    await first.keyboard.type('，晚到的字');
    await first.locator('.lease', { hasText: 'wang 已接手' }).waitFor();
    assert.match(await first.locator('.body').innerText(), /晚到的字/);
    await save(second);
    const all = await history(item);
    assert.deepEqual(
      all.map(({ authorName, fields }) => [authorName, (fields as { body: string }).body]),
      [
        ['wang', '<p>甲写的第一段。还没有保存的半句，乙接着写。</p>'],
        ['caibian', '<p>甲写的第一段。还没有保存的半句</p>'],
        ['caibian', '<p>甲写的第一段。</p>'],
      ],
    );
    // What came late is in the first one's browser, offered when they have the item again.
    await second.context().close();
    await first.reload();
    // Whether their leaving came through is the browser's business.
    await first.locator('.lease, .recovery').first().waitFor();
    if (await first.locator('.lease').isVisible()) await first.getByRole('button', { name: /接手/ }).click();
    await first.locator('.recovery', { hasText: '晚到的字' }).waitFor();
    await violationsNone(first);
    await first.getByRole('button', { name: /恢复/ }).click();
    await first.locator('.body', { hasText: '晚到的字' }).waitFor();
    await first.getByRole('button', { name: '保存草稿' }).click();
    await first.locator('.problem', { hasText: '已有新的修订' }).waitFor();
    assert.equal((await history(item)).length, 3, 'the newer revision is not written over');
    await first.getByRole('button', { name: /仍把我的存为新修订/ }).click();
    await first.locator('#writing-notices .notice', { hasText: '已存为修订' }).waitFor();
    assert.equal((await history(item)).length, 4);
    await first.context().close();
  });

  test('what is typed before the desk has said who writes is kept, and goes to the desk once it has', async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const answered = Promise.withResolvers<undefined>();
    const kept: string[] = [];
    await context.route('**/api/writing/**', async (route) => {
      if (route.request().url().endsWith('/keep')) kept.push(route.request().postData() ?? '');
      else if (!route.request().url().endsWith('/leave')) await answered.promise;
      await route.continue();
    });
    const page = await open('caibian', '/items/new', context);
    await writable(page);
    await page.getByLabel('标题').fill('开闸放水');
    await page.locator('.body').click();
    await page.keyboard.type('第一句。');
    assert.deepEqual(kept, []);
    answered.resolve(undefined);
    await page.keyboard.type('第二句。');
    await page.locator('[data-kept=desk]').waitFor();
    assert.match(kept.at(-1) ?? '', /开闸放水/);
    assert.match(kept.at(-1) ?? '', /第一句。第二句。/);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('channels and items: by keyboard and by dragging, at three widths; axe finds nothing, no policy is broken', async () => {
    const page = await open('lanmu', '/channels');
    const fits = async (path: string): Promise<void> => {
      await page.goto(`${desk.address}${path}`);
      for (const width of [1440, 768, 360]) {
        await page.setViewportSize({ width, height: 900 });
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${path} at ${width}`);
        await violationsNone(page);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    };
    for (const path of [
      '/channels/news',
      '/channels/headlines/merge?into=news',
      '/channels/news/retire',
      '/channels/new',
    ])
      await fits(path);
    await fits('/channels');
    await page.locator('[data-channel=headlines] > a').first().focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.locator('.problem', { hasText: '已经在头上或末尾' }).waitFor();
    await page.goto(`${desk.address}/channels`);
    const target = page.locator('[data-channel=news]');
    await page.locator('[data-channel=headlines]').dragTo(target, { targetPosition: { x: 300, y: 6 } });
    await page.waitForURL(/headlines\/move\?parent=&before=news$/);
    await page.locator('.problem', { hasText: '1 个栏目和其中 0 篇文章的地址会改变' }).waitFor();
    await page.getByRole('button', { name: '送审' }).press('Enter');
    await page.locator('.notice', { hasText: '移动已送审' }).waitFor();
    const [moved] = await history('headlines');
    const { parent, position } = moved?.fields as { parent: unknown; position: number };
    assert.deepEqual([moved?.state, parent, position < 2], ['submitted', null, true]);

    await fits('/items');
    await page.getByLabel('标题里的字').fill('要聞');
    await page.keyboard.press('Enter');
    await page.waitForURL(/words=/);
    await page.getByRole('link', { name: '作者' }).press('Enter');
    await page.waitForURL(/words=.*sort=author/);
    assert.equal(await page.locator('th[aria-sort=ascending]').innerText(), '作者▲');
    assert.equal(await page.locator('.list tbody tr').count(), 1);
    assert.deepEqual(faults, []);
    await page.context().close();
  });

  test('the desk goes and the browser is killed: what was typed is offered, and said to be where it is', async () => {
    const profile = join(folder.path, 'profile');
    const one = await startChromium(profile);
    const page = await open('caibian', '/items/new', one.context);
    const item = await begin(page, '浏览器被杀');
    await page.keyboard.type('先到的。');
    await page.locator('[data-kept=desk]').waitFor();
    await desk.stop();
    await page.keyboard.type('断网后写的。');
    await page.locator('[data-kept=here]').waitFor();
    await page.getByText(/连不上工作台/).waitFor();
    await desk.start();
    await page.locator('[data-kept=desk]').waitFor();
    await desk.stop();
    await page.keyboard.type('最后的字。');
    await page.locator('[data-kept=here]').waitFor();
    await one.kill();
    await desk.start();
    const [kept] = await writingsOf(desk.office.ledger.db, siteId, await accountOf('caibian'), item);
    assert.match(kept?.typed['body'] ?? '', /断网后写的。/);
    const two = await startChromium(profile);
    const back = await open('caibian', `/items/new?item=${item}`, two.context);
    await back.getByRole('button', { name: /在这里接着写/ }).click();
    await back.locator('.recovery', { hasText: '这台电脑上' }).waitFor();
    await back.getByRole('button', { name: /恢复/ }).click();
    await back.locator('.body', { hasText: '先到的。断网后写的。最后的字。' }).waitFor();
    assert.equal(await back.getByLabel('标题').inputValue(), '浏览器被杀');
    await save(back);
    assert.equal((await history(item)).length, 1);
    await two.kill();
  });

  test('a fragment of Word with a picture is pasted: cleaned, told, its picture handed in, and asked for words before the review', async () => {
    const page = await open('caibian', '/items/new');
    const item = await begin(page, '从 Word 粘贴');
    await pasteBehind(page, wordFragment);
    await page.locator('.losses', { hasText: '没有随文字粘贴过来的图片，请另行插入 1 处' }).waitFor();
    const told = await page.locator('.losses').innerText();
    for (const each of ['image002.jpg', '修订中标为删除的文字', '下划线', 'Word、WPS 残留'])
      assert.ok(told.includes(each), each);
    await page.locator('.picture img[src^="/media-of/"]:not([src*=pasted])').waitFor();
    await violationsNone(page);
    await page.getByRole('button', { name: '保存并送审' }).click();
    await page.locator('dialog', { hasText: '图片说明' }).waitFor();
    await answer(page, '图中是什么', '新建的跨江大桥');
    await save(page);
    const [saved] = await history(item);
    const { body } = saved?.fields as { body: string };
    const id = /media:([a-z0-9]+)/.exec(body)?.[1] ?? '';
    assert.equal(
      body,
      '<h2>一、总体要求</h2><p>准予通过<span class="note">含引桥。</span>。</p><ol><li>甲<ul><li>乙</li></ul></li></ol>' +
        '<table><tbody><tr><td colspan="2">合计</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>' +
        `<p><img src="media:${id}" alt="新建的跨江大桥"></p>`,
    );
    assert.equal(((await history(id))[0]?.fields as { alt: string }).alt, '新建的跨江大桥');
    await page.getByRole('button', { name: '保存并送审' }).click();
    await page.waitForURL(`**/items/${item}`);
    assert.deepEqual([(await history(item))[0]?.state, (await history(id))[0]?.state], ['submitted', 'submitted']);
    assert.deepEqual(faults, []);
    await page.context().close();
  });

  test('a picture is cropped: its corner dragged, its frame and focus moved by keys; what is saved is what the numbers say', async () => {
    const { office } = desk;
    const wide = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#275' } })
      .png()
      .toBuffer();
    const taken = await office.takeFile(Readable.from([wide]), { name: '江堤.png', alt: '江堤' });
    const saved = { kind: 'media', fields: mediaFields(taken, '江堤') };
    const { item } = await office.ledger.execute(office.revisions.saveDraft, people.writer, saved);
    const page = await open('caibian', `/media/${item}/crop`);
    const corner = page.getByRole('button', { name: '裁剪框右下角' });
    const from = (await corner.boundingBox()) ?? assert.fail('no corner');
    const stage = (await page.locator('.crop-stage img').boundingBox()) ?? assert.fail('no picture');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2, { steps: 4 });
    await page.mouse.up();
    const number = async (name: string): Promise<number> =>
      Number(await page.locator(`input[name=${name}]`).inputValue());
    const [width, height] = [await number('width'), await number('height')];
    assert.ok(Math.abs(width - 400) < 20 && Math.abs(height - 200) < 20, `half of it: ${width} × ${height}`);
    await page.getByRole('button', { name: '裁剪框，方向键移动' }).press('Shift+ArrowRight');
    await page.getByRole('button', { name: /^焦点/ }).press('ArrowUp');
    await violationsNone(page);
    assert.deepEqual(await Promise.all(['left', 'top', 'x', 'y'].map(number)), [40, 0, 50, 49]);
    await page.getByRole('button', { name: '存为草稿' }).click();
    await page.locator('.notice', { hasText: '已存为草稿' }).waitFor();
    const [newest] = await history(item);
    const fields = newest?.fields as FieldsOf<'media'>;
    assert.deepEqual(
      [fields.crop, fields.focus],
      [
        { left: 40, top: 0, width, height },
        { x: 50, y: 49 },
      ],
    );
    assert.deepEqual([fields.width, fields.height, fields.uncropped?.width], [width, height, 800]);
    assert.deepEqual(faults, []);
  });

  test('a film is inserted with its poster, captions and transcript, which become its own', async () => {
    const page = await open('caibian', '/items/new');
    await begin(page, '江上一日');
    await page.keyboard.press('Control+Alt+a');
    const film = readFileSync(join(import.meta.dirname, '../apps/chengmen/src/demo/film/river-day.webm'));
    const files = page.locator('dialog input[type=file]');
    await files.first().setInputFiles({ name: '江上一日.webm', mimeType: 'video/webm', buffer: film });
    await page.locator('dialog summary', { hasText: '封面' }).click();
    await files.nth(1).setInputFiles({ name: '江.png', mimeType: 'image/png', buffer: picture });
    await page.locator('dialog summary', { hasText: '字幕' }).click();
    const captions = Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\n江上一日\n');
    await files.nth(2).setInputFiles({ name: '江.vtt', mimeType: 'text/vtt', buffer: captions });
    await page.getByLabel('文字稿').fill('旁白：江上一日。');
    await violationsNone(page);
    await page.getByRole('button', { name: '插入' }).click();
    const link = page.locator('.body a');
    await link.waitFor();
    const [, item = ''] = /media:([\w-]+)/.exec(await link.evaluate((one) => one.outerHTML)) ?? [];
    const [newest] = await history(item);
    const fields = newest?.fields as FieldsOf<'media'>;
    assert.equal(fields.transcript, '旁白：江上一日。');
    const typeOf = async (item = ''): Promise<string | undefined> =>
      ((await history(item))[0]?.fields as FieldsOf<'media'> | undefined)?.type;
    assert.match((await typeOf(fields.image)) ?? '', /^image\//);
    assert.equal(await typeOf(fields.captions), 'text/vtt');
    await page.context().close();
  });

  test('hostile pastes and a forged clipboard of the editor’s own: nothing executes, the desk keeps nothing of it', async () => {
    const page = await open('caibian', '/items/new');
    const item = await begin(page, '有人投毒');
    await page.exposeFunction('ranAnyway', () => faults.push('a script ran'));
    for (const hostile of [
      '<img src=x onerror=ranAnyway()><svg onload=ranAnyway()></svg><script>ranAnyway()</script><p>甲</p>',
      '<p data-pm-slice="1 1 []"><a href="javascript:ranAnyway()">乙</a><img src="javascript:ranAnyway()"></p>',
      '<iframe srcdoc="<script>parent.ranAnyway()</script>"></iframe><object data="data:text/html,<script>ranAnyway()</script>"></object>',
      '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=ranAnyway()&gt;">',
      '<form action="javascript:ranAnyway()"><button id=x>丙</button></form><base href="https://evil.example/">',
      '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9InJhbkFueXdheSgpIi8+">',
    ])
      await pasteBehind(page, hostile);
    for (const link of await page.locator('.body a').all()) await link.click({ modifiers: ['Control'] });
    await save(page);
    const { body } = (await history(item))[0]?.fields as { body: string };
    assert.doesNotMatch(body, /ranAnyway|javascript|svg|iframe|form|base/);
    assert.deepEqual(
      faults.filter((fault) => !/Content Security|Refused to load/.test(fault)),
      [],
    );
    await page.context().close();
  });

  test('a Word document is imported with its picture; one with macros is refused in words, and the text stays', async () => {
    const page = await open('caibian', '/items/new');
    await begin(page, '导入');
    await page.keyboard.type('原有的字');
    const hand = async (name: string, buffer: Buffer): Promise<void> => {
      await page.keyboard.press('Control+Alt+o');
      await page.getByLabel('从本机上传').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
      await page.getByRole('button', { name: '导入', exact: true }).click();
    };
    await hand('宏.docx', wordFile({ 'word/vbaProject.bin': 'x' }));
    await page.locator('dialog .problem', { hasText: '带有宏' }).waitFor();
    await page.getByRole('button', { name: /取消/ }).click();
    await page.locator('.body').press('Control+End');
    await hand('通知.docx', wordFile());
    await page.locator('.losses', { hasText: '下划线 1 处' }).waitFor();
    await page.locator('.picture img[src^="/media-of/"]:not([src*=pasted])').waitFor();
    assert.match(await page.locator('.body').innerText(), /原有的字[\s\S]*导入的正文/);
    assert.equal(await page.locator('.body a').count(), 0, 'its javascript: link is text');
    await page.context().close();
  });

  test('findings stand beside the text: shown, mended by their suggestion, held back at the review, let stand with a reason', async () => {
    const page = await open('caibian', '/items/new');
    const item = await begin(page, '检查');
    await page.keyboard.type('张某某住在江北，号码13912345678。');
    const finding = page.locator('.checks li', { hasText: '139****5678' });
    await finding.getByRole('button', { name: /去看/ }).click();
    assert.equal(await page.evaluate('getSelection().toString()'), '13912345678');
    await violationsNone(page);
    await page.getByRole('button', { name: '保存并送审' }).click();
    await page.locator('#writing-notices .problem', { hasText: '没有送审' }).waitFor();
    await finding.getByRole('button', { name: /放行/ }).click();
    await answer(page, '为什么可以这样', '这是对外公布的值班电话');
    await finding.waitFor({ state: 'detached' });
    await page.getByText('已放行 1').waitFor();
    await page.goto(page.url().replace(/\/items\/.*/, `/items/${item}/edit`));
    await page.getByText('已放行 1').waitFor();
    const listed = page.locator('.findings');
    assert.equal(await listed.count(), 1, 'for those without scripts');
    assert.equal(await listed.isVisible(), false, 'beside the text it stands once');
    await page.getByRole('button', { name: '保存并送审' }).click();
    await page.waitForURL(`**/items/${item}`);
    assert.equal((await history(item))[0]?.state, 'submitted');
    await page.context().close();
  });

  const accountOf = async (username: string): Promise<string> =>
    (await desk.office.identity.accounts()).find((one) => one.name === username)?.account ?? '';
});

const staff = { caibian: ['writer'], wang: ['writer'], lanmu: ['channel-editor'] } as const;
const writer = { account: 'importer', name: '导入', site: siteId, roles: ['writer'] } as const;

/** As Word puts it on the clipboard, shortened; with a picture inside and one that stayed on somebody's disk. */
const wordFragment = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment-->
<h1 style='mso-pagination:none'><span style='font-family:黑体'>一、总体要求<o:p></o:p></span></h1>
<p class=MsoNormal style='text-indent:21.0pt'>准予<del>不准</del><u>通过</u><a style='mso-footnote-id:ftn1' href="#_ftn1"><span class=MsoFootnoteReference>[1]</span></a>。<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>甲<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>乙<o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td colspan=2 width=568><p class=MsoNormal>合计</p></td></tr><tr><td><p class=MsoNormal>1</p></td><td><p class=MsoNormal>2</p></td></tr></table>
<p class=MsoNormal><img width=8 height=8 src="data:image/png;base64,${picture.toString('base64')}" alt="C:\\图\\1.png"><img src="file:///C:/Users/li/image002.jpg"></p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1">[1]</a> 含引桥。</p></div></div>
<!--EndFragment--></body></html>`;

/** At the end of what is there. */
async function pasteBehind(page: Page, markup: string): Promise<void> {
  await page.locator('.body').press('Control+End');
  await paste(page, markup);
}

async function writable(page: Page): Promise<void> {
  await page.locator('.body[contenteditable=true]').waitFor();
}

/** Fills one field of the open dialog and sends it. */
async function answer(page: Page, label: string, value: string): Promise<void> {
  const dialog = page.locator('dialog');
  await dialog.getByLabel(label).fill(value);
  await dialog.getByRole('button').last().click();
  await dialog.waitFor({ state: 'detached' });
}

async function tool(page: Page, name: string): Promise<void> {
  await page.locator('.tool', { hasText: name }).first().click();
}

async function violationsNone(page: Page): Promise<void> {
  const found = await page.evaluate(`(async () => {
    ${axe};
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target[0]).join(', '));
  })()`);
  assert.deepEqual(found, []);
}

/** A browser with a profile on disk, which can be killed as a power cut would. */
async function startChromium(profile: string): Promise<{ context: BrowserContext; kill: () => Promise<void> }> {
  const child: ChildProcess = spawn(
    process.env['CHENGMEN_TEST_BROWSER'] ?? '',
    [
      ...['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0'],
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.once('exit', () => {
      reject(new Error(said));
    });
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString();
      const [, found] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const browser = await chromium.connectOverCDP(address);
  return {
    context: browser.contexts()[0] ?? (await browser.newContext()),
    kill: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      await ended;
      await browser.close().catch(() => undefined);
    },
  };
}
