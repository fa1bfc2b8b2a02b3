import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import { sql } from 'kysely';

/** What the ledger knows of a release. */
export interface ReleaseNote {
  readonly release: number;
  /** ISO 8601 instant, UTC: when it was first heard of. */
  readonly at: string;
  /** How long the press took, in milliseconds, and how many targets it rendered; undefined where that was not noted. */
  readonly took: { readonly ms: number; readonly rendered: number } | undefined;
  /** What was approved or withdrawn since the release before; undefined where that is not known. */
  readonly items: readonly { readonly item: ItemId; readonly title: string }[] | undefined;
  /** How many those are: the first few are told. */
  readonly itemCount: number;
}

const mostItems = 3;

/** The newest releases of a site, newest first. */
export async function releaseNotes(db: Ledger['db'], site: SiteId, limit: number): Promise<ReleaseNote[]> {
  const { rows } = await sql<{
    release: number;
    at: Date;
    ms: number | null;
    rendered: number | null;
    known: boolean;
    count: number;
    items: { item: ItemId; title: string }[];
  }>`
    with newest as (
      select release, at, seq, ms, rendered, lag(seq) over (order by release) as before
      from (select * from press_release where site = ${site} order by release desc limit ${limit + 1}) as newest_rows
    )
    select release, at, ms, rendered, seq >= before as known,
      (select count(distinct item) from outbox where site = ${site} and seq > before and seq <= newest.seq) as count,
      coalesce((select json_agg(json_build_object('item', chosen.item, 'title', coalesce(listing.title, chosen.item)) order by chosen.item)
        from (select distinct item from outbox where site = ${site} and seq > before and seq <= newest.seq
          order by item limit ${mostItems}) as chosen
        left join listing on listing.site = ${site} and listing.item = chosen.item), '[]') as items
    from newest order by release desc limit ${limit}`.execute(db);
  return rows.map(({ release, at, ms, rendered, known, count, items }) => ({
    ...{ release: Number(release), at: new Date(at).toISOString(), itemCount: Number(count) },
    took: ms === null ? undefined : { ms, rendered: rendered ?? 0 },
    items: known ? items : undefined,
  }));
}
