import { isDocument, type AccountId } from '@chengmen/model';
import type { RevisionTable } from './tables.ts';

const publishable = ['submitted', 'first-reviewed', 'second-reviewed'] as const;

/**
 * What may go live before its reviews: an article or file on its way through them, one’s own draft too. What waits for its time
 * has them all.
 */
export function mayGoFirst(
  { kind, state, author }: Pick<RevisionTable, 'kind' | 'state' | 'author'>,
  account: AccountId,
): boolean {
  if (!isDocument(kind) && kind !== 'media') return false;
  return state === 'draft' ? author === account : publishable.some((each) => each === state);
}
