import type { Ledger } from '@chengmen/ledger';
import { figureItems, revisionId, type FieldsOf, type Hash, type RevisionId, type SiteId } from '@chengmen/model';
import { liveRevisions } from './live-revisions.ts';
import type { RevisionTables } from './tables.ts';

export type FiguresOrder = NonNullable<FieldsOf<'site'>['statistics']>;

/** What the approved site settings order to be published each night, and how far that is done. */
export interface StandingOrder extends FiguresOrder {
  readonly revision: RevisionId;
  readonly hash: Hash;
  /** ISO 8601 instant, UTC: since when the order is in force. */
  readonly since: string;
  /** The last civil day that is published, by an order or by three people; null where none is. */
  readonly upTo: string | null;
}

/** The standing order of a site; undefined where its settings have none. */
export async function standingOrder(db: Ledger['db'], site: SiteId): Promise<StandingOrder | undefined> {
  const row = await liveRevisions(db, site)
    .select(['revision.item', 'revision.number', 'revision.hash', 'revision.fields', 'revision.live_at'])
    .where('item.id', '=', 'site')
    .where('item.state', '=', 'live')
    .executeTakeFirst();
  const order = row && (JSON.parse(row.fields) as FieldsOf<'site'>).statistics;
  if (!order) return undefined;
  const last = await db
    .withTables<RevisionTables>()
    .selectFrom('standing_publication')
    .select(({ fn }) => fn.max<string | null>('up_to').as('day'))
    .where('site', '=', site)
    .executeTakeFirst();
  const days = [last?.day ?? null, await approvedUpTo(db, site)].filter((one) => one !== null).sort();
  return {
    ...order,
    ...{ revision: revisionId(row.item, row.number), hash: row.hash },
    ...{ since: row.live_at ?? '', upTo: days.at(-1) ?? null },
  };
}

/** Up to which day the figures count that are live now. */
async function approvedUpTo(db: Ledger['db'], site: SiteId): Promise<string | null> {
  const row = await liveRevisions(db, site)
    .select('revision.fields')
    .where('item.id', '=', figureItems.days)
    .where('item.state', '=', 'live')
    .executeTakeFirst();
  const period = row && (JSON.parse(row.fields) as FieldsOf<'dataset'>).period;
  return /\d{4}-\d\d-\d\d$/.exec(period ?? '')?.[0] ?? null;
}

/** What is to be published by now: up to which day, and when that was due. */
export interface DueFigures {
  readonly upTo: string;
  /** ISO 8601 instants, UTC. */
  readonly at: string;
}

/**
 * The newest publication whose time has come: whatever was missed before is in it. Days are those of China, eight hours before UTC
 * since 1991.
 */
export function newestDue({ at }: Pick<FiguresOrder, 'at'>, now: Date): DueFigures {
  const today = dueOn(civilDay(now.getTime()), at);
  const due = now.getTime() >= today ? today : today - day;
  return { upTo: civilDay(due - day), at: new Date(due).toISOString() };
}

/** When the next one is due. */
export function nextDue(order: Pick<FiguresOrder, 'at'>, now: Date): Date {
  return new Date(Date.parse(newestDue(order, now).at) + day);
}

/** What of an order is not done yet; undefined where all is. */
export function openFigures(order: StandingOrder, now: Date): DueFigures | undefined {
  const due = newestDue(order, now);
  return order.upTo !== null && order.upTo >= due.upTo ? undefined : due;
}

/** Whether what is open should have been done so many minutes ago. A new order is due when it comes into force. */
export function isFiguresLate(
  due: DueFigures,
  { since }: Pick<StandingOrder, 'since'>,
  { now, lateMinutes }: { readonly now: Date; readonly lateMinutes: number },
): boolean {
  const from = due.at > since ? due.at : since;
  return Date.parse(from) < now.getTime() - lateMinutes * 60_000;
}

const day = 86_400_000;
/** `2026-11-28`, in China. */
const civilDay = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);
const dueOn = (date: string, at: string): number => Date.parse(`${date}T${at}:00+08:00`);
