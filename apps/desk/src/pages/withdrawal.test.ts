import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printHtml } from '@chengmen/html';
import type { Probe } from '../removals.ts';
import { probeSection } from './withdrawal.ts';

const told = (of: Probe | 'unread'): string => printHtml(probeSection('a', of));
const probe: Probe = {
  release: 9,
  since: 8,
  addresses: ['/a.html', '/'],
  left: [],
  more: false,
  at: '2026-11-24T02:00:00Z',
};

test('probeSection: everywhere is said only where everything was read', () => {
  assert.match(told(probe), /已全部撤下/);
  const some = told({ ...probe, more: true });
  assert.doesNotMatch(some, /已全部撤下|Gone\s+everywhere/);
  assert.match(some, /还有更多地址没有读/);
  assert.match(told({ ...probe, left: ['/'] }), /还没有全部撤下/);
});

test('probeSection: a release that cannot be read is told, and is no confirmation', () => {
  const unread = told('unread');
  assert.match(unread, /没有读成/);
  assert.doesNotMatch(unread, /已全部撤下：|confirmed/);
});
