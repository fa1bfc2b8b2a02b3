import { ChengmenError, type ItemId, type RevisionId } from '@chengmen/model';

/** `news-0001.3` → item and number. Throws `not-found` for what is no revision id. */
export function parseRevisionId(id: RevisionId): { readonly item: ItemId; readonly number: number } {
  const [, item, number] = /^([a-z0-9-]+)\.([1-9]\d{0,8})$/.exec(id) ?? [];
  if (item === undefined || number === undefined) throw new ChengmenError('not-found', { what: '修订 (revision)', id });
  return { item, number: Number(number) };
}
