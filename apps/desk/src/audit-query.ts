import type { EventFilter } from '@chengmen/content';
import type { ItemId } from '@chengmen/model';
import { commandsOf } from './audit-words.ts';
import { text, type Form } from './desk-forms.ts';

const names = ['who', 'act', 'item', 'channel', 'from', 'to', 'before', 'after'] as const;

/** What the log of events is asked for, as it stands in the address. */
export type AuditQuery = Readonly<Record<(typeof names)[number], string>>;

export const eventsAtOnce = 50;
/** An item's id, or the address it has on the portal: longer is neither. */
const longest = 300;

/** What cannot be meant is left out. */
export function auditQuery(form: Form): AuditQuery {
  const one = (name: string): string => text(form, name).replaceAll('\0', '').trim();
  const only = (name: string, pattern: RegExp): string => (pattern.test(one(name)) ? one(name) : '');
  return {
    who: only('who', /^[a-zA-Z0-9-]{1,64}$/),
    act: commandsOf(one('act')) ? one('act') : '',
    item: one('item').slice(0, longest),
    channel: only('channel', /^[a-z0-9-]{1,64}$/),
    from: isDay(one('from')) ? one('from') : '',
    to: isDay(one('to')) ? one('to') : '',
    before: only('before', /^\d{1,15}$/),
    after: only('after', /^\d{1,15}$/),
  };
}

/** The address of a list of events, or of another page about the same; what is empty is left out. */
export function auditAddress(query: Partial<AuditQuery>, page = '/audit'): string {
  const asked = names.flatMap((name) => (query[name] ? [[name, query[name]] satisfies [string, string]] : []));
  return asked.length === 0 ? page : `${page}?${new URLSearchParams(asked).toString()}`;
}

/** The filters alone: no place in the list. */
export const filtersOf = (query: AuditQuery): AuditQuery => ({ ...query, before: '', after: '' });

export const isFiltered = (query: AuditQuery): boolean => Object.values(filtersOf(query)).some((value) => value !== '');

/** The same as the log in the database is asked. `item`: what the query's words for it mean; days are those of Beijing. */
export function auditFilter(
  query: AuditQuery,
  { item, subtree }: { readonly item: ItemId; readonly subtree: (channel: ItemId) => readonly ItemId[] },
): EventFilter {
  const { who, act, channel, from, to } = query;
  const commands = commandsOf(act);
  return {
    ...(who === '' ? {} : { account: who }),
    ...(commands ? { commands } : {}),
    ...(item === '' ? {} : { item }),
    ...(channel === '' ? {} : { channels: subtree(channel) }),
    ...(from === '' ? {} : { from: beginningOf(from, 0) }),
    ...(to === '' ? {} : { to: beginningOf(to, 1) }),
  };
}

/** The instant a civil day begins in Beijing, or some days later. */
function beginningOf(day: string, later: number): string {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + later * 86_400_000).toISOString();
}

/** A civil date that there is. */
function isDay(value: string): boolean {
  if (!/^2\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(value)) return false;
  return new Date(Date.parse(value)).toISOString().startsWith(value);
}
