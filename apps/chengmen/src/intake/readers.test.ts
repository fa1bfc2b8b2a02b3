import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damagedPage } from '../demo/damaged-page/make-damaged-page.ts';
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

test('openReaders: a look shows what is decided and where links lead now, as reading does, and remembers neither', async () => {
  const readers = openReaders();
  const given: ReadJob = { ...job('a.html', ''), bytes: damagedPage().bytes, address: undefined, references: {} };
  const { shown, ...first } = await readers.look(given);
  assert.deepEqual(first, await readers.read(given));
  assert.ok(shown?.replays);
  const { at, length } = shown.places.find((one) => one.accepted !== undefined) ?? assert.fail('nothing accepted');
  const decided = { choices: [{ at, length, text: null }], fills: [], record: [] };
  const acceptedIn = async (one: ReadJob): Promise<number | undefined> =>
    (await readers.look(one)).shown?.places.find((place) => place.at === at && place.length === length)?.accepted;
  assert.equal(await acceptedIn({ ...given, decided }), undefined);
  assert.notEqual(await acceptedIn(given), undefined, 'taken back');
  await assert.rejects(
    readers.look({ ...given, decided: { ...decided, choices: [{ at: 1, length: 1, text: '字' }] } }),
    {
      code: 'decisions-invalid',
    },
  );

  const linking = job('1.html', `<p>${words}另见<a href="2.html">路线图</a>。</p>`);
  assert.equal((await readers.look({ ...linking, references: {} })).shown?.removed.length, 1);
  assert.deepEqual((await readers.look(linking)).shown?.removed, []);
  await readers.close();
});
