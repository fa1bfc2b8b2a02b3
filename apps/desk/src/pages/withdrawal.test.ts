import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hold } from '@chengmen/content';
import { printHtml } from '@chengmen/html';
import type { Probe } from '../removals.ts';
import { effects, probeSection } from './withdrawal.ts';

const told = (of: Probe | 'unread', held?: Hold): string => printHtml(probeSection('a', of, { held }));
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

test('while the site is held, no page promises that lists are made again, before the withdrawal or after', () => {
  const held = { release: 3 } as Hold;
  const after = told({ ...probe, left: ['/news/'] }, held);
  assert.match(after, /封存于第 3 版[^]*<code>\/news\/<\/code>/);
  assert.doesNotMatch(after, /不到一秒/);
  const removal = { gone: ['/a.html'], remade: ['/news/', '/'], siteWide: false, stays: [] };
  assert.match(printHtml(effects(removal)), /这些页面将重做/);
  const before = printHtml(effects({ ...removal, named: ['/news/'] }));
  assert.match(before, /标题撤不下来[^]*<code>\/news\/<\/code>[^]*解除封存以后，这些页面才重做/);
  assert.doesNotMatch(before, /这些页面将重做/);
});
