import type { Ledger } from '@chengmen/ledger';
import { isDocument, type DocumentFields, type Fields, type ItemId, type SiteId } from '@chengmen/model';
import { liveRevisions, titleIn } from '@chengmen/revision';
import { referencesOf } from '../references.ts';
import { translationsOf } from './translations-of.ts';

/** A live item that belongs to another and has addresses of its own. */
export interface StaysBehind {
  readonly item: ItemId;
  readonly title: string;
  readonly as: 'file' | 'translation';
}

/** What does not go with a document when that is withdrawn: its pictures and files, and the texts that translate it. */
export async function staysBehind(db: Ledger['db'], site: SiteId, original: ItemId): Promise<StaysBehind[]> {
  const [own] = await liveOf(db, site, [original]);
  if (!own || !isDocument(own.kind)) return [];
  const shown = referencesOf(own.fields as DocumentFields & Record<string, unknown>)
    .filter(({ kinds }) => kinds.every((one) => one === 'media'))
    .map(({ item }) => item);
  const files = shown.length === 0 ? [] : await liveOf(db, site, shown);
  const told = (as: StaysBehind['as'], found: readonly { readonly id: ItemId; readonly fields: Fields }[]) =>
    found.map(({ id, fields }): StaysBehind => ({ item: id, title: titleIn(fields, id), as }));
  return [...told('file', files), ...told('translation', await translationsOf(db, site, original))];
}

async function liveOf(db: Ledger['db'], site: SiteId, items: readonly ItemId[]) {
  const rows = await liveRevisions(db, site)
    .select(['item.id', 'item.kind', 'revision.fields'])
    .where('item.state', '=', 'live')
    .where('item.id', 'in', items)
    .orderBy('item.id')
    .execute();
  return rows.map(({ id, kind, fields }) => ({ id, kind, fields: JSON.parse(fields) as Fields }));
}
