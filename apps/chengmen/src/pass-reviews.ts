import { ChengmenError, reviewStages, type Actor, type ItemId } from '@chengmen/model';
import { itemHistory, type Revision } from '@chengmen/revision';
import type { BackOffice } from './back-office.ts';

/** Who stands behind each step of the chain. */
export interface Reviewers {
  readonly writer: Actor;
  readonly first: Actor;
  readonly second: Actor;
  readonly final: Actor;
}

/** Takes the newest revision of an item from wherever it stands to its approval, by the ordinary commands. Safe to repeat after a crash. */
export async function passReviews(
  office: Pick<BackOffice, 'ledger' | 'revisions'>,
  item: ItemId,
  people: Reviewers,
): Promise<Revision> {
  const { ledger, revisions } = office;
  for (;;) {
    const [revision] = await itemHistory(ledger.db, people.writer.site, item);
    if (!revision) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
    if (revision.state === 'approved') return revision;
    const bound = { revision: revision.revision, hash: revision.hash };
    if (revision.state === 'draft') {
      await ledger.execute(revisions.submitRevision, people.writer, bound);
      continue;
    }
    const stage = reviewStages.find((each) => revision.state === stateBefore[each]);
    if (!stage) throw new ChengmenError('wrong-state', { what: `修订 ${revision.revision}`, state: revision.state });
    await ledger.execute(revisions.reviewRevision, people[stage], { ...bound, stage, decision: 'approve' });
  }
}

const stateBefore = { first: 'submitted', second: 'first-reviewed', final: 'second-reviewed' } as const;
