/**
 * `npm run shots [-- --url http://127.0.0.1:8080] [--only NAME,…] [--looks LOOK,…] [--to FOLDER]`: pictures of every template
 * at 360, 768 and 1440 pixels, dark, in high contrast, in forced colours, at twice the size and as printed, and axe on most of
 * them. Without `--url` it shows the theme's two example cities; names of the second begin with `second-`.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
} from '@chengmen/theme/testing';
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from './support/find-browser.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    only: { type: 'string' },
    looks: { type: 'string' },
    to: { type: 'string', default: 'shots' },
    axe: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

interface Look {
  readonly name: string;
  readonly width: number;
  readonly theme?: string;
  readonly size?: string;
  readonly dark?: boolean;
  readonly forced?: boolean;
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
  { name: 'forced', width: 1440, forced: true },
  { name: 'huge-360', width: 360, size: 'huge' },
  { name: 'twice', width: 1280, size: 'twice' },
  { name: 'print', width: 794, media: 'print' },
];

const found = await findBrowser();
if (!('path' in found)) {
  console.error(`no browser: ${found.reason}`);
  process.exit(2);
}
const theme = createTheme();
const chosen = <T extends string>(list: string | undefined, name: T): boolean =>
  list === undefined || list.split(',').includes(name);
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
mkdirSync(values.to, { recursive: true });
let problems = 0;
if (values.url !== undefined) await shootAll(values.url, exampleTemplates);
else {
  await using first = await serveOutputs(renderAll(theme, exampleCity(), exampleItems));
  await shootAll(first.origin, exampleTemplates);
  await using second = await serveOutputs(renderAll(theme, secondCity(), secondItems));
  await shootAll(
    second.origin,
    Object.fromEntries(Object.entries(secondTemplates).map(([name, path]) => [`second-${name}`, path])),
  );
}
await browser.close();
console.log(problems === 0 ? 'no problems' : `${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;

async function shootAll(origin: string, templates: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, path] of Object.entries(templates))
    for (const look of looks)
      if (chosen(values.only, name) && chosen(values.looks, look.name))
        problems += await shoot(name, origin + path, look);
}

/** One picture, and what is wrong on the page in that look: broken policy, sideways scrolling, axe's findings. */
async function shoot(name: string, address: string, look: Look): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 900 },
    colorScheme: look.dark === true ? 'dark' : 'light',
    forcedColors: look.forced === true ? 'active' : 'none',
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
  await page.goto(address, { waitUntil: 'load' });
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
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return await page.evaluate<string[]>(`axe
    .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => 'axe ' + id + ' at ' + target.join(' ') + ': ' + failureSummary)))`);
}
