import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListedPage } from '@chengmen/content';
import { intakeCsv } from './intake-csv.ts';

const page: ListedPage = {
  ...{ run: 1, number: 1, name: 'a.html', address: '/xw/a.html', received: 'ab', title: '=1+1，"引"', channel: 'news' },
  counts: { proved: 1, accepted: 2, undecided: 3, lost: 4, stated: 5 },
  ...{ alarms: 1, alarmKinds: ['hidden-link'], missing: ['date'], notes: [], item: null, nearly: null, stale: false },
  ...{ verdict: 'gaps', state: 'read' },
};

test('intakeCsv: a line for each page, all of them, and nothing a spreadsheet would run', async () => {
  const all = Array.from({ length: 5 }, (_, index) => ({ ...page, number: index + 1 }));
  const text = (await intakeCsv((offset) => Promise.resolve(all.slice(offset, offset + 2))).toArray()).join('');
  const lines = text.trimEnd().split('\r\n');
  assert.equal(lines.length, 6);
  assert.match(lines[0] ?? '', /^\uFEFF序号,标题/);
  assert.equal(lines[5], `5,"'=1+1，""引""",a.html,/xw/a.html,news,留有缺字,1,2,3,4,5,看不见的链接,日期,待交付,,,,ab`);
});
