/**
 * `npm run shots [-- --url http://127.0.0.1:8080] [--only NAME] [--to FOLDER]`: pictures of every template at 360, 768 and
 * 1440 pixels, dark, in high contrast and as printed, and axe on each of them. Without `--url` it shows the theme's example city.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTheme } from '@chengmen/theme';
import { exampleCity, exampleItems, renderAll } from '@chengmen/theme/testing';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findBrowser } from './support/find-browser.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    only: { type: 'string' },
    to: { type: 'string', default: 'shots' },
    axe: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

/** What the portal sends, so that a template that would break there breaks here. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

const templates: Readonly<Record<string, string>> = {
  home: '/',
  landing: '/news/',
  list: '/news/headlines/',
  month: '/news/headlines/2026-11.html',
  pictures: '/news/pictures/',
  policies: '/disclosure/policies/',
  projects: '/disclosure/projects/',
  services: '/services/',
  letters: '/interaction/letters/',
  datasets: '/opendata/',
  people: '/about/leaders/',
  departments: '/about/departments/',
  article: pathOf('rich'),
  mended: pathOf('restored-1'),
  policy: pathOf('policy-3'),
  interpretation: pathOf('interpretation-1'),
  service: pathOf('service-1'),
  letter: pathOf('letter-1'),
  dataset: pathOf('dataset-population'),
  bars: pathOf('dataset-districts'),
  leader: pathOf('leader-1'),
  department: pathOf('dept-office'),
  project: pathOf('project-bridge'),
  hostile: pathOf('hostile'),
  gone: pathOf('withdrawn-1'),
  missing: '/404.html',
  map: '/sitemap.html',
  accessibility: '/accessibility.html',
  contact: '/contact.html',
  correction: '/correction.html',
  visits: '/visits.html',
};

interface Look {
  readonly name: string;
  readonly width: number;
  readonly theme?: string;
  readonly size?: string;
  readonly dark?: boolean;
  readonly media?: 'print';
  readonly axe?: boolean;
}

const looks: readonly Look[] = [
  { name: '360', width: 360, axe: true },
  { name: '768', width: 768 },
  { name: '1440', width: 1440, axe: true },
  { name: 'dark', width: 1440, dark: true, axe: true },
  { name: 'dark-360', width: 360, dark: true },
  { name: 'contrast', width: 1440, theme: 'contrast', axe: true },
  { name: 'huge-360', width: 360, size: 'huge' },
  { name: 'print', width: 794, media: 'print' },
];

const found = await findBrowser();
if (!('path' in found)) {
  console.error(`no browser: ${found.reason}`);
  process.exit(2);
}
const server = values.url === undefined ? await serveExample() : undefined;
const origin = values.url ?? server?.origin ?? '';
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
mkdirSync(values.to, { recursive: true });
let problems = 0;
for (const [name, path] of Object.entries(templates)) {
  if (values.only !== undefined && !values.only.split(',').includes(name)) continue;
  for (const look of looks) problems += await shoot(browser, name, path, look);
}
await browser.close();
server?.close();
console.log(problems === 0 ? 'no problems' : `${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;

function pathOf(id: string): string {
  return exampleItems.find((item) => item.id === id)?.path ?? '/404.html';
}

async function serveExample(): Promise<{ origin: string; close: () => void }> {
  const outputs = renderAll(createTheme(), exampleCity(), exampleItems);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://example').pathname;
    const output = outputs.get(path) ?? outputs.get('/404.html');
    response.writeHead(output?.status ?? 404, {
      'content-type': output?.type ?? 'text/plain',
      'content-security-policy': policy,
      ...(output?.location === undefined ? {} : { location: output.location }),
    });
    response.end(output?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** One picture, and what is wrong on the page in that look: broken policy, sideways scrolling, axe's findings. */
async function shoot(browser: Browser, name: string, path: string, look: Look): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 900 },
    colorScheme: look.dark === true ? 'dark' : 'light',
    bypassCSP: false,
    reducedMotion: 'reduce',
  });
  const choices = { theme: look.theme ?? '', size: look.size ?? '' };
  await context.addInitScript((chosen) => {
    for (const [key, value] of Object.entries(chosen)) if (value !== '') localStorage.setItem(`view-${key}`, value);
  }, choices);
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4(04|10)/.test(message.text())) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(origin + path, { waitUntil: 'load' });
  if (look.media) await page.emulateMedia({ media: look.media });
  // Pictures below the fold come only when they are looked at.
  await page.evaluate("document.querySelectorAll('img').forEach((img) => (img.loading = 'eager'))");
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(values.to, `${name}-${look.name}.png`), fullPage: true });
  said.push(...(await sideways(page)));
  if (values.axe && look.axe === true) said.push(...(await axe(page)));
  await context.close();
  for (const line of said) console.log(`${name} ${look.name}: ${line}`);
  return said.length;
}

async function sideways(page: Page): Promise<string[]> {
  const over = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return over > 0 ? [`the page scrolls sideways by ${over} px`] : [];
}

async function axe(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (
          options: object,
        ) => Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `axe ${id} at ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}
