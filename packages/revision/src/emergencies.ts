import type { CommandContext } from '@chengmen/ledger';
import { reviewStages, type ItemId, type ReviewStage } from '@chengmen/model';
import type { EmergencyTable, ReviewTable, RevisionTables } from './tables.ts';

const open = ['waiting', 'refused'] as const;

/** An item's emergency publications that are not settled, the first due first; locked. */
export async function openEmergencies({ tx, site }: CommandContext, item: ItemId): Promise<EmergencyTable[]> {
  return tx
    .withTables<RevisionTables>()
    .selectFrom('emergency')
    .selectAll()
    .where('site', '=', site)
    .where('item', '=', item)
    .where('state', 'in', open)
    .orderBy('due_at')
    .forUpdate()
    .execute();
}

/** Settles what is open for an item: another revision took its place, or nothing is on air any more. */
export async function endEmergencies(
  { tx, site, now }: CommandContext,
  item: ItemId,
  state: 'approved' | 'refused' | 'replaced' | 'withdrawn',
): Promise<void> {
  await tx
    .withTables<RevisionTables>()
    .updateTable('emergency')
    .set({ state, ended_at: now.toISOString() })
    .where('site', '=', site)
    .where('item', '=', item)
    .where('state', 'in', open)
    .execute();
}

/** The review that is to follow next, or undefined when there are all. */
export function missingStage(reviews: readonly Pick<ReviewTable, 'stage'>[]): ReviewStage | undefined {
  return reviewStages.find((stage) => reviews.every((review) => review.stage !== stage));
}
