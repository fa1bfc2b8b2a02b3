import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createVisitors } from './visitors.ts';

test('createVisitors: a page opened again within the span is a reload, however many were opened between', () => {
  const reload = 30;
  const view = fc.record({ wait: fc.integer({ min: 0, max: 40 }), page: fc.integer({ min: 0, max: 3 }) });
  fc.assert(
    fc.property(fc.array(view, { maxLength: 60 }), (views) => {
      let at = 0;
      const clock = (): Date => new Date('2026-11-20T08:00:00Z');
      const visitors = createVisitors({ clock, now: () => at, reload });
      const counted = new Map<number, number>();
      for (const { wait, page } of views) {
        at += wait;
        const expected = at - (counted.get(page) ?? Number.NEGATIVE_INFINITY) < reload;
        if (!expected) counted.set(page, at);
        const { reload: found } = visitors.see({ client: '203.0.113.9', agent: 'Mozilla/5.0', path: `/${page}.html` });
        assert.equal(found, expected);
      }
    }),
  );
});

test('createVisitors: when too many pages are remembered those opened first are forgotten', () => {
  const most = { visitors: 100, pages: 10 };
  const visitors = createVisitors({ clock: () => new Date(0), now: () => 0, reload: 30, most });
  const isReload = (page: number): boolean => visitors.see({ client: '1', agent: '', path: `/${page}` }).reload;
  for (let page = 0; page < 11; page++) assert.equal(isReload(page), false);
  assert.deepEqual([isReload(10), isReload(0)], [true, false]);
});
