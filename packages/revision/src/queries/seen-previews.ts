import type { Ledger } from '@chengmen/ledger';
import { revisionId, type Hash, type ItemId, type RevisionId, type SiteId } from '@chengmen/model';
import type { RevisionTables } from '../tables.ts';

export interface SeenPreview {
  readonly revision: RevisionId;
  readonly account: string;
  readonly name: string;
  /** Of the page that was shown; empty where there is none. */
  readonly page: Hash | '';
  readonly at: string;
}

/** Who opened the previews of an item, oldest first. */
export async function seenPreviews(db: Ledger['db'], site: SiteId, item: ItemId): Promise<SeenPreview[]> {
  const rows = await db
    .withTables<RevisionTables>()
    .selectFrom('preview_seen')
    .selectAll()
    .where('site', '=', site)
    .where('item', '=', item)
    .orderBy('at')
    .execute();
  return rows.map(({ number, account, name, page, at }) => ({
    ...{ revision: revisionId(item, number), account, name, page, at },
  }));
}

/** Of some items, the revisions whose preview this account has opened. */
export async function previewsSeenBy(
  db: Ledger['db'],
  site: SiteId,
  account: string,
  items: readonly ItemId[],
): Promise<ReadonlySet<RevisionId>> {
  if (items.length === 0) return new Set();
  const rows = await db
    .withTables<RevisionTables>()
    .selectFrom('preview_seen')
    .select(['item', 'number'])
    .where('site', '=', site)
    .where('account', '=', account)
    .where('item', 'in', items)
    .execute();
  return new Set(rows.map(({ item, number }) => revisionId(item, number)));
}

/** Whether it is written down that this account opened a revision. */
export async function hasOpened(
  db: Ledger['db'],
  site: SiteId,
  account: string,
  { item, number }: { readonly item: ItemId; readonly number: number },
): Promise<boolean> {
  const row = await db
    .withTables<RevisionTables>()
    .selectFrom('revision_seen')
    .select('at')
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '=', number)
    .where('account', '=', account)
    .executeTakeFirst();
  return row !== undefined;
}
