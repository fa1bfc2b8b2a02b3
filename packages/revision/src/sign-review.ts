import type { CommandContext } from '@chengmen/ledger';
import type { ReviewStage } from '@chengmen/model';
import type { RevisionTable, RevisionTables } from './tables.ts';

/** Writes down who decided what about a revision, bound to its hash. */
export async function signReview(
  { tx, actor, now }: CommandContext,
  row: RevisionTable,
  review: {
    readonly stage: ReviewStage;
    readonly decision: 'approve' | 'return';
    readonly comment: string | undefined;
  },
): Promise<void> {
  await tx
    .withTables<RevisionTables>()
    .insertInto('review')
    .values({
      site: row.site,
      item: row.item,
      number: row.number,
      stage: review.stage,
      account: actor.account,
      name: actor.name,
      hash: row.hash,
      decision: review.decision,
      comment: review.comment ?? null,
      at: now.toISOString(),
    })
    .execute();
}
