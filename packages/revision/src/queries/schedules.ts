import type { Ledger } from '@chengmen/ledger';
import { revisionId, type ItemId, type RevisionId, type SiteId } from '@chengmen/model';
import type { ScheduleRow } from '../schedule.ts';
import { isFiguresLate, openFigures, standingOrder } from '../standing-order.ts';
import type { RevisionTables } from '../tables.ts';
import { titleOf } from './revisions.ts';

/** What shall happen to an item, has, or could not. Instants are ISO 8601 in UTC. */
export interface Scheduled {
  readonly id: number;
  readonly item: ItemId;
  readonly title: string;
  readonly action: 'publish' | 'withdraw';
  /** The approved revision that will be live. */
  readonly revision: RevisionId | null;
  /** Why it will be withdrawn. */
  readonly reason: string | null;
  readonly at: string;
  readonly setBy: string;
  readonly state: 'waiting' | 'done' | 'cancelled' | 'failed';
  readonly endedAt: string | null;
  readonly note: string | null;
}

const endedShown = 50;

/** What waits or has failed, by its time; then what has ended, latest first. */
export async function schedules(db: Ledger['db'], site: SiteId, item?: ItemId): Promise<Scheduled[]> {
  const tables = db.withTables<RevisionTables>();
  let query = tables
    .selectFrom('schedule')
    .leftJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'schedule.site')
        .onRef('revision.item', '=', 'schedule.item')
        .on(({ eb, selectFrom }) =>
          eb(
            'revision.number',
            '=',
            selectFrom('revision as newest')
              .select(({ fn }) => fn.max('newest.number').as('number'))
              .whereRef('newest.site', '=', 'schedule.site')
              .whereRef('newest.item', '=', 'schedule.item'),
          ),
        ),
    )
    .selectAll('schedule')
    .select('revision.fields')
    .where('schedule.site', '=', site);
  if (item !== undefined) query = query.where('schedule.item', '=', item);
  const open = await query.where('schedule.state', 'in', ['waiting', 'failed']).orderBy('at').orderBy('id').execute();
  const ended = await query
    .where('schedule.state', 'in', ['done', 'cancelled'])
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(endedShown)
    .execute();
  return [...open, ...ended].map(scheduledOf);
}

function scheduledOf(row: ScheduleRow & { readonly fields: string | null }): Scheduled {
  return {
    id: Number(row.id),
    item: row.item,
    title: titleOf({ item: row.item, fields: row.fields ?? '{}' }),
    action: row.action,
    revision: row.number === null ? null : revisionId(row.item, row.number),
    reason: row.reason,
    at: row.at,
    setBy: row.set_by_name,
    state: row.state,
    endedAt: row.ended_at,
    note: row.note,
  };
}

/** Ids of what is due, in the order it was to happen. */
export async function dueSchedules(db: Ledger['db'], site: SiteId, now: Date): Promise<number[]> {
  const rows = await db
    .withTables<RevisionTables>()
    .selectFrom('schedule')
    .select('id')
    .where('site', '=', site)
    .where('state', '=', 'waiting')
    .where('at', '<=', now.toISOString())
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => Number(id));
}

/** When the next one is due, or undefined. */
export async function nextSchedule(db: Ledger['db'], site: SiteId): Promise<Date | undefined> {
  const row = await db
    .withTables<RevisionTables>()
    .selectFrom('schedule')
    .select('at')
    .where('site', '=', site)
    .where('state', '=', 'waiting')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
  return row && new Date(row.at);
}

/** What a person must be told of: failed, or still waiting so many minutes after its time; figures that are published each day among it. */
export async function scheduleAlarms(
  db: Ledger['db'],
  site: SiteId,
  { now, lateMinutes }: { readonly now: Date; readonly lateMinutes: number },
): Promise<{ readonly late: number; readonly failed: number }> {
  const rows = await db
    .withTables<RevisionTables>()
    .selectFrom('schedule')
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .where('site', '=', site)
    .where(({ eb, and, or }) =>
      or([eb('state', '=', 'failed'), and([eb('state', '=', 'waiting'), eb('at', '<', lateSince(now, lateMinutes))])]),
    )
    .groupBy('state')
    .execute();
  const count = (state: string): number => Number(rows.find((row) => row.state === state)?.count ?? 0);
  const order = await standingOrder(db, site);
  const due = order && openFigures(order, now);
  const figures = due && isFiguresLate(due, order, { now, lateMinutes }) ? 1 : 0;
  return { late: count('waiting') + figures, failed: count('failed') };
}

/** What is due before this is late. */
function lateSince(now: Date, lateMinutes: number): string {
  return new Date(now.getTime() - lateMinutes * 60_000).toISOString();
}

/** Whether something happened, or still waits, so many minutes after its time. */
export function isLate(
  { at, state, endedAt }: Pick<Scheduled, 'at' | 'state' | 'endedAt'>,
  { now, lateMinutes }: { readonly now: Date; readonly lateMinutes: number },
): boolean {
  if (state === 'cancelled' || state === 'failed') return false;
  return at < lateSince(state === 'done' && endedAt !== null ? new Date(endedAt) : now, lateMinutes);
}
