import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import type { RevisionTables } from '../tables.ts';

/** Working days for each review, and for rewriting what came back. */
export interface ReviewTimes {
  readonly first: number;
  readonly second: number;
  readonly final: number;
  readonly rewrite: number;
}

/** Where a site has decided nothing. */
export const usualReviewTimes: ReviewTimes = { first: 1, second: 1, final: 1, rewrite: 2 };

export async function reviewTimes(db: Ledger['db'], site: SiteId): Promise<ReviewTimes> {
  const row = await db
    .withTables<RevisionTables>()
    .selectFrom('review_times')
    .select(['first', 'second', 'final', 'rewrite'])
    .where('site', '=', site)
    .executeTakeFirst();
  return row ?? usualReviewTimes;
}
