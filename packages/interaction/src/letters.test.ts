import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createWorkingDays } from '@chengmen/calendar';
import type { Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { ChengmenError, type Actor } from '@chengmen/model';
import {
  answerLetter,
  citizenActor,
  interactionMigrations,
  letterCounts,
  lettersForDesk,
  submitLetter,
  trackedLetter,
} from './index.ts';

const submit = submitLetter(createWorkingDays());
const citizen = citizenActor('linjiang');
const writer: Actor = { account: 'w', name: '何采', site: 'linjiang', roles: ['writer'] };
const letter = {
  kind: 'consultation',
  subject: '路灯不亮',
  body: '望江路南段。',
  sender: '孙某某',
  phone: '0999-1234567',
};
const refusedWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof ChengmenError && error.code === code;

for (const engine of testLedgers()) {
  describe(`letters on ${engine.engine}`, () => {
    let ledger: Ledger;
    let now = new Date('2026-09-30T02:00:00Z');
    before(async () => {
      ledger = await engine.open({ migrations: interactionMigrations, clock: () => now });
    });
    after(async () => {
      await ledger.close();
    });

    test('submitLetter: a number without gaps, a deadline in working days with its count, a code that is kept as a hash alone', async () => {
      const first = await ledger.execute(submit, citizen, letter);
      await assert.rejects(ledger.execute(submit, citizen, { ...letter, body: '' }), refusedWith('invalid-input'));
      const second = await ledger.execute(submit, citizen, { ...letter, kind: 'correction' });
      assert.deepEqual([first.reference, second.reference], ['2026-000001', '2026-000002']);
      assert.equal(first.due?.date, '2026-10-13', 'five working days: 8, 9, 10 (worked in exchange), 12, 13 October');
      assert.equal(second.due?.date, '2026-10-10');
      const stored = JSON.stringify(await lettersForDesk(ledger.db, 'linjiang'));
      assert.ok(!stored.includes(first.code) && !stored.includes(first.code.replaceAll('-', '')));
    });

    test('submitLetter: the event log holds no personal data and no words of the letter', async () => {
      const events = JSON.stringify(await ledger.db.selectFrom('event').selectAll().execute());
      for (const secret of [letter.sender, letter.phone, letter.body, letter.subject])
        assert.ok(!events.includes(secret), secret);
    });

    test('trackedLetter: by its code in any case and spacing, and by no other', async () => {
      const { code, reference } = await ledger.execute(submit, citizen, letter);
      const asTyped = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
      assert.equal((await trackedLetter(ledger.db, 'linjiang', asTyped))?.reference, reference);
      assert.equal(await trackedLetter(ledger.db, 'linjiang', ''), undefined);
      assert.equal(await trackedLetter(ledger.db, 'other', code), undefined);
    });

    test('answerLetter: once, by who may, and late is told', async () => {
      const { code, reference } = await ledger.execute(submit, citizen, letter);
      const answer = { reference, department: '临江市住房和城乡建设局', answer: '已修好。' };
      await assert.rejects(ledger.execute(answerLetter, citizen, answer), refusedWith('permission-denied'));
      now = new Date('2026-10-20T02:00:00Z');
      assert.deepEqual(await ledger.execute(answerLetter, writer, answer), { reference, late: true });
      await assert.rejects(ledger.execute(answerLetter, writer, answer), refusedWith('wrong-state'));
      assert.equal((await trackedLetter(ledger.db, 'linjiang', code))?.answer, '已修好。');
      assert.deepEqual(await letterCounts(ledger.db, 'linjiang'), { received: 4, answered: 1 });
    });

    test('submitLetter: where next year’s holidays are not known the letter is taken and its deadline left open', async () => {
      now = new Date('2026-12-30T02:00:00Z');
      const { due, code } = await ledger.execute(submit, citizen, letter);
      assert.equal(due, null);
      assert.equal((await trackedLetter(ledger.db, 'linjiang', code))?.dueOn, null);
    });
  });
}
