import type { Ledger } from '@chengmen/ledger';
import type { DocumentFields, ItemId, SiteId } from '@chengmen/model';
import { liveRevisions } from '@chengmen/revision';
import { sql } from 'kysely';

export interface Translation {
  readonly id: ItemId;
  readonly fields: DocumentFields;
}

/** Live documents that name this one as their original, by id. There is an index of them. */
export async function translationsOf(db: Ledger['db'], site: SiteId, original: ItemId): Promise<Translation[]> {
  const rows = await liveRevisions(db, site)
    .select(['item.id', 'revision.fields'])
    .where('item.state', '=', 'live')
    .where('item.kind', '<>', 'channel')
    .where('revision.fields', 'like', '%"translates":"%')
    .where(sql`substring(revision.fields from '"translates":"([a-z0-9-]+)"')`, '=', original)
    .orderBy('item.id')
    .execute();
  return rows
    .map(({ id, fields }) => ({ id, fields: JSON.parse(fields) as DocumentFields }))
    .filter(({ fields }) => fields.translates === original);
}
