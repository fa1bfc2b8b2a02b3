import type { Ledger } from '@chengmen/ledger';
import { revisionId, type ItemId, type Kind, type RevisionId, type RevisionState, type SiteId } from '@chengmen/model';
import type { ContentTables } from '../tables.ts';

/** A page that shows a picture or offers a file. */
export interface MediaUse {
  readonly media: ItemId;
  readonly item: ItemId;
  readonly kind: Kind;
  readonly title: string;
  readonly revision: RevisionId;
  /** On air; on its way there; still being written. */
  readonly as: 'live' | 'coming' | 'draft';
}

const coming: readonly RevisionState[] = ['submitted', 'first-reviewed', 'second-reviewed', 'scheduled', 'emergency'];
const drafts: readonly RevisionState[] = ['draft', 'returned'];
const order = { live: 0, coming: 1, draft: 2 } as const;

/** Where some pictures and files are used, each place once, what is on air first; there is an index of them. */
export async function mediaUses(db: Ledger['db'], site: SiteId, media: readonly ItemId[]): Promise<MediaUse[]> {
  if (media.length === 0) return [];
  const rows = await db
    .withTables<ContentTables>()
    .selectFrom('media_use')
    .innerJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'media_use.site')
        .onRef('revision.item', '=', 'media_use.item')
        .onRef('revision.number', '=', 'media_use.number'),
    )
    .innerJoin('item', (join) => join.onRef('item.site', '=', 'revision.site').onRef('item.id', '=', 'revision.item'))
    .innerJoin('listing', (join) => join.onRef('listing.site', '=', 'item.site').onRef('listing.item', '=', 'item.id'))
    .select(['media_use.media', 'item.id', 'item.kind', 'listing.title', 'revision.number'])
    .select(['item.state as shown', 'item.live_revision', 'revision.state', 'listing.number as newest'])
    .where('media_use.site', '=', site)
    .where('media_use.media', 'in', media)
    .where(({ eb, or, and }) =>
      or([
        and([eb('item.state', '=', 'live'), eb('item.live_revision', '=', eb.ref('revision.number'))]),
        eb('revision.state', 'in', coming),
        and([eb('revision.state', 'in', drafts), eb('listing.number', '=', eb.ref('revision.number'))]),
      ]),
    )
    .execute();
  const uses = rows.map((row): MediaUse => {
    const isLive = row.shown === 'live' && row.live_revision === row.number;
    const as = isLive ? 'live' : coming.includes(row.state) ? 'coming' : 'draft';
    const { media: one, id, kind, title, number } = row;
    return { media: one, item: id, kind, title, revision: revisionId(id, number), as };
  });
  uses.sort((a, b) => order[a.as] - order[b.as] || (a.item < b.item ? -1 : 1));
  const seen = new Set<string>();
  return uses.filter(({ media: one, item }) => !seen.has(`${one} ${item}`) && seen.add(`${one} ${item}`));
}
