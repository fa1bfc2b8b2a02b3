import type { Basis, Dimension } from '@chengmen/statistics';
import { text, type Form } from './desk-forms.ts';

/** What the statistics are asked for, as it stands in the address. */
export interface StatisticsQuery {
  /** Civil dates, both within. */
  readonly from: string;
  readonly to: string;
  readonly by: Dimension;
  /** Only addresses that begin so; empty: all. */
  readonly below: string;
  readonly basis: Basis;
}

export const statisticsBy = {
  page: '页面',
  section: '栏目',
  device: '设备',
  origin: '来源',
  edition: '版本',
  'left-out': '未计入',
} as const;

const day = /^2\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
/** More days than this are no chart to be read. */
const longest = 400;

/** What cannot be meant is left out: the last thirty days, by page, all that was counted. `today`: civil date. */
export function statisticsQuery(form: Form, today: string): StatisticsQuery {
  const one = (name: string): string => text(form, name).replaceAll('\0', '').trim();
  const to = isDay(one('to')) ? one('to') : today;
  const asked = isDay(one('from')) ? one('from') : daysBefore(to, 29);
  const from = asked > to || asked < daysBefore(to, longest) ? daysBefore(to, 29) : asked;
  const by = one('by');
  const below = one('below').slice(0, 300);
  return {
    ...{ from, to },
    by: isBy(by) ? by : 'page',
    below: below.startsWith('/') ? below : '',
    basis: one('basis') === 'log' ? 'log' : 'counted',
  };
}

export function statisticsAddress(query: StatisticsQuery, file = ''): string {
  const { from, to, by, below, basis } = query;
  const asked = { from, to, by, ...(below === '' ? {} : { below }), ...(basis === 'log' ? { basis } : {}) };
  return `/statistics${file}?${new URLSearchParams(asked).toString()}`;
}

/** Every day of the span. */
export function daysOf({ from, to }: Pick<StatisticsQuery, 'from' | 'to'>): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

function daysBefore(date: string, count: number): string {
  return new Date(Date.parse(date) - count * 86_400_000).toISOString().slice(0, 10);
}

/** A civil date that there is. */
function isDay(value: string): boolean {
  return day.test(value) && daysBefore(value, 0) === value;
}

function isBy(value: string): value is keyof typeof statisticsBy {
  return Object.hasOwn(statisticsBy, value);
}
