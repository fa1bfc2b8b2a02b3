import type { Ledger } from '@chengmen/ledger';
import { isDocument, type DocumentFields, type Fields, type FieldsOf, type Kind, type SiteId } from '@chengmen/model';
import { newestRevisions, type Revision } from '@chengmen/revision';
import { inBlock, referencesOf, type Reference } from '../references.ts';
import type { ContentTables } from '../tables.ts';

/** Pictures of the blocks of a home page or a channel, and the sign of the site. */
function shownBySite(fields: Fields): Reference[] {
  const { blocks = [], logo } = fields as Partial<FieldsOf<'home'> & FieldsOf<'site'>>;
  return [
    ...blocks.flatMap(inBlock),
    ...(logo === undefined ? [] : [{ where: 'logo', item: logo, kinds: ['media' as const] }]),
  ];
}

/** What a page shows that is not live: the newest revision of each picture and file, unless it came back. They must be approved before it. */
export async function mediaBefore(
  db: Ledger['db'],
  site: SiteId,
  { kind, fields }: { readonly kind: Kind; readonly fields: Fields },
): Promise<Omit<Revision, 'reviews'>[]> {
  const shown = (
    isDocument(kind) ? referencesOf(fields as DocumentFields & Record<string, unknown>) : shownBySite(fields)
  )
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
