/**
 * `npm run guide:desk [-- --to FOLDER]`: the pictures of the editors' guide, taken of the demonstration city as an editor and its
 * reviewers work in it. Each is named by its chapter in docs/editors-guide.md.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import sharp from 'sharp';
import { simulate } from '@chengmen/mend';
import { damagedPage } from '../apps/chengmen/src/demo/damaged-page/make-damaged-page.ts';
import { paste } from '../tests/support/paste.ts';
import { signIn } from '../tests/support/sign-in.ts';
import { freePorts, startCity, temporaryFolder, type City } from '../tests/support/start-city.ts';
import { wordFile } from '../tests/support/word-file.ts';
import { findBrowser } from './support/find-browser.ts';
import { root } from './rooms.ts';

/** As Word puts a fragment on the clipboard. */
const pasted = `<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:16pt;font-family:方正小标宋简体;color:red'>供暖工作部署会召开</span></b></p>
<p class=MsoNormal><span style='font-family:仿宋_GB2312'>　　11月18日，全市冬季供暖工作部署会在市民中心召开。会议要求，确保12月1日前所有换热站投入运行，咨询请致电13912345678。</span></p>
<p class=MsoNormal><u>各县区要逐户排查。</u></p>
<table border=1><tr><td>县区</td><td>换热站</td></tr><tr><td>江北区</td><td>41</td></tr></table>`;
const mended =
  '<p>11月18日，全市冬季供暖工作部署会在市民中心召开。会议要求，确保12月1日前所有换热站投入运行。</p><p>各县区要逐户排查，发现问题当日处置。</p>';

const { values } = parseArgs({ options: { to: { type: 'string', default: join(root, 'docs', 'editors-guide') } } });
const found = await findBrowser();
if (!('path' in found)) {
  console.error(`no browser: ${found.reason}`);
  process.exit(2);
}
mkdirSync(values.to, { recursive: true });
const folder = temporaryFolder();
const city = await startCity({ data: folder.path, ports: await freePorts() });
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
try {
  await tour(city, browser);
} finally {
  await browser.close();
  await city.stop();
  folder.remove();
}

/** One article from the first word to the public, and what stands round it. */
async function tour(city: City, browser: Browser): Promise<void> {
  const title = '临江市做好冬季供暖保障工作';
  const writer = await open(browser);
  await writer.goto(city.desk);
  await take('sign-in', writer);
  await signIn(writer, city, 'caibian');
  await take('inbox-of-a-writer', writer);
  await writer.goto(`${city.desk}/items/new`);
  await writer.locator('.body[contenteditable=true]').waitFor();
  await writer.getByLabel('标题').fill(title);
  await writer.getByLabel(/栏目/).first().selectOption('headlines');
  await writer.getByLabel('来源').fill('临江市住房和城乡建设局');
  await writer.locator('.body').click();
  await paste(writer, pasted);
  await writer.locator('.losses').first().waitFor();
  await take('writing', writer);
  await take('losses', writer, writer.locator('.losses').first());
  await writer.keyboard.press('Control+Alt+o');
  await writer
    .getByLabel('从本机上传')
    .setInputFiles({ name: '通知.docx', mimeType: 'application/octet-stream', buffer: wordFile() });
  await take('import', writer, writer.locator('dialog'));
  await writer.getByRole('button', { name: /取消/ }).click();
  await writer.getByRole('button', { name: '保存草稿' }).click();
  await writer.locator('#writing-notices .notice', { hasText: '已存为修订' }).waitFor();
  const item = await writer.locator('input[name=item]').inputValue();
  await writer.goto(`${city.desk}/items/${item}`);
  await take('checks', writer, writer.locator('#checks'));
  await writer.goto(`${city.desk}/items/${item}/edit`);
  await writer.locator('.body[contenteditable=true]').waitFor();
  await writer.locator('.body').press('Control+A');
  await writer.keyboard.press('Delete');
  await writer.locator('.body').click();
  await paste(writer, mended);
  await writer.getByRole('button', { name: '保存并送审' }).click();
  await writer.waitForURL(/\/items\/[a-z0-9]+(?:\?.*)?$/);
  await take('submitted', writer);
  await writer.goto(`${city.desk}/items?words=${encodeURIComponent('供暖')}`);
  await take('items', writer);
  await writer.goto(`${city.desk}/intake/new`);
  await writer.getByLabel(/文件（可多选/).setInputFiles(oldPages());
  await writer.getByRole('button', { name: '上传并读入' }).click();
  await writer.waitForURL(/\/intake\?run=/);
  await take('intake', writer);
  await writer.locator('table.intake tr', { hasText: '留有缺字' }).getByRole('link').first().click();
  await writer.getByRole('link', { name: /要人定的/ }).click();
  await writer.locator('.place').nth(1).scrollIntoViewIfNeeded();
  await writer.locator('.places').evaluate((list) => {
    list.scrollIntoView({ block: 'center' });
  });
  await take('intake-report', writer);
  const reviewer = await open(browser);
  await signIn(reviewer, city, 'chushen', () => take('second-factor', reviewer));
  await take('inbox-of-a-reviewer', reviewer);
  await reviewer.goto(`${city.desk}/items/${item}`);
  await reviewer.getByRole('link', { name: /预览/ }).first().click();
  await reviewer.waitForLoadState('networkidle');
  await take('preview', reviewer);
  await reviewer.goto(`${city.desk}/items/${item}`);
  await reviewer.locator('a[href*="/difference"]').first().click();
  await take('difference', reviewer);
  await reviewer.goto(`${city.desk}/items/${item}`);
  await take('review', reviewer);
  const channels = await open(browser);
  await signIn(channels, city, 'lanmu');
  await channels.goto(`${city.desk}/channels`);
  await take('channels', channels);
}

/** Three pages of an old site: hurt and hijacked, sound, and one that is none. */
function oldPages(): { name: string; mimeType: string; buffer: Buffer }[] {
  const { truth, injected } = damagedPage();
  const sound = truth.replaceAll('陆知远', '何采').replaceAll('青渡', '江北');
  const file = (name: string, bytes: string | Uint8Array) => ({
    ...{ name, mimeType: 'text/html' },
    buffer: Buffer.from(bytes),
  });
  return [
    file('调研.html', simulate(new TextEncoder().encode(truth.replaceAll('青渡区', '江北区')), { inject: injected })),
    file('完好的一页.html', sound),
    file('目录.html', '<ul><li><a href="a.html">一</a></li></ul>'),
  ];
}

async function open(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

/** WebP, so that the repository does not grow by megabytes. */
async function take(name: string, page: Page, of?: Locator): Promise<void> {
  const png = await (of ?? page).screenshot({ animations: 'disabled' });
  await sharp(png)
    .webp({ quality: 78, effort: 6 })
    .toFile(join(values.to, `${name}.webp`));
  console.log(name);
}
