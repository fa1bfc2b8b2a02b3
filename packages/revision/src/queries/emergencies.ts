import type { Ledger } from '@chengmen/ledger';
import { revisionId, type ItemId, type RevisionId, type SiteId } from '@chengmen/model';
import type { EmergencyTable, RevisionTables } from '../tables.ts';
import { titleOf } from './revisions.ts';

/** A publication before its reviews: by whom, why, and what became of it. */
export interface Emergency {
  readonly item: ItemId;
  readonly revision: RevisionId;
  readonly title: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
  readonly dueAt: string;
  readonly state: EmergencyTable['state'];
  readonly endedAt: string | null;
}

/** All there ever were on a site, or on one item, newest first. */
export async function emergencies(db: Ledger['db'], site: SiteId, item?: ItemId): Promise<Emergency[]> {
  let query = db
    .withTables<RevisionTables>()
    .selectFrom('emergency')
    .innerJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'emergency.site')
        .onRef('revision.item', '=', 'emergency.item')
        .onRef('revision.number', '=', 'emergency.number'),
    )
    .selectAll('emergency')
    .select('revision.fields')
    .where('emergency.site', '=', site)
    .orderBy('emergency.at', 'desc')
    .limit(500);
  if (item !== undefined) query = query.where('emergency.item', '=', item);
  return (await query.execute()).map((row) => ({
    item: row.item,
    revision: revisionId(row.item, row.number),
    title: titleOf(row),
    reason: row.reason,
    at: row.at,
    by: row.by_name,
    dueAt: row.due_at,
    state: row.state,
    endedAt: row.ended_at,
  }));
}

/** True when it should have been reviewed by now, or was not in time. */
export function isOverdue({ dueAt, state, endedAt }: Emergency, now: Date): boolean {
  if (state === 'waiting' || state === 'refused') return dueAt <= now.toISOString();
  return endedAt !== null && dueAt <= endedAt;
}

export interface EmergencyCounts {
  /** On air without all their reviews. */
  readonly waiting: number;
  /** Of these, past their time. */
  readonly late: number;
  /** On air though a reviewer said no. */
  readonly refused: number;
  /** Since the beginning. */
  readonly ever: number;
}

export async function emergencyCounts(db: Ledger['db'], site: SiteId, now: Date): Promise<EmergencyCounts> {
  const rows = await db
    .withTables<RevisionTables>()
    .selectFrom('emergency')
    .select(({ fn, eb }) => [
      'state',
      eb('due_at', '<=', now.toISOString()).as('due'),
      fn.countAll<number>().as('count'),
    ])
    .where('site', '=', site)
    .groupBy(['state', 'due'])
    .execute();
  const count = (of: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(of).reduce((sum, row) => sum + Number(row.count), 0);
  return {
    waiting: count(({ state }) => state === 'waiting'),
    late: count(({ state, due }) => (state === 'waiting' || state === 'refused') && Boolean(due)),
    refused: count(({ state }) => state === 'refused'),
    ever: count(() => true),
  };
}
