import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import {
  openViewCounter,
  pageViews,
  replaceFromLog,
  statisticsMigrations,
  viewsByDay,
  viewsByValue,
  type View,
  type ViewCounter,
} from './index.ts';

const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
let clients = 0;
/** A view of a visitor nobody saw before. */
const view = (more: Partial<View> = {}): View => ({
  ...{ id: randomBytes(16).toString('base64url'), path: '/news/a.html', from: '', host: 'www.linjiang.example' },
  ...{ agent, client: `client ${clients++}` },
  ...more,
});

const unexpected = (error: unknown): void => {
  throw error;
};

for (const engine of testLedgers())
  describe(`view counter on ${engine.engine}`, () => {
    let ledger: Ledger;
    const folders: string[] = [];
    before(async () => {
      ledger = await engine.open({ migrations: statisticsMigrations });
    });
    after(async () => {
      await ledger.close();
      for (const folder of folders) rmSync(folder, { recursive: true });
    });
    const newFolder = (): string => {
      const folder = mkdtempSync(join(tmpdir(), 'chengmen-views-'));
      folders.push(folder);
      return folder;
    };
    const open = (site: string, folder: string, clock = '2026-11-24T04:00:00Z', now = { at: 0 }) =>
      openViewCounter({
        ...{ ledger, site, folder, onFailed: unexpected, onError: unexpected },
        ...{ clock: () => new Date(clock), now: () => now.at },
      });
    const everything = { from: '0000-00-00', to: '9999-99-99' };
    const sum = async (site: string, dimension: 'views' | 'visits' | 'visitors'): Promise<number> =>
      (await viewsByDay(ledger.db, site, { dimension, ...everything })).reduce((all, { count }) => all + count, 0);
    const byValue = async (
      site: string,
      dimension: Parameters<typeof viewsByDay>[2]['dimension'],
    ): Promise<Record<string, number>> =>
      Object.fromEntries(
        (await viewsByValue(ledger.db, site, { dimension, ...everything })).map(({ value, count }) => [value, count]),
      );

    test('openViewCounter: a view counts in every dimension, at once for its page and after the roll-up in the totals', async () => {
      const counter = await open('s1', newFolder());
      const mobile = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148';
      await counter.count(view());
      await counter.count(view({ path: '/zh-hant/news/a.html', from: 'www.baidu.com', agent: mobile }));
      await counter.count(view({ path: '/', from: 'www.linjiang.example' }));
      assert.equal(await counter.viewsOf('/news/a.html'), 2);
      assert.equal(await counter.viewsOf('/zh-hant/news/a.html'), 2, 'editions of a page are one page');
      assert.equal(await pageViews(ledger.db, 's1', '/news/a.html'), 0);
      await counter.rollUp(true);
      assert.equal(await counter.viewsOf('/news/a.html'), 2);
      assert.equal(await pageViews(ledger.db, 's1', '/news/a.html'), 2);
      await counter.count(view());
      assert.equal(await counter.viewsOf('/news/a.html'), 3);
      await counter.close();
      assert.deepEqual(await byValue('s1', 'page'), { '/news/a.html': 2, '/': 1 });
      assert.deepEqual(await byValue('s1', 'section'), { '/news/': 2, '/': 1 });
      assert.deepEqual(await byValue('s1', 'device'), { computer: 2, phone: 1 });
      assert.deepEqual(await byValue('s1', 'origin'), { direct: 1, inside: 1, search: 1 });
      assert.deepEqual(await byValue('s1', 'edition'), { standard: 2, traditional: 1 });
      assert.deepEqual([await sum('s1', 'views'), await sum('s1', 'visits'), await sum('s1', 'visitors')], [3, 3, 3]);
    });

    test('openViewCounter: robots, retries and reloads are acknowledged and left out', async () => {
      const now = { at: 0 };
      const counter = await open('s2', newFolder(), '2026-11-24T04:00:00Z', now);
      const one = view({ client: 'me' });
      assert.equal(await counter.count(one), 'counted');
      assert.equal(await counter.count(one), 'again');
      assert.equal(await counter.count(view({ client: 'me' })), 'reload');
      assert.equal(await counter.count(view({ client: 'me', path: '/zh-hant/news/a.html' })), 'reload');
      assert.equal(await counter.count(view({ client: 'me', path: '/news/b.html' })), 'counted');
      assert.equal(await counter.count(view({ client: 'me', agent: 'Baiduspider/2.0' })), 'robot');
      assert.equal(await counter.count(view({ path: '/a b' })), 'invalid');
      now.at += 30_000;
      assert.equal(await counter.count(view({ client: 'me' })), 'counted', 'after half a minute it is another view');
      await counter.rollUp(true);
      await counter.close();
      assert.deepEqual([await sum('s2', 'views'), await sum('s2', 'visitors')], [3, 1]);
      assert.deepEqual(await byValue('s2', 'left-out'), { reload: 2, robot: 1 });
    });

    test('openViewCounter: a view there was no room for counts when it is told again', async () => {
      const counter = await open('full', newFolder());
      const path = `/${'a'.repeat(299)}`;
      const views: View[] = [];
      const outcomes = [];
      // Eight million bytes of lines, before the disk has had its turn.
      for (let bytes = 0; bytes < 2 ** 23 + 2 ** 12; bytes += path.length) {
        const one = view({ path });
        views.push(one);
        outcomes.push(counter.count(one));
      }
      const refused = (await Promise.all(outcomes)).flatMap((outcome, at) =>
        outcome === 'busy' ? (views[at] ?? []) : [],
      );
      assert.ok(refused.length > 0);
      const again = await Promise.all(refused.map((one) => counter.count(one)));
      assert.deepEqual([...new Set(again)], ['counted']);
      assert.equal(await counter.viewsOf(path), views.length);
      await counter.close();
    });

    test('openViewCounter: the day is that of China, and a clock that jumps loses nothing', async () => {
      const clock = { at: Date.parse('2026-11-24T15:59:59.999Z') };
      const counter = await openViewCounter({
        ...{ ledger, site: 's3', folder: newFolder(), onFailed: unexpected },
        ...{ clock: () => new Date(clock.at), now: () => 0 },
      });
      await counter.count(view({ client: 'me' }));
      clock.at += 1;
      await counter.count(view({ client: 'me' }));
      clock.at = Date.parse('2031-01-01T00:00:00Z');
      await counter.count(view());
      clock.at = Date.parse('2026-11-23T04:00:00Z');
      await counter.count(view());
      await counter.rollUp(true);
      await counter.close();
      const days = await viewsByDay(ledger.db, 's3', { dimension: 'views', ...everything });
      assert.deepEqual(
        days.map(({ day, count }) => [day, count]),
        [
          ['2026-11-23', 1],
          ['2026-11-24', 1],
          ['2026-11-25', 1],
          ['2031-01-01', 1],
        ],
      );
      assert.equal(await sum('s3', 'visitors'), 4, 'a visitor is new on each day');
    });

    test('openViewCounter: segments wait as long as retries are accepted, then leave no id behind', async () => {
      const now = { at: 0 };
      const folder = newFolder();
      const counter = await open('s4', folder, undefined, now);
      await counter.count(view());
      await counter.rollUp();
      assert.equal(readdirSync(folder).length, 2);
      now.at += 119_999;
      await counter.rollUp();
      assert.equal(readdirSync(folder).length, 2);
      now.at += 1;
      await counter.rollUp();
      assert.deepEqual(readdirSync(folder), ['name']);
      await counter.close();
      assert.equal(await sum('s4', 'views'), 1);
    });

    test('openViewCounter: ended between totals and removal, or started again, nothing counts twice or not at all', async () => {
      const folder = newFolder();
      const kept = newFolder();
      const first = await open('s5', folder);
      const one = view();
      await first.count(one);
      await first.close();
      const [segment = ''] = readdirSync(folder).filter((name) => name.startsWith('hits-'));
      copyFileSync(join(folder, segment), join(kept, segment));

      const second = await open('s5', folder);
      assert.equal(await second.viewsOf('/news/a.html'), 1);
      assert.equal(await second.count(one), 'again');
      await second.rollUp(true);
      await second.close();
      // As if the process had ended before it removed the segment.
      copyFileSync(join(kept, segment), join(folder, segment));
      const third = await open('s5', folder);
      assert.equal(await third.viewsOf('/news/a.html'), 1);
      assert.equal(await third.count(one), 'again', 'its ids are still remembered');
      await third.rollUp(true);
      assert.equal(await sum('s5', 'views'), 1);
      await third.close();
      // With no segment left, numbers go on where they were.
      const fourth = await open('s5', folder);
      await fourth.count(view());
      await fourth.rollUp(true);
      await fourth.close();
      assert.equal(await sum('s5', 'views'), 2);
      // Another folder is another counter.
      const other = await open('s5', newFolder());
      await other.count(view());
      await other.rollUp(true);
      await other.close();
      assert.equal(await sum('s5', 'views'), 3);
    });

    test('openViewCounter: a database that is away delays the totals and nothing else', async () => {
      let away = true;
      const db = new Proxy(ledger.db, {
        get(target, name) {
          if (away && name === 'transaction') throw new Error('away');
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
      const counter: ViewCounter = await openViewCounter({
        ...{ ledger: { ...ledger, db }, site: 's6', folder: newFolder(), onFailed: unexpected },
        ...{ clock: () => new Date('2026-11-24T04:00:00Z'), now: () => 0 },
      });
      await counter.count(view({ agent: 'curl/8' }));
      await counter.count(view());
      await assert.rejects(counter.rollUp(true), /away/);
      await counter.count(view());
      away = false;
      await counter.rollUp(true);
      await counter.close();
      assert.equal(await sum('s6', 'views'), 2);
      assert.deepEqual(await byValue('s6', 'left-out'), { robot: 1 });
    });

    test('openViewCounter: a segment that is damaged is told of, and the rest of it counts', async () => {
      const folder = newFolder();
      const first = await open('s8', folder);
      await first.count(view());
      await first.count(view({ path: '/news/b.html' }));
      await first.close();
      const [segment = ''] = readdirSync(folder).filter((name) => name.startsWith('hits-'));
      const path = join(folder, segment);
      writeFileSync(path, readFileSync(path, 'latin1').replace('/news/b.html', '/news/c.html'), 'latin1');
      const told: string[] = [];
      const second = await openViewCounter({
        ...{ ledger, site: 's8', folder, onFailed: unexpected, onError: (error) => told.push(String(error)) },
      });
      await second.rollUp(true);
      await second.close();
      assert.match(told.join(), /segment 1: 1 damaged/);
      assert.deepEqual(await byValue('s8', 'page'), { '/news/a.html': 1 });
    });

    test('replaceFromLog: days counted again take the place of the same days, and leave counted ones alone', async () => {
      const count = (day: string, number: number) => ({ day, dimension: 'views', value: '', count: number }) as const;
      await replaceFromLog(ledger, 's7', [count('2026-11-23', 5), count('2026-11-24', 7)]);
      await replaceFromLog(ledger, 's7', [count('2026-11-24', 8)]);
      const asked = { dimension: 'views', from: '2026-11-23', to: '2026-11-24' } as const;
      assert.deepEqual(
        (await viewsByDay(ledger.db, 's7', { ...asked, basis: 'log' })).map((one) => one.count),
        [5, 8],
      );
      assert.deepEqual(await viewsByDay(ledger.db, 's7', asked), []);
    });
  });
