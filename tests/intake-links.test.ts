/** Pages of an old site that point at one another, at pictures and at files, taken in together. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { liveItems } from '@chengmen/content';
import { createCity } from '@chengmen/press';
import { itemHistory } from '@chengmen/revision';
import { createTheme } from '@chengmen/theme';
import { siteId, type BackOffice } from 'chengmen';
import { createOffice } from '../apps/chengmen/src/create-office.ts';
import { runIntake, type IntakeEntry, type IntakeReport } from '../apps/chengmen/src/intake/run-intake.ts';
import { passReviews } from '../apps/chengmen/src/pass-reviews.ts';
import { openFoundedCity, people } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const [data, old] = [temporaryFolder(), temporaryFolder()];
let city: BackOffice;
let first: IntakeReport;
let taken: unknown[];
before(async () => {
  city = await openFoundedCity(data.path);
});
after(async () => {
  await city.close();
  data.remove();
  old.remove();
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const page = (title: string, body: string): string =>
  `<html><head><meta charset="utf-8"><title>${title}</title></head><body><div class="nav"><a href="/news/index.html">新闻</a></div><h1>${title}</h1><p>发布日期：2019-03-05　来源：市水务局</p><div>${body}</div></body></html>`;
const words = (about: string): string =>
  `<p>${about}将于周末进行，请沿线居民提前做好安排，恢复时间另行通知，咨询电话见市水务局网站公布的各营业厅号码。</p>`;

function put(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(old.path, name)), { recursive: true });
    writeFileSync(join(old.path, name), content);
  }
}

async function takeIn(operand: string): Promise<{ report: IntakeReport; entries: IntakeEntry[] }> {
  const entries: IntakeEntry[] = [];
  const report = await runIntake({
    office: createOffice(city, () => city.startPress()),
    operands: [operand],
    mapping: undefined,
    channel: undefined,
    decisions: [],
    each: (entry) => void entries.push(entry),
    progress: () => undefined,
  });
  return { report, entries };
}

const itemOf = (entries: readonly IntakeEntry[], end: string): string =>
  entries.find(({ file }) => file.endsWith(end))?.item ?? assert.fail(end);

async function bodyOf(item: string): Promise<string> {
  const [newest] = await itemHistory(city.ledger.db, siteId, item);
  return (newest?.fields as { body: string } | undefined)?.body ?? assert.fail(item);
}

test('intake leads links on to pages that come later, to known words, and lets go of those to pages that were refused', async () => {
  put({
    'site/news/a.html': page(
      '检修通知',
      `${words('城北水厂检修')}<p><a href="b.html">水价公示</a>、<a href="/news/print/b.html">水价打印版</a>、<a href="../news/empty.html">空页</a>、<a href="http://www.example.org/x">别处</a></p><p><img src="../images/site.png" alt="厂区"></p><p>附件：<a href="/files/%E5%88%86%E5%B8%83.pdf">分布图.pdf</a>、<a href="/files/lost.doc">名单.doc</a></p>`,
    ),
    'site/news/b.html': page('水价公示', `${words('水价调整')}<p>见<a href="/news/a.html">检修通知</a>。</p>`),
    'site/news/print/b.html': page(
      '水价公示',
      `${words('水价调整')}<p>见<a href="/news/a.html">检修通知</a>。</p>`,
    ).replace('class="nav"', 'class="print"'),
    'site/news/empty.html': '<html><body></body></html>',
    'site/images/site.png': png,
    'site/files/分布.pdf': pdf,
    'site/files/lost.doc': 'not a document',
  });
  const { report, entries } = await takeIn(join(old.path, 'site'));
  first = report;
  taken = entries.map(({ item, title, counts }) => [item, title, counts]);
  assert.deepEqual(
    [report.taken, report.duplicates, report.refused, report.files, report.filesRefused],
    [2, 1, 1, 2, 1],
  );
  const [a, b] = [itemOf(entries, '/a.html'), itemOf(entries, 'news/b.html')];
  const body = await bodyOf(a);
  assert.ok(body.includes(`<a href="item:${b}">水价公示</a>、<a href="item:${b}">水价打印版</a>、空页、`), body);
  assert.match(body, /<a href="http:\/\/www\.example\.org\/x">别处<\/a>/);
  assert.match(body, /<img src="media:file-[0-9a-f]{12}" alt="厂区">/);
  assert.match(body, /附件：<a href="media:file-[0-9a-f]{12}">分布图\.pdf<\/a>、名单\.doc/);
  assert.ok((await bodyOf(b)).includes(`<a href="item:${a}">检修通知</a>`));
});

test('intake takes a page in whose links no file can have as a name, and the pages after it', async () => {
  const odd = temporaryFolder();
  const links = `<a href="a%00.pdf">一</a><a href="${'长'.repeat(100)}.pdf">二</a>`;
  writeFileSync(join(odd.path, 'a.html'), page('关于河道清淤的通知', words('清淤') + links));
  writeFileSync(join(odd.path, 'b.html'), page('关于路灯检修的通知', words('检修')));
  const { report, entries } = await takeIn(odd.path);
  assert.deepEqual(
    entries.map(({ outcome }) => outcome),
    ['taken', 'taken'],
    JSON.stringify(report),
  );
  odd.remove();
});

test('intake, run again, changes nothing and ends the same', async () => {
  const before = await city.ledger.db
    .selectFrom('event')
    .select(({ fn }) => fn.countAll().as('count'))
    .execute();
  const { report, entries } = await takeIn(join(old.path, 'site'));
  assert.deepEqual([report.linked, report.redirects], [first.linked, first.redirects]);
  assert.deepEqual(
    entries.map(({ item, title, counts }) => [item, title, counts]),
    taken,
  );
  const after = await city.ledger.db
    .selectFrom('event')
    .select(({ fn }) => fn.countAll().as('count'))
    .execute();
  assert.deepEqual([report.taken, report.again, report.duplicates, report.files, report.relinked], [0, 2, 1, 0, 0]);
  assert.deepEqual(after, before);
});

test('intake, cut off between a page and its file, takes the file in when run again', async () => {
  put({
    'cut/x.html': page('闸门检修', `${words('闸门检修')}<p><img src="p.png" alt="闸门"></p>`),
    'cut/p.png': Buffer.concat([png, Buffer.from('9')]),
  });
  const office = createOffice(city, () => city.startPress());
  const run = (takeInFile: typeof office.takeInFile): Promise<IntakeReport> =>
    runIntake({
      office: { ...office, takeInFile },
      operands: [join(old.path, 'cut')],
      mapping: undefined,
      channel: undefined,
      decisions: [],
      each: () => undefined,
      progress: () => undefined,
    });
  await assert.rejects(run(() => Promise.reject(Object.assign(new Error('cut off'), { code: 'ECONNRESET' }))));
  const report = await run((file) => office.takeInFile(file));
  assert.deepEqual([report.again, report.files], [1, 1]);
});

test('intake takes pictures and links of a web archive in, and links to what an earlier run took in', async () => {
  const record = (address: string, type: string, content: string | Uint8Array): Buffer => {
    const http = Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(content)}\r\n\r\n`),
      Buffer.from(content as string),
    ]);
    return gzipSync(
      Buffer.concat([
        Buffer.from(
          `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: ${address}\r\nWARC-Date: 2019-03-05T01:20:00Z\r\nWARC-Record-ID: <urn:uuid:${crypto.randomUUID()}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: ${http.length}\r\n\r\n`,
        ),
        http,
        Buffer.from('\r\n\r\n'),
      ]),
    );
  };
  const host = 'http://water.example.gov.cn';
  put({
    'one.warc.gz': record(`${host}/art/2019/one.html`, 'text/html', page('管网改造', words('管网改造'))),
    'two.warc.gz': Buffer.concat([
      record(
        `${host}/art/2019/two.html`,
        'text/html; charset=utf-8',
        page(
          '管网验收',
          `${words('管网验收')}<p><a href="one.html">管网改造</a> <a href="show.php?id=3&amp;p=1">通水</a> <img src="/upload/3.png" alt="图"></p>`,
        ),
      ),
      record(`${host}/upload/3.png`, 'image/png', Buffer.concat([png, Buffer.from('3')])),
      record(`${host}/art/2019/show.php?id=3&p=1`, 'text/html', page('正式通水', words('正式通水'))),
    ]),
  });
  const one = await takeIn(join(old.path, 'one.warc.gz'));
  const { report, entries } = await takeIn(join(old.path, 'two.warc.gz'));
  assert.deepEqual([report.taken, report.files, report.linked], [2, 1, 3]);
  const body = await bodyOf(itemOf(entries, '#1'));
  assert.ok(body.includes(`href="item:${itemOf(one.entries, '#1')}"`), body);
  assert.ok(body.includes(`href="item:${itemOf(entries, '#3')}"`), body);
  assert.match(body, /<img src="media:file-/);
});

test('links of taken-in pages resolve on the portal once both pages are approved', async () => {
  const { entries } = await takeIn(join(old.path, 'site'));
  const [a, b] = [itemOf(entries, '/a.html'), itemOf(entries, 'news/b.html')];
  const rows = await city.ledger.db
    .withTables<{ item: { site: string; id: string; kind: string } }>()
    .selectFrom('item')
    .select('id')
    .where('kind', '=', 'media')
    .execute();
  const passed = { ...people, writer: { ...people.writer, account: 'system-intake' } };
  for (const { id } of rows) if (id.startsWith('file-')) await passReviews(city, id, passed);
  for (const item of [a, b]) await passReviews(city, item, passed);
  const theme = createTheme();
  const source = createCity({
    items: await liveItems(city.ledger.db, siteId),
    bytes: (hash) => city.media.getSync(hash),
  });
  const outputs = theme.targetsOf(`item:${a}`, source).flatMap((target) => theme.render(target, source));
  const html = String(outputs.find(({ path }) => path.endsWith(`/${a}.html`))?.body);
  assert.match(html, new RegExp(`<a href="/news/restored/2019/03/05/${b}\\.html">水价公示</a>`));
  assert.match(html, /<img\s+src="\/media\/file-[0-9a-f]{12}\/[0-9a-f]{16}\.png"\s+alt="厂区"/);
  assert.match(html, /<a[^>]* href="\/files\/file-[0-9a-f]{12}\/[0-9a-f]{16}\.pdf"[^>]*>分布图\.pdf/);
  assert.ok(outputs.some(({ path, status }) => path === '/news/a.html' && status === 301));
});
