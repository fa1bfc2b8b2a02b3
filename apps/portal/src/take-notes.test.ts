import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import type { Answer } from '@chengmen/serve';
import type { AccessRecord } from './access-record.ts';
import { clientOf } from './client-address.ts';
import { createMetrics } from './metrics.ts';
import { takeNotes, type Notes } from './take-notes.ts';

const answer: Answer = { status: 200, headers: { 'content-encoding': 'gzip' }, body: Buffer.from('page') };
const requestFor = (url: string, socket: object = { remoteAddress: '203.0.113.7' }): IncomingMessage =>
  ({ method: 'GET', url, headers: { referer: 'https://a.example/x?y' }, socket }) as unknown as IncomingMessage;

function noting(): {
  readonly notes: Notes;
  readonly logged: AccessRecord[];
  readonly counted: () => Promise<unknown>;
} {
  const logged: AccessRecord[] = [];
  const opened: { notes?: Notes } = {};
  const metrics = createMetrics({
    release: () => undefined,
    lostRecords: () => 0,
    settle: () => opened.notes?.settle(),
  });
  const log = {
    write: (record: AccessRecord) => logged.push(record),
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
    lost: () => 0,
  };
  const notes = (opened.notes = takeNotes({ client: clientOf([]), proxied: false, log, metrics }));
  const counted = async (): Promise<unknown> => {
    const all = await metrics.values();
    return all.find(({ name }) => name === 'chengmen_portal_requests_total');
  };
  return { notes, logged, counted };
}

test('takeNotes loses none and keeps their order, however many come before somebody looks', () => {
  const { notes, logged } = noting();
  const paths = Array.from({ length: 1000 }, (_, at) => `/${at}.html`);
  for (const path of paths) notes.take(requestFor(`${path}?who=me`), answer, performance.now());
  notes.settle();
  notes.settle();
  assert.deepEqual(
    logged.map(({ path }) => path),
    paths,
  );
});

test('takeNotes knows the network of a connection that is gone by the time of looking', () => {
  const { notes, logged } = noting();
  const socket: { remoteAddress?: string } = { remoteAddress: '203.0.113.7' };
  notes.take(requestFor('/', socket), answer, performance.now());
  delete socket.remoteAddress;
  notes.settle();
  assert.deepEqual([logged[0]?.client, logged[0]?.referrer], ['203.0.113.0/24', 'a.example']);
});

test('takeNotes has counted everything when the counters are asked', async () => {
  const { notes, counted } = noting();
  for (let at = 0; at < 3; at++) notes.take(requestFor('/'), answer, performance.now());
  assert.match(JSON.stringify(await counted()), /"value":3,"labels":\{"status":"2xx","coding":"gzip"\}/);
});
