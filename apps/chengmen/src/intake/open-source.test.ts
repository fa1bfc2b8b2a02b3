import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import writeWorkbook from 'write-excel-file/node';
import { ChengmenError } from '@chengmen/model';
import { readPage } from '@chengmen/intake';
import { readMapping, type Mapping } from './mapping.ts';
import { openSource } from './open-source.ts';
import type { SourceEntry } from './source-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-source-'));
after(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
};

async function all(operand: string, mapping?: Mapping): Promise<SourceEntry[]> {
  const entries: SourceEntry[] = [];
  for await (const entry of openSource(operand, mapping)) entries.push(entry);
  return entries;
}

/** The fields an entry would be taken in with. */
function fields(entry: SourceEntry | undefined) {
  if (entry === undefined || 'fault' in entry) return assert.fail('no page');
  const { fields: found } = readPage({ name: entry.name, bytes: entry.bytes, channel: 'restored' });
  return found as { title: string; date: string; source: string; body: string };
}

const mapping: Mapping = {
  columns: { title: '标题', body: '正文', date: '发布时间', source: '来源', address: '网址' },
  constants: { source: '临江市人民政府' },
};
const body = '<p>城北水厂将于周末检修，请居民提前储水，恢复时间另行通知。</p>';
const quoted = body.replaceAll('"', '""');
const csv = `标题,发布时间,来源,正文,网址\r\n关于城北水厂检修的通知,2019-03-05 09:20,市水务局,"${quoted}",http://old.example.gov.cn/art/2019/3/5/art_1.html\r\n没有正文,2019-03-06,,,\r\n关于绿道巡查的通知,2019-03-07,,"${quoted}",\r\n`;

/** Text to GBK by the runtime's decoder, for fixtures. */
function gbk(text: string): Uint8Array {
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, number>();
  for (let pair = 0x8140; pair <= 0xfefe; pair++) {
    const char = decoder.decode(Uint8Array.of(pair >> 8, pair & 0xff));
    if (char.length === 1 && !table.has(char)) table.set(char, pair);
  }
  return Uint8Array.from(
    [...text].flatMap((char) => {
      const pair = table.get(char) ?? 0x3f;
      return char < '\u0080' ? [char.charCodeAt(0)] : [pair >> 8, pair & 0xff];
    }),
  );
}

