/** A citizen's and a reviewer's way through, in a real browser. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { signIn } from './support/sign-in.ts';
import { eventually, freePorts, startCity, temporaryFolder, type City } from './support/start-city.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('in a real browser', { skip: noBrowser }, () => {
  const folder = temporaryFolder();
  let city: City;
  let browser: Browser;

  before(async () => {
    city = await startCity({ data: folder.path, ports: await freePorts(), emptyDatabase: true });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await city.stop();
    folder.remove();
  });

  const articleOf = async (page: Page): Promise<string> => {
    await page.goto(`${city.portal}/`);
    await page.locator('header nav a', { hasText: '新闻中心' }).first().click();
    await page.locator('main a', { hasText: '要闻动态' }).first().click();
    await page.locator('main a[href$=".html"][href*="/headlines/2"]').first().click();
    return page.url();
  };

  for (const width of [360, 1440]) {
    for (const javaScriptEnabled of [true, false]) {
      test(`portal: home → channel → article → print at ${width} px, ${javaScriptEnabled ? 'with' : 'without'} JavaScript; nothing leaves the origin`, async () => {
        const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled });
        const strangers = watchStrangers(context, city.portal);
        const page = await context.newPage();
        const messages: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') messages.push(message.text());
        });
        if (width === 360) {
          await page.goto(`${city.portal}/`);
          await page.goto(`${city.portal}/news/headlines/`);
          await page.locator('main a[href$=".html"][href*="/headlines/2"]').first().click();
        } else await articleOf(page);
        assert.match(page.url(), /\/news\/headlines\/\d{4}\/\d\d\/\d\d\//);
        const title = await page.locator('h1').innerText();
        assert.ok((await page.title()).startsWith(title));
        assert.equal(await page.locator('meta[name="ArticleTitle"]').getAttribute('content'), title);
        const overflow = await page
          .evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
          .catch(() => 0);
        if (javaScriptEnabled) assert.equal(overflow, 0, 'no sideways scrolling');
        await page.emulateMedia({ media: 'print' });
        assert.equal(await page.locator('h1').isVisible(), true);
        assert.equal(await page.locator('header nav').first().isVisible(), false, 'print leaves the navigation out');
        assert.deepEqual(strangers, []);
        assert.deepEqual(messages, []);
        await context.close();
      });
    }
  }

  test('portal: a film is listed, asks for nothing until it is played, plays with captions, and is fetched in parts', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    const asked: (readonly [status: number, range: string])[] = [];
    page.on('response', (response) => {
      const { range = '' } = response.request().headers();
      if (response.url().endsWith('.webm')) asked.push([response.status(), range]);
    });
    await page.goto(`${city.portal}/news/videos/`);
    await page.locator('main .card', { hasText: '视频 12 秒' }).locator('a').click();
    await page.locator('video').scrollIntoViewIfNeeded();
    const shape = await page.evaluate(`(() => {
      const { width, height, preload, poster, textTracks: [{ kind, mode }], readyState } = document.querySelector('video');
      return { width, height, preload, poster: poster !== '', kind, mode, readyState };
    })()`);
    assert.deepEqual(shape, {
      ...{ width: 640, height: 360, preload: 'none', poster: true },
      ...{ kind: 'captions', mode: 'showing', readyState: 0 },
    });
    assert.deepEqual(asked, []);
    const played = await page.evaluate(`(async () => {
      const video = document.querySelector('video');
      const event = (name) => new Promise((resolve) => video.addEventListener(name, resolve, { once: true }));
      video.muted = true;
      const began = event('timeupdate');
      await video.play();
      await began;
      video.pause();
      const moved = event('seeked');
      video.currentTime = 8;
      await moved;
      while (!video.textTracks[0].activeCues?.length) await new Promise(requestAnimationFrame);
      return { duration: video.duration, at: video.currentTime, cue: video.textTracks[0].activeCues[0]?.text };
    })()`);
    assert.deepEqual(played, { duration: 12, at: 8, cue: '七点，老城门开了，灯还亮着。' });
    assert.equal(asked[0]?.[0], 206);
    assert.match(await page.locator('#transcript').innerText(), /第一班渡船离开小码头/);
    const address = await page.locator('video source').getAttribute('src');
    const part = await fetch(city.portal + (address ?? ''), { headers: { range: 'bytes=100-199' } });
    assert.deepEqual([part.status, (await part.arrayBuffer()).byteLength], [206, 100]);
    await context.close();
  });

  test('portal: zero axe violations on each kind of page, light and dark', async () => {
    const found: string[] = [];
    const context = await browser.newContext({
      viewport: { width: 360, height: 800 },
      reducedMotion: 'reduce',
      bypassCSP: true,
    });
    const page = await context.newPage();
    for (const path of await samplePaths(city)) {
      await page.goto(`${city.portal}${path}`);
      await page.evaluate(axe);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        found.push(...(await violations(page)).map((each) => `${colorScheme} ${path}: ${each}`));
      }
    }
    await context.close();
    assert.deepEqual(found, []);
  });

  test('counter and desk: zero axe violations before and after signing in', async () => {
    const context = await browser.newContext({ viewport: { width: 768, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    const found: string[] = [];
    for (const address of [city.counter, `${city.counter}/letters/new`, `${city.counter}/letters/track`, city.desk]) {
      await page.goto(address);
      await page.evaluate(axe);
      found.push(...(await violations(page)).map((each) => `${address}: ${each}`));
    }
    await context.close();
    for (const [username, paths] of [
      [
        'caibian',
        ['/', '/items', '/items/new', '/items/new?kind=policy', '/items/headlines', '/media', '/letters', '/me'],
      ],
      ['shenji', ['/audit', '/audit/items/headlines', '/audit/refused', '/audit/chain?verify=yes', '/emergencies']],
      ['anquan', ['/accounts']],
      ['lanmu', ['/accessibility']],
    ] as const) {
      const own = await browser.newContext({ viewport: { width: 360, height: 900 }, bypassCSP: true });
      const desk = await own.newPage();
      await signIn(desk, city, username);
      for (const path of paths) {
        await desk.goto(`${city.desk}${path}`);
        await desk.evaluate(axe);
        found.push(...(await violations(desk)).map((each) => `${username} ${path}: ${each}`));
      }
      await own.close();
    }
    assert.deepEqual(found, []);
  });

  test('portal: an injected script does not run', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route(`${city.portal}/`, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(
        '</main>',
        '<script>document.title = "hijacked"</script><img src="x" onerror="document.title = \'hijacked\'"></main>',
      );
      await route.fulfill({ response: answer, body });
    });
    await page.goto(`${city.portal}/`);
    assert.doesNotMatch(await page.title(), /hijacked/);
    await context.close();
  });

  test('portal: an attachment is saved under its name; a picture comes in the form its place needs', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 }, deviceScaleFactor: 1 });
    const page = await context.newPage();
    await page.goto(`${city.portal}/disclosure/policies/2026/03/20/policy-01.html`);
    const saving = page.waitForEvent('download');
    await page.getByRole('link', { name: '临江市新材料产业补助申请表', exact: true }).click();
    assert.equal((await saving).suggestedFilename(), '临江市新材料产业补助申请表.docx');
    await page.goto(`${city.portal}/news/pictures/2026/11/15/picture-news-mist.html`);
    const shown = await page.evaluate<string>(
      "(async () => { const image = document.querySelector('.lead img'); await image.decode(); return image.currentSrc; })()",
    );
    const form = await page.request.get(shown);
    assert.equal(form.headers()['content-type'], 'image/webp');
    assert.ok((await form.body()).length < 30_000);
    await context.close();
  });

  test('portal: the chosen type size is remembered', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${city.portal}/news/headlines/`);
    await page.locator('main a[href$=".html"]').first().click();
    await page.locator('.prose p').first().waitFor();
    const size = (): Promise<number> =>
      page.evaluate<number>("parseFloat(getComputedStyle(document.querySelector('.article-body p, main p')).fontSize)");
    const before = await size();
    await page.getByRole('button', { name: '大', exact: true }).first().click();
    assert.ok((await size()) > before);
    const larger = await size();
    await page.reload();
    assert.equal(await size(), larger);
    await context.close();
  });

  test('counter: a correction gets a number, a deadline and a code, and can be followed', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${city.counter}/letters/new?kind=correction`);
    await page.getByLabel('标题').fill('日期好像不对');
    await page.getByLabel('出错页面的地址').fill('/news/headlines/');
    await page.getByLabel('问题是什么').fill('写的是二月三十日。');
    await page.getByLabel('怎么称呼您').fill('读者');
    await page.getByRole('button', { name: '提交' }).click();
    const code = await page.locator('dd.code').innerText();
    await page.getByRole('link', { name: '去查询' }).click();
    await page.getByLabel('查询码').fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: '查询', exact: true }).click();
    assert.match(await page.locator('main').innerText(), /办理中/);
    await context.close();
  });

  test('desk: a writer’s article passes three reviewers and is live; its writer cannot review it', async () => {
    const title = '浏览器里走完的一篇稿件';
    const as = async <T>(username: string, work: (page: Page) => Promise<T>): Promise<T> => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      try {
        const page = await context.newPage();
        await signIn(page, city, username);
        return await work(page);
      } finally {
        await context.close();
      }
    };
    await as('caibian', async (page) => {
      await page
        .getByRole('link', { name: /写稿|新建/ })
        .first()
        .click();
      // Until it is this person's to write, nothing can be typed.
      await page.locator('.body[contenteditable=true]').waitFor();
      await page.getByLabel(/标题/).first().fill(title);
      await page
        .getByLabel(/栏目/)
        .first()
        .selectOption({ label: '要闻动态' })
        .catch(() => page.getByLabel(/栏目/).first().selectOption('headlines'));
      await page.getByLabel(/来源/).first().fill('临江市人民政府办公室');
      await page.locator('.body[contenteditable=true]').fill('这一篇由浏览器写成。<script>alert(1)</script>');
      await page.getByRole('button', { name: '保存并送审' }).click();
      await page.waitForURL(/\/items\/[a-z0-9]{10}$/);
      assert.equal(await page.getByRole('button', { name: /通过/ }).count(), 0, 'who wrote cannot approve');
    });
    for (const reviewer of ['chushen', 'fushen', 'zhongshen']) {
      await as(reviewer, async (page) => {
        await page.locator('main a', { hasText: title }).first().click();
        await page.getByRole('button', { name: /通过/ }).first().click();
        await page.waitForLoadState();
      });
    }
    const list = await eventually(
      async () => (await fetch(`${city.portal}/news/headlines/`)).text(),
      (text) => text.includes(title),
    );
    assert.doesNotMatch(list, /alert\(1\)/);
  });
});

function watchStrangers(context: BrowserContext, origin: string): string[] {
  const strangers: string[] = [];
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:')) strangers.push(url);
  });
  return strangers;
}

/** One page of each kind the site map leads to, and the fixed ones. */
async function samplePaths(city: City): Promise<string[]> {
  const months = await (await fetch(`${city.portal}/sitemap.xml`)).text();
  const found = new Map<string, string>();
  for (const [, month = ''] of months.matchAll(/<loc>[^<]*?(\/sitemap\/[^<]+)<\/loc>/g)) {
    const urls = await (await fetch(`${city.portal}${month}`)).text();
    for (const [, path = ''] of urls.matchAll(/<loc>https?:\/\/[^/<]+([^<]*)<\/loc>/g)) {
      const kind = path.replace(/\d{4}\/.*$/, '');
      if (!found.has(kind)) found.set(kind, path);
    }
  }
  const channels = [...found.keys()].filter((path) => path.endsWith('/'));
  return [
    '/',
    '/sitemap.html',
    '/accessibility.html',
    '/contact.html',
    '/no-such-page.html',
    ...new Set([...channels, ...found.values()]),
  ];
}

async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target[0])).join(', ')}`);
  });
}
