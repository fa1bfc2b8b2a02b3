import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadJob } from './read-job.ts';
import { openReaders } from './readers.ts';

const words = '环湖路全线禁止机动车通行，公交十二路延长至南门码头，市民可拨打热线咨询。';
const page = (body: string): Uint8Array =>
  Buffer.from(
    `<html><head><title>荷花节通告</title></head><body><div>当前位置：首页 &gt; 通知公告 &gt; 正文</div><h1>荷花节通告</h1><div>发布日期：2026-06-01 来源：市交通局</div>${body}</body></html>`,
  );
const job = (name: string, body: string): ReadJob => ({
  name,
  bytes: page(body),
  address: `/a/${name}`,
  decisions: undefined,
  channels: { otherwise: 'restored', rules: [{ breadcrumb: '通知公告', channel: 'notices' }] },
  references: { '/a/2.html': 'item:two' },
});

test('openReaders reads on a thread what it reads without one', async () => {
  const given = job('1.html', `<p>${words}</p><p>${words}另见<a href="2.html">路线图</a>。</p>`);
  const now = await openReaders().read(given);
  const readers = openReaders();
  await readers.ahead(given);
  assert.deepEqual(await readers.read(given), now);
  assert.equal(now.fields.channel, 'notices');
  assert.equal(now.linked, 1);
  assert.match(now.fields.body, /href="item:two"/);
});

test('openReaders throws for a page that was read ahead what it throws without', async () => {
  const readers = openReaders();
  const empty = job('empty.html', '');
  await readers.ahead({ ...empty, bytes: new Uint8Array() });
  await assert.rejects(readers.read({ ...empty, bytes: new Uint8Array() }), { code: 'nothing-to-take-in' });
});
