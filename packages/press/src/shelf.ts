import type { ItemId } from '@chengmen/model';
import { insertKey, positionOf, removeKey, type SortedKeys } from './sorted-keys.ts';

/** `2026-11-20 09:30 news-0001`: sorts by date, then by id. */
export type ShelfKey = string;

const dateLength = '2026-11-20 09:30'.length;
const monthLength = '2026-11'.length;

export const shelfKey = (date: string, id: ItemId): ShelfKey => `${date} ${id}`;
export const monthOf = (key: ShelfKey): string => key.slice(0, monthLength);
export const idOf = (key: ShelfKey): ItemId => key.slice(dateLength + 1);

/**
 * The items of one scope in order, kept by month so that putting one in or taking one out moves
 * the keys of that month only, whatever the age of the scope.
 */
export interface Shelf {
  readonly add: (key: ShelfKey, pinned: boolean) => void;
  readonly remove: (key: ShelfKey) => void;
  /** Pinned first, then newest first. */
  readonly newest: (limit: number) => ItemId[];
  /** Newest first; pinning has no effect. */
  readonly month: (month: string) => ItemId[];
  readonly months: () => { readonly month: string; readonly count: number }[];
  /** The items just before and after a key, which itself may or may not stand here. */
  readonly around: (key: ShelfKey) => { readonly previous?: ItemId; readonly next?: ItemId };
  readonly keys: () => Generator<ShelfKey>;
}

export function createShelf(): Shelf {
  const byMonth = new Map<string, SortedKeys>();
  const order: SortedKeys = [];
  const pinnedKeys: SortedKeys = [];
  return {
    add: (key, pinned) => {
      insertKey(openMonth(byMonth, order, monthOf(key)), key);
      if (pinned) insertKey(pinnedKeys, key);
    },
    remove: (key) => {
      const keys = byMonth.get(monthOf(key));
      if (keys) removeKey(keys, key);
      if (keys?.length === 0) {
        byMonth.delete(monthOf(key));
        removeKey(order, monthOf(key));
      }
      removeKey(pinnedKeys, key);
    },
    newest: (limit) => newestKeys(byMonth, order, pinnedKeys, limit).map(idOf),
    month: (month) => (byMonth.get(month) ?? []).map(idOf).reverse(),
    months: () => order.map((month) => ({ month, count: byMonth.get(month)?.length ?? 0 })).reverse(),
    around: (key) => around(byMonth, order, key),
    keys: function* () {
      for (const keys of byMonth.values()) yield* keys;
    },
  };
}

function openMonth(byMonth: Map<string, SortedKeys>, order: SortedKeys, month: string): SortedKeys {
  const present = byMonth.get(month);
  if (present) return present;
  const keys: SortedKeys = [];
  byMonth.set(month, keys);
  insertKey(order, month);
  return keys;
}

function newestKeys(
  byMonth: ReadonlyMap<string, SortedKeys>,
  order: SortedKeys,
  pinned: SortedKeys,
  limit: number,
): ShelfKey[] {
  const first = pinned.toReversed().slice(0, limit);
  for (let at = order.length - 1; at >= 0 && first.length < limit; at--) {
    const keys = byMonth.get(order[at] ?? '') ?? [];
    for (let place = keys.length - 1; place >= 0 && first.length < limit; place--) {
      const key = keys[place] ?? '';
      if (pinned.length === 0 || pinned[positionOf(pinned, key)] !== key) first.push(key);
    }
  }
  return first;
}

function around(
  byMonth: ReadonlyMap<string, SortedKeys>,
  order: SortedKeys,
  key: ShelfKey,
): { previous?: ItemId; next?: ItemId } {
  const month = monthOf(key);
  const keys = byMonth.get(month) ?? [];
  const place = positionOf(keys, key);
  const monthPlace = positionOf(order, month);
  const monthIsHere = order[monthPlace] === month;
  const previous = keys[place - 1] ?? byMonth.get(order[monthPlace - 1] ?? '')?.at(-1);
  const next =
    keys[place + (keys[place] === key ? 1 : 0)] ?? byMonth.get(order[monthPlace + (monthIsHere ? 1 : 0)] ?? '')?.[0];
  return {
    ...(previous === undefined ? {} : { previous: idOf(previous) }),
    ...(next === undefined ? {} : { next: idOf(next) }),
  };
}
