import type { Ledger } from '@chengmen/ledger';
import { revisionId, type ItemId, type Kind, type RevisionId, type RevisionState, type SiteId } from '@chengmen/model';
import { titleOf } from '@chengmen/revision';
import type { ContentTables } from '../tables.ts';

export interface ListedItem {
  readonly item: ItemId;
  readonly kind: Kind;
  readonly title: string;
  /** What the public sees. */
  readonly state: 'never' | 'live' | 'withdrawn';
  /** The newest revision and where it stands. */
  readonly newest: RevisionId;
  readonly newestState: RevisionState;
  readonly authorName: string;
  readonly changedAt: string;
}

export interface ItemFilter {
  readonly kind?: Kind;
  readonly channel?: ItemId;
  readonly state?: ListedItem['state'];
  readonly offset: number;
  readonly limit: number;
}

/** Items by their newest revision, the latest changed first; one more than asked for tells that there are more. */
export async function itemList(
  db: Ledger['db'],
  site: SiteId,
  filter: ItemFilter,
): Promise<{ readonly items: readonly ListedItem[]; readonly more: boolean }> {
  let query = db
    .withTables<ContentTables>()
    .selectFrom('revision')
    .innerJoin('item', (join) => join.onRef('item.site', '=', 'revision.site').onRef('item.id', '=', 'revision.item'))
    .select([
      'item.id',
      'item.kind',
      'item.state',
      'revision.number',
      'revision.state as newest_state',
      'revision.fields',
      'revision.item',
      'revision.author_name',
      'revision.created_at',
    ])
    .where('revision.site', '=', site)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('revision as later')
            .select('later.number')
            .whereRef('later.site', '=', 'revision.site')
            .whereRef('later.item', '=', 'revision.item')
            .whereRef('later.number', '>', 'revision.number'),
        ),
      ),
    )
    .orderBy('revision.created_at', 'desc')
    .orderBy('revision.item')
    .offset(filter.offset)
    .limit(filter.limit + 1);
  if (filter.kind) query = query.where('item.kind', '=', filter.kind);
  if (filter.state) query = query.where('item.state', '=', filter.state);
  // The fields are canonical JSON, in which this text cannot stand for anything else at the top level of a document.
  if (filter.channel) query = query.where('revision.fields', 'like', `%"channel":"${filter.channel}"%`);
  const rows = await query.execute();
  return {
    more: rows.length > filter.limit,
    items: rows.slice(0, filter.limit).map((row) => ({
      item: row.id,
      kind: row.kind,
      title: titleOf(row),
      state: row.state,
      newest: revisionId(row.item, row.number),
      newestState: row.newest_state,
      authorName: row.author_name,
      changedAt: row.created_at,
    })),
  };
}
