import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { createTheme } from '@chengmen/theme';
import {
  exampleCity,
  exampleItems,
  exampleTemplates,
  renderAll,
  secondCity,
  secondItems,
  secondTemplates,
  serveOutputs,
  styleGuide,
  type ServedOutputs,
} from '@chengmen/theme/testing';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const executablePath = process.env['CHENGMEN_TEST_BROWSER'];
const skip = executablePath === undefined ? 'no browser (CHENGMEN_TEST_BROWSER is not set)' : false;
let browser: Browser;
let served: ServedOutputs;

before(async () => {
  if (executablePath === undefined) return;
  served = await serveOutputs(renderAll(createTheme(), exampleCity(), exampleItems));
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
after(async () => {
  if (executablePath === undefined) return;
  await browser.close();
  await served[Symbol.asyncDispose]();
});

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  'on a phone, light': { viewport: { width: 360, height: 780 }, colorScheme: 'light' },
  'on a desk, dark': { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
};

for (const [look, options] of Object.entries(looks)) {
  test(
    `Accessibility ${look}: axe finds nothing on any template, none scrolls sideways, the policy is kept`,
    { skip },
    async () => {
      await using context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const said: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 4(04|10)/.test(message.text())) said.push(message.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(served.origin)) said.push(`asked for ${request.url()}`);
      });
      const twins = ['home', 'article', 'channel'].flatMap((name) => {
        const path = exampleTemplates[name];
        return path === undefined ? [] : [[`${name}, 繁體`, `/zh-hant${path}`] as const];
      });
      for (const [name, path] of [...Object.entries(exampleTemplates), ...twins]) {
        await page.goto(served.origin + path);
        assert.deepEqual(await violations(page), [], name);
        assert.ok(
          (await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')) <= 0,
          `${name} scrolls sideways`,
        );
      }
      assert.deepEqual(said, []);
    },
  );
}

test(
  'Accessibility of the second city: another colour, sign and order of blocks, and axe finds nothing',
  { skip },
  async () => {
    await using other = await serveOutputs(renderAll(createTheme(), secondCity(), secondItems));
    for (const colorScheme of ['light', 'dark'] as const) {
      await using context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme });
      const page = await context.newPage();
      for (const [name, path] of Object.entries(secondTemplates)) {
        await page.goto(other.origin + path);
        assert.deepEqual(await violations(page), [], `${name}, ${colorScheme}`);
      }
    }
  },
);

test('Type size and contrast: chosen once, kept on the next page, and taken back', { skip }, async () => {
  await using context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(served.origin + (exampleTemplates['article'] ?? ''));
  await page.getByRole('group', { name: '字号' }).getByRole('button', { name: '大' }).click();
  await page.goto(`${served.origin}/`);
  assert.equal(await root(page, 'size'), 'large');
  await page.goto(`${served.origin}/accessibility.html`);
  await page.getByRole('group', { name: '配色' }).getByRole('button', { name: '高对比' }).click();
  await page.reload();
  assert.equal(await root(page, 'theme'), 'contrast');
  assert.equal(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor'), 'rgb(0, 0, 0)');
  await page.getByRole('button', { name: '恢复默认' }).click();
  assert.deepEqual([await root(page, 'size'), await root(page, 'theme')], [null, null]);
});

test('Without scripts: nothing that needs them is shown, and the menu of a phone opens', { skip }, async () => {
  await using context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  await page.goto(served.origin + (exampleTemplates['article'] ?? ''));
  assert.equal(await page.locator('.scripted').filter({ visible: true }).count(), 0);
  await page.getByText('栏目导航').click();
  await page.locator('.menu').getByRole('link', { name: '政务服务' }).click();
  assert.equal(new URL(page.url()).pathname, '/services/');
});

test('Touch: on a phone every control outside running text is at least 44 pixels high', { skip }, async () => {
  await using context = await browser.newContext({ viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  for (const [name, path] of Object.entries(exampleTemplates)) {
    await page.goto(served.origin + path);
    const small = await page.evaluate<string[]>(`[...document.querySelectorAll('a, button, summary')]
      .filter((element) => element.checkVisibility() && getComputedStyle(element).display !== 'inline' && !element.matches('.skip, .mark, .reading'))
      .filter((element) => element.getBoundingClientRect().height < 43.5)
      .map((element) => element.className + ' ' + element.textContent.trim())`);
    assert.deepEqual(small, [], name);
  }
});

test(
  'A link that leaves the sites of the state asks once more, in a box of its own that Escape closes',
  { skip },
  async () => {
    await using context = await browser.newContext({ viewport: { width: 360, height: 780 } });
    const page = await context.newPage();
    const path = exampleTemplates['outside'] ?? '';
    await page.goto(served.origin + path);
    const link = page.getByRole('link', { name: '招聘网站' });
    await link.click();
    const box = page.getByRole('dialog', { name: '您即将离开本网站' });
    assert.ok((await box.innerText()).includes('jobs.example'));
    assert.equal(
      await box.getByRole('link', { name: '继续访问' }).getAttribute('href'),
      'https://jobs.example/linjiang?a=1&b=2',
    );
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    assert.equal(await box.count(), 0);
    assert.equal(await link.evaluate((element) => element === element.ownerDocument.activeElement), true);
    assert.equal(new URL(page.url()).pathname, path);
  },
);

test('Style guide: axe finds nothing on any component, light and dark', { skip }, async () => {
  await using guide = await serveOutputs(styleGuide());
  for (const colorScheme of ['light', 'dark'] as const) {
    await using context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme });
    const page = await context.newPage();
    await page.goto(`${guide.origin}/index.html`);
    assert.deepEqual(await violations(page), [], colorScheme);
  }
});

test('繁體版: one press away on every page, and back to the same page', { skip }, async () => {
  await using context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  const path = exampleTemplates['article'] ?? '';
  await page.goto(served.origin + path);
  await page.getByRole('link', { name: '繁體版' }).click();
  assert.equal(new URL(page.url()).pathname, `/zh-hant${path}`);
  assert.equal(await page.getByRole('link', { name: '繁體版' }).filter({ visible: true }).count(), 0);
  await page.getByRole('link', { name: '简体版' }).click();
  assert.equal(new URL(page.url()).pathname, path);
});

function root(page: Page, name: string): Promise<string | null> {
  return page.locator('html').getAttribute(`data-${name}`);
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return await page.evaluate<string[]>(`axe
    .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' at ' + target.join(' '))))`);
}
