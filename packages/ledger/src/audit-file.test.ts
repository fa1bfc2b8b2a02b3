import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '@chengmen/model';
import { z } from 'zod';
import { testLedgers } from '../testing/index.ts';
import { auditFile, checkAuditFile, openingOf, type AuditFileReport } from './audit-file.ts';
import { eventHash, firstHash } from './events.ts';
import type { Command, Ledger } from './types.ts';

const site = 'linjiang';
const actor: Actor = { account: 'a1', name: '何采', site, roles: ['writer'] };
const tell: Command<{ text: string }, null> = {
  name: 'tell',
  permission: null,
  input: z.strictObject({ text: z.string() }),
  run: (_context, { text }) => Promise.resolve({ result: null, event: { text } }),
};

for (const engine of testLedgers()) {
  describe(`audit file on ${engine.engine}`, () => {
    let ledger: Ledger;
    const written = async (from: number, to: number): Promise<string[]> => {
      const about = {
        site,
        made: '2026-11-20T01:30:00.000Z',
        by: '沈稽',
        asked: { who: 'a1' },
        people: { a1: '何采' },
      };
      const opening = await openingOf(ledger.db, { ...about, from, to });
      const odd = (first: number, last: number) =>
        Promise.resolve(new Set(Array.from({ length: last - first + 1 }, (_, n) => n + first).filter((n) => n % 2)));
      const written = await text(Readable.from(auditFile(ledger.db, opening, odd)));
      return written.trimEnd().split('\n');
    };
    before(async () => {
      ledger = await engine.open({ migrations: [], clock: () => new Date('2026-11-20T01:30:00Z') });
      for (let n = 1; n <= 9; n++) await ledger.execute(tell, actor, { text: `第${n}条\n"引号"` });
    });
    after(() => ledger.close());

    test('checkAuditFile: a stretch is whole by itself, and says what was asked for', async () => {
      const report = await check(await written(3, 7));
      const { from, to, events, asked, filters, broken } = report;
      assert.deepEqual(
        { from, to, events, asked, filters, broken },
        {
          ...{ from: 3, to: 7, events: 5, asked: 3, filters: { who: 'a1' }, broken: null },
        },
      );
      assert.deepEqual([report.since, report.until], ['2026-11-20T01:30:00.000Z', '2026-11-20T01:30:00.000Z']);
    });

    test('checkAuditFile: whatever is changed, taken out, put in, moved or cut off is found where it is', async () => {
      const lines = await written(1, 9);
      const whole = await check(lines);
      assert.deepEqual([whole.events, whole.broken], [9, null]);
      const at = (n: number): string => lines[n] ?? '';
      const changed = (n: number, ...[from, to]: [string, string]): string[] => lines.with(n, at(n).replace(from, to));
      const cases: [string, string[], AuditFileReport['broken']][] = [
        ['a word', changed(4, '第4条', '第五条'), { seq: 4, problem: 'content' }],
        ['who', changed(4, '"a1"', '"a2"'), { seq: 4, problem: 'content' }],
        ['when', changed(4, '01:30', '01:31'), { seq: 4, problem: 'content' }],
        ['one taken out', lines.toSpliced(4, 1), { seq: 4, problem: 'missing' }],
        ['one told twice', lines.toSpliced(4, 0, at(4)), { seq: 5, problem: 'missing' }],
        ['two exchanged', lines.with(4, at(5)).with(5, at(4)), { seq: 4, problem: 'missing' }],
        ['cut off', lines.slice(0, 8), { seq: 8, problem: 'missing' }],
        ['cut off in a line', lines.with(9, at(9).slice(0, 20)), { seq: 9, problem: 'unreadable' }],
        ['a line of something else', lines.with(4, '[]'), { seq: 4, problem: 'unreadable' }],
        ['a member nobody knows', changed(4, '"seq"', '"x":1,"seq"'), { seq: 4, problem: 'unreadable' }],
        ['another beginning', changed(0, firstHash, 'f'.repeat(64)), { seq: 1, problem: 'content' }],
        ['another end', changed(0, `"to":9`, `"to":8`), { seq: 9, problem: 'ending' }],
      ];
      for (const [what, given, broken] of cases) assert.deepEqual((await check(given)).broken, broken, what);
    });

    test('checkAuditFile: a history made anew is whole by itself, and another than the one in an earlier file', async () => {
      const earlier = await written(2, 5);
      const lines = await written(1, 9);
      let previous = firstHash;
      const forged = lines.slice(1).map((text) => {
        const { asked, ...event } = JSON.parse(text.replace('第4条', '从无此事')) as Record<string, never>;
        previous = eventHash({ ...event, site, previous_hash: previous } as never);
        return JSON.stringify({ ...event, hash: previous, asked });
      });
      const opening = JSON.stringify({ ...(JSON.parse(lines[0] ?? '') as object), hash: previous });
      assert.equal((await check([opening, ...forged])).broken, null);
      const known = new Map<string, string>();
      assert.equal((await check(earlier, known)).broken, null);
      assert.equal((await check(lines, known)).broken, null);
      assert.deepEqual((await check([opening, ...forged], known)).broken, { seq: 4, problem: 'other' });
    });

    test('checkAuditFile: what is no audit file is refused', async () => {
      for (const text of ['', '{}', '<html>', '{"format":"chengmen-audit/2"}'])
        await assert.rejects(check([text]), { code: 'file-unreadable' }, text);
      await assert.rejects(check([]), { code: 'file-unreadable' });
    });
  });
}

function check(lines: readonly string[], known?: Map<string, string>): Promise<AuditFileReport> {
  return checkAuditFile(Readable.from(lines), { file: 'f', ...(known ? { known } : {}) });
}
