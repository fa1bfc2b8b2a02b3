import { simplified } from '@chengmen/chinese';
import { itemOrders, type ItemFilter, type ItemOrder } from '@chengmen/content';
import { isKind, type ItemId, type RevisionState } from '@chengmen/model';
import { text, type Form } from './desk-forms.ts';
import { itemStates, revisionStates } from './pages/frame.ts';

/** What a list of items is asked for, as it stands in the address. */
export type ItemQuery = Readonly<Record<(typeof names)[number], string>>;

const names = ['words', 'kind', 'channel', 'state', 'revision', 'author', 'sort', 'after', 'before'] as const;
export const itemsAtOnce = 50;
/** An address cannot grow without end, and nobody types a title of thousands. */
const longest = 200;
const mostWords = 8;

/** What cannot be meant is left out: a list with a filter too few is better than none. */
export function itemQuery(query: Form): ItemQuery {
  const one = (name: string): string => text(query, name).replaceAll('\0', '').trim();
  const [words, author] = [one('words').slice(0, longest), one('author').slice(0, longest)];
  const [kind, channel, state, revision] = [one('kind'), one('channel'), one('state'), one('revision')];
  const sort = one('sort');
  return {
    words,
    author,
    kind: isKind(kind) ? kind : '',
    channel: /^[a-z0-9-]+$/.test(channel) ? channel : '',
    state: isState(state) ? state : '',
    revision: isRevisionState(revision) ? revision : '',
    sort: isOrder(sort.replace(/^-/, '')) ? sort : '',
    after: one('after'),
    before: one('before'),
  };
}

/** The same as the list in the database is asked. `subtree`: the channels below one, with it. */
export function itemFilter(
  query: ItemQuery,
  subtree: (channel: ItemId) => readonly ItemId[],
): Omit<ItemFilter, 'limit'> {
  const { words, kind, channel, state, revision, author, sort, after, before } = query;
  const order = sort.replace(/^-/, '');
  return {
    ...(words === '' ? {} : { words: wordForms(words) }),
    ...(isKind(kind) ? { kind } : {}),
    ...(channel === '' ? {} : { channels: subtree(channel) }),
    ...(isState(state) ? { state } : {}),
    ...(isRevisionState(revision) ? { newestState: revision } : {}),
    ...(author === '' ? {} : { author }),
    ...(isOrder(order) ? { order, descending: sort.startsWith('-') } : {}),
    ...(after === '' ? {} : { after }),
    ...(before === '' ? {} : { before }),
  };
}

/** The address of a list; what is empty is left out. */
export function itemAddress(query: Partial<ItemQuery>): string {
  const asked = names.flatMap((name) => (query[name] ? [[name, query[name]] satisfies [string, string]] : []));
  return asked.length === 0 ? '/items' : `/items?${new URLSearchParams(asked).toString()}`;
}

/** Each word typed in the forms it may stand in: what is searched is in Simplified characters; who types Traditional ones means the same. */
export function wordForms(words: string): string[][] {
  const typed = words.split(/\s+/).filter((word) => word !== '');
  return typed.slice(0, mostWords).map((word) => [...new Set([word, simplified(word)])]);
}

const isOrder = (value: string): value is ItemOrder => (itemOrders as readonly string[]).includes(value);
const isRevisionState = (value: string): value is RevisionState => Object.hasOwn(revisionStates, value);
const isState = (value: string): value is 'never' | 'live' | 'withdrawn' => Object.hasOwn(itemStates, value);
