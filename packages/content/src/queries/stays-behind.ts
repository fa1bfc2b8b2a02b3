import type { Ledger } from '@chengmen/ledger';
import { isDocument, type DocumentFields, type Fields, type ItemId, type Kind, type SiteId } from '@chengmen/model';
import { liveRevisions, titleIn } from '@chengmen/revision';
import { sql } from 'kysely';
import { referencesOf } from '../references.ts';

/** A live item that belongs to another and has addresses of its own. */
export interface StaysBehind {
  readonly item: ItemId;
  readonly title: string;
  readonly as: 'file' | 'translation';
}

/** What does not go with a document when that is withdrawn: its pictures and files, and the texts that translate it. */
export async function staysBehind(db: Ledger['db'], site: SiteId, original: ItemId): Promise<StaysBehind[]> {
  const live = (): ReturnType<typeof titled> => titled(db, site);
  const own = await live().where('item.id', '=', original).executeTakeFirst();
  if (!own || !isDocument(own.kind)) return [];
  const shown = referencesOf(JSON.parse(own.fields) as DocumentFields & Record<string, unknown>)
    .filter(({ kinds }) => kinds.every((one) => one === 'media'))
    .map(({ item }) => item);
  const files = shown.length === 0 ? [] : await live().where('item.id', 'in', shown).execute();
  const translations = await live()
    .where('item.kind', '<>', 'channel')
    .where('revision.fields', 'like', '%"translates":"%')
    .where(sql`substring(revision.fields from '"translates":"([a-z0-9-]+)"')`, '=', original)
    .execute();
  const told = (as: StaysBehind['as'], rows: readonly Row[]): StaysBehind[] =>
    rows.map(({ id, fields }) => ({ item: id, title: titleIn(JSON.parse(fields) as Fields, id), as }));
  return [...told('file', files), ...told('translation', translations)];
}

interface Row {
  readonly id: ItemId;
  readonly kind: Kind;
  readonly fields: string;
}

// Written out so that both askings are of one kind.
const titled = (db: Ledger['db'], site: SiteId) =>
  liveRevisions(db, site)
    .select(['item.id', 'item.kind', 'revision.fields'])
    .where('item.state', '=', 'live')
    .orderBy('item.id');
