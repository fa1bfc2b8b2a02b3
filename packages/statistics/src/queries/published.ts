import type { Ledger } from '@chengmen/ledger';
import type { Kind, SiteId } from '@chengmen/model';
import { liveRevisions } from '@chengmen/revision';
import { sql } from 'kysely';
import type { Span } from './view-totals.ts';

export interface Published {
  readonly kind: Kind;
  /** All that are live. */
  readonly live: number;
  /** Of these, those dated within the span. */
  readonly within: number;
}

/** Live documents by kind, and how many of them carry a date within the span. */
export async function publishedByKind(db: Ledger['db'], site: SiteId, { from, to }: Span): Promise<Published[]> {
  const date = sql<string>`left(revision.fields::json ->> 'date', 10)`;
  const rows = await liveRevisions(db, site)
    .where('item.state', '=', 'live')
    .where('item.kind', 'not in', ['site', 'channel', 'media', 'statement'])
    .select([
      'item.kind',
      sql<string>`count(*)`.as('live'),
      sql<string>`count(*) filter (where ${date} >= ${from} and ${date} <= ${to})`.as('within'),
    ])
    .groupBy('item.kind')
    .execute();
  return rows
    .map(({ kind, live, within }) => ({ kind, live: Number(live), within: Number(within) }))
    .sort((one, two) => (one.kind < two.kind ? -1 : 1));
}