describe('openSource', () => {
  test('openSource reads a folder in order, with the paths its pages stood at', async () => {
    put('site/news/b.html', '<p>乙</p>');
    put('site/a.htm', '<p>甲</p>');
    put('site/logo.png', Uint8Array.of(1, 2, 3));
    const entries = await all(join(folder, 'site'));
    assert.deepEqual(
      entries.map((entry) => ('address' in entry ? entry.address : '')),
      ['/a.htm', '/news/b.html'],
    );
  });

  test('openSource reads a table in GBK as Excel writes it, and tells a row it cannot use', async () => {
    const entries = await all(put('old.csv', gbk(csv)), mapping);
    assert.equal(entries.length, 3);
    const first = fields(entries[0]);
    assert.deepEqual(
      [first.title, first.date, first.source],
      ['关于城北水厂检修的通知', '2019-03-05 09:20', '市水务局'],
    );
    assert.match(first.body, /提前储水/);
    const [, broken] = entries;
    assert.ok(broken !== undefined && 'fault' in broken && /正文/.test(broken.fault.message));
    assert.equal(fields(entries[2]).source, '临江市人民政府');
  });

  test('openSource reads a workbook, its dates as civil time', async () => {
    const file = join(folder, 'old.xlsx');
    const head = ['标题', '发布时间', '正文'].map((value) => ({ value }));
    const row = [
      { value: '关于码头开放的通知' },
      { value: new Date('2019-03-05T09:20:00Z'), format: 'yyyy-mm-dd hh:mm' },
      { value: body },
    ];
    await writeWorkbook([head, row]).toFile(file);
    const [entry] = await all(file, mapping);
    assert.deepEqual([fields(entry).title, fields(entry).date], ['关于码头开放的通知', '2019-03-05 09:20']);
  });

  test('openSource reads JSON lines and passes over a line that is none', async () => {
    const lines = [JSON.stringify({ 标题: '关于市场整治的通知', 正文: body, 发布时间: '2019-03-05' }), '{broken'];
    const entries = await all(put('old.jsonl', lines.join('\n')), mapping);
    assert.equal(fields(entries[0]).title, '关于市场整治的通知');
    assert.ok(entries[1] !== undefined && 'fault' in entries[1]);
  });

  test('openSource reads RSS and Atom, content before summary', async () => {
    const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>市水务局</title><link>http://old.example.gov.cn/</link><description>x</description><item><title>关于检修的通知</title><link>http://old.example.gov.cn/a/1.html</link><pubDate>Tue, 05 Mar 2019 01:20:00 GMT</pubDate><description>摘要</description><content:encoded><![CDATA[${body}]]></content:encoded></item></channel></rss>`;
    const [entry] = await all(put('feed.rss', rss));
    const { title, date, source, body: found } = fields(entry);
    assert.deepEqual([title, date, source], ['关于检修的通知', '2019-03-05 09:20', '市水务局']);
    assert.match(found, /提前储水/);
    const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>市水务局</title><id>x</id><updated>2019-03-05T01:20:00Z</updated><entry><title>关于验收的通知</title><id>1</id><link href="http://old.example.gov.cn/a/2.html"/><published>2019-03-05T01:20:00Z</published><updated>2019-03-05T01:20:00Z</updated><content type="html">${body.replaceAll('<', '&lt;')}</content></entry></feed>`;
    const [second] = await all(put('feed.atom', atom));
    assert.deepEqual([fields(second).title, fields(second).date], ['关于验收的通知', '2019-03-05 09:20']);
  });

  test('openSource reads the pages of a web archive, compressed or not, and nothing else of it', async () => {
    const record = (type: string, address: string, head: string, content: string | Buffer): Buffer => {
      const http = Buffer.concat([Buffer.from(`HTTP/1.1 ${head}\r\n\r\n`), Buffer.from(content)]);
      return Buffer.concat([
        Buffer.from(
          `WARC/1.0\r\nWARC-Type: ${type}\r\nWARC-Target-URI: ${address}\r\nWARC-Date: 2019-03-05T01:20:00Z\r\nWARC-Record-ID: <urn:uuid:${crypto.randomUUID()}>\r\nContent-Type: application/http; msgtype=${type}\r\nContent-Length: ${http.length}\r\n\r\n`,
        ),
        http,
        Buffer.from('\r\n\r\n'),
      ]);
    };
    const page = `<html><body><h1>关于桥梁验收的通知</h1><p>发布日期：2019-03-05 来源：市建设局</p><div>${body}</div></body></html>`;
    const records = [
      record(
        'response',
        'http://old.example.gov.cn/a/1.html',
        '200 OK\r\nContent-Type: text/html; charset=utf-8',
        page,
      ),
      record('response', 'http://old.example.gov.cn/b.png', '200 OK\r\nContent-Type: image/png', 'PNG'),
      record('response', 'http://old.example.gov.cn/c.html', '404 Not Found\r\nContent-Type: text/html', '<p>没有</p>'),
      record('request', 'http://old.example.gov.cn/a/1.html', 'GET', ''),
      record(
        'response',
        'http://old.example.gov.cn/bomb.html',
        '200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip',
        gzipSync(Buffer.alloc(5 * 1024 * 1024, 97)),
      ),
    ];
    const plain = put('old.warc', Buffer.concat(records));
    const packed = put('old.warc.gz', Buffer.concat(records.map((one) => gzipSync(one))));
    for (const file of [plain, packed]) {
      const entries = await all(file);
      assert.equal(entries.length, 2, file);
      assert.ok('fault' in (entries[1] ?? {}), 'what unpacks to more than a page can be is told');
      assert.equal(
        'address' in (entries[0] ?? {}) && (entries[0] as { address?: string }).address,
        'http://old.example.gov.cn/a/1.html',
      );
      assert.equal(fields(entries[0]).title, '关于桥梁验收的通知');
    }
  });

  test('openSource refuses a table without a mapping, and a source that is not there', async () => {
    await assert.rejects(
      all(put('bare.csv', csv)),
      (error) => error instanceof ChengmenError && error.code === 'mapping-missing',
    );
    await assert.rejects(
      all(join(folder, 'nothing.html')),
      (error) => error instanceof ChengmenError && error.code === 'file-unreadable',
    );
  });

  test('readMapping says where a mapping is wrong', () => {
    const file = put('mapping.json', JSON.stringify({ columns: { title: '标题' }, colour: 1 }));
    assert.throws(() => readMapping(file), /columns\.body|colour/);
    assert.throws(
      () => readMapping(put('broken.json', '{')),
      (error) => error instanceof ChengmenError && error.code === 'mapping-invalid',
    );
  });
});
