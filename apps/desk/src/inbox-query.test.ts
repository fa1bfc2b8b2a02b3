import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkingDays } from '@chengmen/calendar';
import type { Waiting } from '@chengmen/revision';
import { filtered, inboxQuery, withDeadlines } from './inbox-query.ts';

const waiting = (more: Partial<Waiting>): Waiting =>
  ({
    ...{ revision: 'a.1', item: 'a', kind: 'article', hash: '', title: '', authorName: '', createdAt: '' },
    ...{ channel: 'news', since: '2026-09-30T03:00:00.000Z', state: 'submitted', task: 'first', ...more },
  }) as Waiting;
const options = {
  times: { first: 1, second: 3, final: 1, rewrite: 2 },
  days: createWorkingDays(),
  emergencies: [],
  now: new Date('2026-10-09T00:00:00Z'),
};

test('withDeadlines: working days from the day after, over the holidays; drafts have none', () => {
  const due = (more: Partial<Waiting>) => withDeadlines([waiting(more)], options)[0];
  assert.deepEqual([due({})?.dueOn, due({})?.isLate], ['2026-10-08', true]);
  assert.deepEqual([due({ task: 'second' })?.dueOn, due({ task: 'second' })?.isLate], ['2026-10-10', false]);
  assert.equal(due({ task: 'finish' })?.dueOn, undefined);
  // Evening in London, the next morning in Linjiang.
  assert.equal(due({ since: '2026-11-19T17:00:00.000Z' })?.dueOn, '2026-11-23');
  assert.equal(due({ since: '2040-01-01T00:00:00.000Z' })?.dueOn, undefined, 'nobody guesses holidays');
});

test('withDeadlines: an emergency is due when it was written down to be', () => {
  const emergencies = [{ revision: 'a.1', dueAt: '2026-10-08T23:00:00.000Z' }] as never;
  const [one] = withDeadlines([waiting({ state: 'emergency' })], { ...options, emergencies });
  assert.deepEqual([one?.dueOn, one?.isLate], ['2026-10-08T23:00:00.000Z', true]);
});

test('filtered: by what is in the address; what cannot be meant is left out', () => {
  const all = withDeadlines(
    [
      waiting({}),
      waiting({ item: 'b', task: 'second', channel: 'headlines' }),
      waiting({ item: 'c', kind: 'media', channel: undefined }),
    ],
    options,
  );
  const ask = (query: Record<string, string>): string =>
    filtered(all, inboxQuery(query), (channel) => (channel === 'news' ? ['news', 'headlines'] : [channel]))
      .map(({ item }) => item)
      .join('');
  assert.equal(ask({}), 'abc');
  assert.equal(ask({ task: 'second' }), 'b');
  assert.equal(ask({ channel: 'news' }), 'ab');
  assert.equal(ask({ kind: 'media' }), 'c');
  assert.equal(ask({ late: 'yes' }), 'ac');
  assert.equal(ask({ task: 'toString', kind: '<', channel: '%', late: 'no' }), 'abc');
});
