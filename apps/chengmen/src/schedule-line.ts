import { isLate, type ScheduleAlarm, type Scheduled, type StandingAlarm } from '@chengmen/revision';

const moment = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
const shown = (instant: string): string => moment.format(new Date(instant));

const acts = { publish: '上线 live', withdraw: '撤回 withdrawn' } as const;

/** One line about something scheduled, for an operator's terminal. */
export function scheduleLine(one: Scheduled, late: { readonly now: Date; readonly lateMinutes: number }): string {
  const state = one.state === 'failed' ? '  失败 FAILED' : isLate(one, late) ? '  迟到 LATE' : '';
  return `⏲ ${shown(one.at)}\t${acts[one.action]}\t${one.revision ?? one.item}\t${one.title}${state}${one.note === null ? '' : `：${one.note}`}`;
}

/** What is told on standard error. */
export function alarmLine({ alarm, at, action, revision, item, title, state, endedAt, note }: ScheduleAlarm): string {
  const what = `${revision ?? item} “${title}” ${acts[action]} ${shown(at)}`;
  if (alarm === 'failed') return `schedule: 定时失败 failed: ${what}: ${note ?? ''}`;
  return `schedule: 定时迟到 late: ${what}，${state === 'done' ? `实际 done ${shown(endedAt ?? at)}` : '还没有做 still waiting'}`;
}

/** The same of the figures that are published each day. */
export function figuresLine({ upTo, at, done, problem }: StandingAlarm): string {
  const what = `访问统计至 ${upTo}，应在 ${shown(at)} figures up to ${upTo}, due ${shown(at)}`;
  if (done) return `schedule: 公布迟到 published late: ${what}`;
  return `schedule: 公布迟到 late: ${what}，还没有公布 not published yet${problem === undefined ? '' : `: ${problem}`}`;
}
