import { civilDateAt, UnknownYearError, type WorkingDays } from '@chengmen/calendar';
import { isKind, siteId, type ItemId, type SiteId } from '@chengmen/model';
import type { Emergency, ReviewTimes, Waiting } from '@chengmen/revision';
import { text, type Form } from './desk-forms.ts';

/** What an inbox is asked for, as it stands in the address. */
export interface InboxQuery {
  readonly task: string;
  readonly kind: string;
  readonly channel: string;
  readonly late: boolean;
  /** One of the sites somebody works on; empty: all of them. */
  readonly site: string;
}

export const tasks: Record<Waiting['task'], string> = {
  first: '请初审',
  second: '请复审',
  final: '请终审',
  finish: '未写完',
  rewrite: '被退回，请修改',
};

/** What cannot be meant is left out. */
export function inboxQuery(query: Form): InboxQuery {
  const [task, kind, channel] = [text(query, 'task'), text(query, 'kind'), text(query, 'channel')];
  return {
    task: Object.hasOwn(tasks, task) ? task : '',
    kind: isKind(kind) ? kind : '',
    channel: /^[a-z0-9-]+$/.test(channel) ? channel : '',
    late: text(query, 'late') === 'yes',
    site: siteId.safeParse(text(query, 'site')).success ? text(query, 'site') : '',
  };
}

/** What waits, with the day it is due. */
export interface Due extends Waiting {
  /** Civil date in Asia/Shanghai; of an emergency the instant. Undefined where there is none, or the year's holidays are not known. */
  readonly dueOn: string | undefined;
  readonly isLate: boolean;
}

/** The same on the site it waits at. */
export interface DueAt extends Due {
  readonly site: SiteId;
}

/** When each is due: so many working days after it began to wait, counted from the day after; of an emergency what was written down. */
export function withDeadlines(
  waiting: readonly Waiting[],
  options: {
    readonly times: ReviewTimes;
    readonly days: WorkingDays;
    readonly emergencies: readonly Emergency[];
    readonly now: Date;
  },
): Due[] {
  const { times, days, emergencies, now } = options;
  const today = civilDateAt(now);
  return waiting.map((one) => {
    const urgent = one.state === 'emergency' && emergencies.find(({ revision }) => revision === one.revision);
    if (urgent) return { ...one, dueOn: urgent.dueAt, isLate: urgent.dueAt < now.toISOString() };
    const dueOn = one.task === 'finish' ? undefined : dayAfter(days, civilDateAt(new Date(one.since)), times[one.task]);
    return { ...one, dueOn, isLate: dueOn !== undefined && dueOn < today };
  });
}

function dayAfter(days: WorkingDays, from: string, count: number): string | undefined {
  try {
    return days.deadline(from, count).date;
  } catch (error) {
    if (error instanceof UnknownYearError) return undefined;
    throw error;
  }
}

/** As much of it as was asked for on one site. `subtree`: the channels below one, with it. */
export function filtered<T extends Due>(
  all: readonly T[],
  { task, kind, channel, late }: InboxQuery,
  subtree: (channel: ItemId) => readonly ItemId[],
): T[] {
  const channels = channel === '' ? undefined : new Set(subtree(channel));
  return all.filter(
    (one) =>
      (task === '' || one.task === task) &&
      (kind === '' || one.kind === kind) &&
      (channels === undefined || (one.channel !== undefined && channels.has(one.channel))) &&
      (!late || one.isLate),
  );
}
