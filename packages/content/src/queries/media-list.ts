import type { Ledger } from '@chengmen/ledger';
import {
  revisionId,
  type FieldsOf,
  type Hash,
  type ItemId,
  type RevisionId,
  type RevisionState,
  type SiteId,
} from '@chengmen/model';
import { sql, type SqlBool } from 'kysely';
import type { ContentTables } from '../tables.ts';

/** A picture or file by its newest revision. */
export interface ListedMedia {
  readonly item: ItemId;
  readonly fields: FieldsOf<'media'>;
  readonly state: 'never' | 'live' | 'withdrawn';
  readonly newest: RevisionId;
  readonly newestState: RevisionState;
  /** Of its newest revision, as are the hash and what follows. */
  readonly author: string;
  readonly hash: Hash;
  readonly authorName: string;
  readonly changedAt: string;
}

export interface MediaFilter {
  /** Each stands in its title or its alternative text, in one of its forms; capital and small letters are the same. */
  readonly words?: readonly (readonly string[])[];
  readonly what?: 'picture' | 'file' | 'captions' | 'wordless';
  /** Drafts of this account that were not sent to review. */
  readonly unsentBy?: string;
  /** A place in the list as a page before gave it: what is not one is the beginning. */
  readonly after?: string;
  readonly limit: number;
}

const place = /^(\d{4}-[0-9T:.-]+Z)~([a-z0-9-]+)$/;

/** Pictures and files, the latest changed first. */
export async function mediaList(
  db: Ledger['db'],
  site: SiteId,
  { words = [], what, unsentBy, after = '', limit }: MediaFilter,
): Promise<{ readonly media: readonly ListedMedia[]; readonly next?: string }> {
  let query = db
    .withTables<ContentTables>()
    .selectFrom('listing')
    .innerJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'listing.site')
        .onRef('revision.item', '=', 'listing.item')
        .onRef('revision.number', '=', 'listing.number'),
    )
    .select(['listing.item', 'listing.number', 'listing.state', 'listing.newest_state', 'listing.author_name'])
    .select(['listing.changed_at', 'revision.fields', 'revision.author', 'revision.hash'])
    .where('listing.site', '=', site)
    .where('listing.kind', '=', 'media')
    .orderBy('listing.changed_at', 'desc')
    .orderBy('listing.item', 'desc')
    .limit(limit + 1);
  for (const forms of words)
    query = query.where(({ or }) =>
      or(
        forms.map((form) => {
          const like = `%${form.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
          return sql<SqlBool>`lower(title || ' ' || coalesce(listed_field(revision.fields, 'alt'), '')) like ${like}`;
        }),
      ),
    );
  const picture = sql<SqlBool>`revision.fields like '%"type":"image/%'`;
  if (what === 'file') query = query.where(({ not }) => not(picture));
  else if (what === 'captions') query = query.where(sql<SqlBool>`revision.fields like '%"type":"text/vtt"%'`);
  else if (what !== undefined) query = query.where(picture);
  if (what === 'wordless') query = query.where(sql<SqlBool>`trim(listed_field(revision.fields, 'alt')) = ''`);
  if (unsentBy !== undefined)
    query = query.where('revision.state', '=', 'draft').where('revision.author', '=', unsentBy);
  const [, at, item] = place.exec(after) ?? [];
  if (at !== undefined && item !== undefined)
    query = query.where(sql<SqlBool>`(listing.changed_at, listing.item) < (${at}::text, ${item}::text)`);
  const rows = await query.execute();
  const last = rows[limit - 1];
  return {
    media: rows.slice(0, limit).map((row) => ({
      item: row.item,
      fields: JSON.parse(row.fields) as FieldsOf<'media'>,
      state: row.state,
      newest: revisionId(row.item, row.number),
      newestState: row.newest_state,
      author: row.author,
      hash: row.hash,
      authorName: row.author_name,
      changedAt: row.changed_at,
    })),
    ...(rows.length > limit && last ? { next: `${last.changed_at}~${last.item}` } : {}),
  };
}
