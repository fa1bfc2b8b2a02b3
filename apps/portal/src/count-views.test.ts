import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createAccessLog } from './access-log.ts';
import type { AccessRecord } from './access-record.ts';
import { countView, recomputeViews, type Views } from './count-views.ts';

const view: AccessRecord = {
  ...{ time: Date.UTC(2026, 10, 24, 4), client: '', method: 'GET', path: '/a.html', status: 200, bytes: 1, ms: 1 },
  ...{ coding: '', referrer: '', agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/140.0' },
};

test('countView counts pages shown by day and path, and those who say they are programs apart', () => {
  const views: Views = new Map();
  const robots = ['Mozilla/5.0 (compatible; Baiduspider/2.0)', 'bingbot/2.0', 'curl/8.5.0', 'python-requests/2', ''];
  const records: Partial<AccessRecord>[] = [
    {},
    { status: 304 },
    { path: '/c1/' },
    { time: view.time + 12 * 3600_000 },
    ...robots.map((agent) => ({ agent })),
    { method: 'HEAD' },
    { status: 404 },
    { status: 301 },
    { status: 206 },
    { path: '/assets/a.css' },
  ];
  for (const one of records) countView(views, { ...view, ...one });
  const asText = [...views].map(([day, { people, robots: machines }]) => [day, [...people], [...machines]]);
  assert.deepEqual(asText, [
    [
      '2026-11-24',
      [
        ['/a.html', 2],
        ['/c1/', 1],
      ],
      [['/a.html', 5]],
    ],
    ['2026-11-25', [['/a.html', 1]], []],
  ]);
});

test('recomputeViews finds in the files of all processes what was counted live', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengmen-views-'));
  const live: Views = new Map();
  const logs = ['', '.2'].map((suffix) => createAccessLog({ folder, suffix, alarm: assert.fail, period: 2 ** 30 }));
  for (let at = 0; at < 3000; at++) {
    const record: AccessRecord = {
      ...view,
      time: view.time + at * 60_000,
      path: `/${(at * 7) % 11}${at % 3 ? '.html' : '\u2028\u0085"\\/'}`,
      status: at % 5 ? 200 : 404,
      agent: at % 4 ? view.agent : 'Sogou web spider/4.0\n{"forged":1}',
    };
    logs[at % 2]?.write(record);
    countView(live, record);
  }
  await Promise.all(logs.map((log) => log.close()));
  appendFileSync(join(folder, 'access-2026-11-24.jsonl'), '{"half');
  appendFileSync(join(folder, 'other.jsonl'), 'not ours');
  const { views, unreadable } = await recomputeViews(folder);
  const sorted = (all: Views): unknown =>
    [...all].sort().map(([day, { people, robots }]) => [day, [...people].sort(), [...robots].sort()]);
  assert.ok(live.size > 1);
  assert.deepEqual(sorted(views), sorted(live));
  assert.equal(unreadable, 1);
  rmSync(folder, { recursive: true });
});
