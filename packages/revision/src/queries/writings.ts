import type { Ledger } from '@chengmen/ledger';
import { revisionId, type AccountId, type ItemId, type Kind, type RevisionId, type SiteId } from '@chengmen/model';
import type { RevisionTables, WritingTable } from '../tables.ts';

/** What somebody typed and has not saved. */
export interface WritingKept {
  readonly item: ItemId;
  readonly kind: Kind;
  readonly base: RevisionId | null;
  readonly typed: Readonly<Record<string, string>>;
  /** ISO 8601 instants in UTC: by the writer's clock, and by the ledger's. */
  readonly typedAt: string;
  readonly keptAt: string;
}

/** One's own unsaved words, the latest first; of one item, or of all. */
export async function writingsOf(
  db: Ledger['db'],
  site: SiteId,
  account: AccountId,
  item?: ItemId,
): Promise<WritingKept[]> {
  let query = db
    .withTables<RevisionTables>()
    .selectFrom('writing')
    .selectAll()
    .where('site', '=', site)
    .where('account', '=', account)
    .orderBy('kept_at', 'desc')
    .limit(50);
  if (item !== undefined) query = query.where('item', '=', item);
  return (await query.execute()).map(keptOf);
}

function keptOf(row: WritingTable): WritingKept {
  return {
    item: row.item,
    kind: row.kind,
    base: row.base === null ? null : revisionId(row.item, row.base),
    typed: JSON.parse(row.typed) as Record<string, string>,
    typedAt: row.typed_at,
    keptAt: row.kept_at,
  };
}
