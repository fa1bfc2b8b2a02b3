import { ChengmenError, reviewStages, stages, type Actor, type ItemId } from '@chengmen/model';
import { itemHistory } from '@chengmen/revision';
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
): Promise<void> {
  const { ledger, revisions } = office;
  const [newest] = await itemHistory(ledger.db, people.writer.site, item);
  if (!newest) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
  const { revision, hash } = newest;
  let { state } = newest;
  if (state === 'draft') {
    await ledger.execute(revisions.submitRevision, people.writer, { revision, hash });
    state = 'submitted';
  }
  for (const stage of reviewStages) {
    if (state !== stages[stage].from) continue;
    const review = { revision, hash, stage, decision: 'approve' };
    ({ state } = await ledger.execute(revisions.reviewRevision, people[stage], review));
  }
  if (state !== 'approved') throw new ChengmenError('wrong-state', { what: `修订 ${revision}`, state });
}
