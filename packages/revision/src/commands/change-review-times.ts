import type { Command } from '@chengmen/ledger';
import { z } from 'zod';
import type { RevisionTables } from '../tables.ts';

const days = z.int().min(1).max(60);
const input = z.strictObject({ first: days, second: days, final: days, rewrite: days });

/** How many working days each step of the chain may take on this site. */
export function changeReviewTimes(): Command<z.infer<typeof input>, null> {
  return {
    name: 'change-review-times',
    permission: 'review-times.change',
    input,
    async run({ tx, site, actor, now }, times) {
      const changed = { changed_at: now.toISOString(), changed_by: actor.account, changed_by_name: actor.name };
      await tx
        .withTables<RevisionTables>()
        .insertInto('review_times')
        .values({ site, ...times, ...changed })
        .onConflict((conflict) => conflict.column('site').doUpdateSet({ ...times, ...changed }))
        .execute();
      return { result: null, event: times };
    },
  };
}
