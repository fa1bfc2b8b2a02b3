import type { UpdateClass } from '@chengmen/model';

/**
 * Days within which something newer must stand in a channel of each class: 动态要闻 two weeks, 通知公告 and 政策文件 half a year,
 * 人事 and 规划计划 a year. One that is updated as needed must only hold something.
 */
export const updateDays: Readonly<Record<Exclude<UpdateClass, 'as-needed'>, number>> = {
  'two-weeks': 14,
  'six-months': 183,
  year: 365,
};

export type UpdateLight = 'green' | 'amber' | 'red' | 'none';

export interface UpdateState {
  readonly light: UpdateLight;
  /** Since the newest article that is live; undefined where there is none. */
  readonly days: number | undefined;
  /** Until it is overdue; below zero it is. */
  readonly left: number | undefined;
}

/** As much of the time left as is told beforehand. */
const soon = 1 / 4;

/**
 * Whether a channel is as new as its class asks: red where it is overdue or holds nothing, amber in the last quarter of its time,
 * none where nobody has said how often it should be. Dates are civil ones: `2026-11-20`, with or without a time.
 */
export function updateState(
  { update, newest }: { readonly update: UpdateClass | undefined; readonly newest: string | undefined },
  today: string,
): UpdateState {
  const days = newest === undefined ? undefined : daysBetween(newest, today);
  if (update === undefined) return { light: 'none', days, left: undefined };
  if (days === undefined) return { light: 'red', days, left: undefined };
  if (update === 'as-needed') return { light: 'green', days, left: undefined };
  const left = updateDays[update] - days;
  return { light: left < 0 ? 'red' : left <= updateDays[update] * soon ? 'amber' : 'green', days, left };
}

const dayOf = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.max(0, dayOf(to) - dayOf(from));
}
