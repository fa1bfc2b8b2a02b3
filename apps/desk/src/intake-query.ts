import { intakeOrders, type IntakeFilter, type IntakeOrder } from '@chengmen/content';
import { alarmTexts } from '@chengmen/mend';
import { text, type Form } from './desk-forms.ts';
import { wordForms } from './item-query.ts';

/** What a list of pages taken in is asked for, as it stands in the address. */
export type IntakeQuery = Readonly<Record<(typeof names)[number], string>>;

const names = ['run', 'verdict', 'state', 'alarm', 'words', 'sort', 'page'] as const;
export const pagesAtOnce = 50;

export const verdictNames = { clean: '完好', mended: '已修复', gaps: '留有缺字', none: '没有读成' } as const;
export const pageStates = {
  read: '待交付',
  handing: '正在交付',
  taken: '已成草稿',
  known: '早已采集',
  refused: '未收',
} as const;

/** What cannot be meant is left out: a list with a filter too few is better than none. */
export function intakeQuery(form: Form): IntakeQuery {
  const one = (name: string): string => text(form, name).replaceAll('\0', '').trim().slice(0, 200);
  const known = (name: string, among: object): string => (Object.hasOwn(among, one(name)) ? one(name) : '');
  const sort = one('sort');
  return {
    words: one('words'),
    run: /^[1-9]\d{0,8}$/.test(one('run')) ? one('run') : '',
    verdict: known('verdict', verdictNames),
    state: known('state', pageStates),
    alarm: one('alarm') === 'any' ? 'any' : known('alarm', alarmTexts),
    sort: isOrder(sort.replace(/^-/, '')) ? sort : '',
    page: /^[1-9]\d{0,5}$/.test(one('page')) ? one('page') : '',
  };
}

/** The same as the database is asked. */
export function intakeFilter({ run, verdict, state, alarm, words, sort, page }: IntakeQuery): IntakeFilter {
  const order = sort.replace(/^-/, '');
  return {
    ...(run === '' ? {} : { run: Number(run) }),
    ...(verdict === '' ? {} : { verdict: verdict as keyof typeof verdictNames }),
    ...(state === '' ? {} : { state: state as keyof typeof pageStates }),
    ...(alarm === '' ? {} : { alarm }),
    ...(words === '' ? {} : { words: wordForms(words) }),
    ...(isOrder(order) ? { order, descending: sort.startsWith('-') } : {}),
    offset: (Number(page || 1) - 1) * pagesAtOnce,
    limit: pagesAtOnce,
  };
}

/** The address of a list; what is empty is left out. */
export function intakeAddress(query: Partial<IntakeQuery>): string {
  const asked = names.flatMap((name) => (query[name] ? [[name, query[name]] satisfies [string, string]] : []));
  return asked.length === 0 ? '/intake' : `/intake?${new URLSearchParams(asked).toString()}`;
}

const isOrder = (value: string): value is IntakeOrder => (intakeOrders as readonly string[]).includes(value);
