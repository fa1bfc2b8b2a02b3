import type { Extent } from '@chengmen/model';
import { insertKey, positionOf, removeKey, type Compare } from './sorted-keys.ts';

/** `2026-11-20 09:30` as 202611200930: sorts as the text does. */
export type DateNumber = number;
/** `2026-11` as 202611. */
export type MonthNumber = number;

export const dateNumber = (date: string): DateNumber => Number(date.replace(/[^0-9]/g, ''));
export const monthNumber = (month: string): MonthNumber => Number(month.replace('-', ''));
export const monthOf = (date: DateNumber): MonthNumber => Math.floor(date / 1_000_000);
export const dateText = (date: DateNumber): string =>
  String(date)
    .padStart(12, '0')
    .replace(/^(....)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5');
export const monthText = (month: MonthNumber): string =>
  `${String(Math.floor(month / 100)).padStart(4, '0')}-${String(month % 100).padStart(2, '0')}`;

/** The order of a shelf: by date, then by id. Items are numbers here. */
export interface ShelfOrder {
  readonly compare: Compare;
  readonly dateOf: (item: number) => DateNumber;
}

/**
 * The items of one scope in order, kept by month so that putting one in or taking one out moves
 * the items of that month only, whatever the age of the scope.
 */
export interface Shelf {
  readonly add: (item: number, pinned: boolean) => void;
  readonly remove: (item: number) => void;
  /** Pinned first, then newest first. */
  readonly newest: (limit: number) => number[];
  /** A part of a month of parts of `size`, newest first; pinning has no effect. See `Source.month`. */
  readonly month: (month: MonthNumber, part: number, size: number) => number[];
  readonly extent: (month: MonthNumber, size: number) => Extent;
  /** The part in which an item that stands here stands. */
  readonly partOf: (item: number, size: number) => number;
  readonly months: () => { readonly month: string; readonly count: number }[];
  /** The items just before and after one, which itself may or may not stand here. */
  readonly around: (item: number) => { readonly previous?: number; readonly next?: number };
  /** Oldest first. */
  readonly items: () => Generator<number>;
  /** The same items for another thread. */
  readonly share: () => SharedShelf;
}

export interface SharedShelf {
  readonly byMonth: Map<MonthNumber, number[]>;
  /** The months there are. */
  readonly months: MonthNumber[];
  readonly pinned: number[];
}

type Shelves = ShelfOrder & SharedShelf;

const byNumber: Compare = (one, other) => one - other;

export function createShelf(order: ShelfOrder, shared?: SharedShelf): Shelf {
  const shelves: Shelves = { ...order, ...(shared ?? { byMonth: new Map(), months: [], pinned: [] }) };
  const { compare, dateOf, byMonth, months, pinned } = shelves;
  return {
    add: (item, isPinned) => {
      insertKey(openMonth(shelves, monthOf(dateOf(item))), item, compare);
      if (isPinned) insertKey(pinned, item, compare);
    },
    remove: (item) => {
      const month = monthOf(dateOf(item));
      const items = byMonth.get(month);
      if (items) removeKey(items, item, compare);
      if (items?.length === 0) {
        byMonth.delete(month);
        removeKey(months, month, byNumber);
      }
      removeKey(pinned, item, compare);
    },
    newest: (limit) => newest(shelves, limit),
    month: (month, part, size) => {
      const items = byMonth.get(month) ?? [];
      const full = fullParts(items.length, size);
      if (part > full) return [];
      return (part === 0 ? items.slice(full * size) : items.slice((part - 1) * size, part * size)).reverse();
    },
    extent: (month, size) => {
      const count = byMonth.get(month)?.length ?? 0;
      return { count, parts: fullParts(count, size) };
    },
    partOf: (item, size) => {
      const items = byMonth.get(monthOf(dateOf(item))) ?? [];
      const part = Math.floor(positionOf(items, item, compare) / size) + 1;
      return part > fullParts(items.length, size) ? 0 : part;
    },
    months: () => months.map((one) => ({ month: monthText(one), count: byMonth.get(one)?.length ?? 0 })).reverse(),
    around: (item) => around(shelves, item),
    items: function* () {
      for (const month of months) yield* byMonth.get(month) ?? [];
    },
    share: () => ({ byMonth, months, pinned }),
  };
}

/** The rest is never empty. */
const fullParts = (count: number, size: number): number => Math.max(0, Math.ceil(count / size) - 1);

function openMonth({ byMonth, months }: Shelves, month: MonthNumber): number[] {
  const present = byMonth.get(month);
  if (present) return present;
  const items: number[] = [];
  byMonth.set(month, items);
  insertKey(months, month, byNumber);
  return items;
}

function newest({ byMonth, months, pinned, compare }: Shelves, limit: number): number[] {
  const first = pinned.toReversed().slice(0, limit);
  for (let at = months.length - 1; at >= 0 && first.length < limit; at--) {
    const items = byMonth.get(months[at] ?? 0) ?? [];
    for (let place = items.length - 1; place >= 0 && first.length < limit; place--) {
      const item = items[place] ?? 0;
      if (pinned.length === 0 || pinned[positionOf(pinned, item, compare)] !== item) first.push(item);
    }
  }
  return first;
}

function around(
  { byMonth, months, compare, dateOf }: Shelves,
  item: number,
): { readonly previous?: number; readonly next?: number } {
  const month = monthOf(dateOf(item));
  const items = byMonth.get(month) ?? [];
  const place = positionOf(items, item, compare);
  const monthPlace = positionOf(months, month, byNumber);
  const monthIsHere = months[monthPlace] === month;
  const previous = items[place - 1] ?? byMonth.get(months[monthPlace - 1] ?? 0)?.at(-1);
  const next =
    items[place + (items[place] === item ? 1 : 0)] ?? byMonth.get(months[monthPlace + (monthIsHere ? 1 : 0)] ?? 0)?.[0];
  return { ...(previous === undefined ? {} : { previous }), ...(next === undefined ? {} : { next }) };
}
