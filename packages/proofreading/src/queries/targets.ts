import type { Target } from '@chengmen/checks';
import type { Ledger } from '@chengmen/ledger';
import type { FieldsOf, ItemId, SiteId } from '@chengmen/model';
import { titleIn } from '@chengmen/revision';
import type { ProofreadingTables } from '../tables.ts';

/** An item that a text names, with what it says in its newest revision. */
export interface NamedItem extends Target {
  /** Of a picture or file. */
  readonly file: FieldsOf<'media'> | undefined;
}

const most = 500;

/** The items of these ids; undefined stands for those that are not there. */
export async function namedItems(
  db: Ledger['db'],
  site: SiteId,
  ids: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, NamedItem | undefined>> {
  const asked = ids.slice(0, most);
  if (asked.length === 0) return new Map();
  const rows = await db
    .withTables<ProofreadingTables>()
    .selectFrom('item')
    .innerJoin('revision', (join) =>
      join.onRef('revision.site', '=', 'item.site').onRef('revision.item', '=', 'item.id'),
    )
    .select(['item.id as item', 'item.kind', 'item.state', 'revision.fields'])
    .distinctOn('item.id')
    .where('item.site', '=', site)
    .where('item.id', 'in', asked)
    .orderBy('item.id')
    .orderBy('revision.number', 'desc')
    .execute();
  const found = new Map(rows.map((row) => [row.item, row]));
  return new Map(
    asked.map((id) => {
      const row = found.get(id);
      if (!row) return [id, undefined];
      const fields = JSON.parse(row.fields) as object;
      const file = row.kind === 'media' ? (fields as FieldsOf<'media'>) : undefined;
      return [id, { title: titleIn(fields, id), kind: row.kind, state: row.state, file }];
    }),
  );
}
