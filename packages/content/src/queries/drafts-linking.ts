import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import { sql } from 'kysely';
import type { ContentTables } from '../tables.ts';

/** So many items are looked for in one reading of the drafts. */
const atOnce = 500;

/** Drafts of one author whose texts link to any of some items. */
export async function draftsLinking(
  db: Ledger['db'],
  site: SiteId,
  author: string,
  items: readonly ItemId[],
): Promise<ItemId[]> {
  const found = new Set<ItemId>();
  for (let at = 0; at < items.length; at += atOnce) {
    const pattern = `(item|media):(${items.slice(at, at + atOnce).join('|')})[^a-z0-9-]`;
    const rows = await db
      .withTables<ContentTables>()
      .selectFrom('revision')
      .select('item')
      .where('site', '=', site)
      .where('state', '=', 'draft')
      .where('author', '=', author)
      .where(sql<boolean>`fields ~ ${pattern}`)
      .execute();
    for (const { item } of rows) found.add(item);
  }
  return [...found];
}
