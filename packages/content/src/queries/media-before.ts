import type { Ledger } from '@chengmen/ledger';
import { isDocument, type DocumentFields, type Fields, type Kind, type SiteId } from '@chengmen/model';
import { newestRevisions, type Revision } from '@chengmen/revision';
import { referencesOf } from '../references.ts';
import type { ContentTables } from '../tables.ts';

/** What a document shows that is not live: the newest revision of each picture and file, unless it came back. They must be approved before it. */
export async function mediaBefore(
  db: Ledger['db'],
  site: SiteId,
  { kind, fields }: { readonly kind: Kind; readonly fields: Fields },
): Promise<Omit<Revision, 'reviews'>[]> {
  if (!isDocument(kind)) return [];
  const shown = referencesOf(fields as DocumentFields & Record<string, unknown>)
    .filter(({ kinds }) => kinds.every((one) => one === 'media'))
    .map(({ item }) => item);
  if (shown.length === 0) return [];
  const missing = await db
    .withTables<ContentTables>()
    .selectFrom('item')
    .select('id')
    .where('site', '=', site)
    .where('id', 'in', shown)
    .where('kind', '=', 'media')
    .where('state', '!=', 'live')
    .execute();
  const newest = await newestRevisions(
    db,
    site,
    missing.map(({ id }) => id),
  );
  return [...newest.values()].filter(({ state }) => state !== 'returned' && state !== 'superseded');
}
