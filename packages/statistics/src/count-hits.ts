import { civilDay } from './civil-day.ts';
import type { Hit } from './hit.ts';

/** What is counted. `page`, `section`, `device`, `origin`, `edition`, `left-out` have a number for each of their values. */
export const dimensions = [
  'views',
  'visits',
  'visitors',
  'page',
  'section',
  'device',
  'origin',
  'edition',
  'left-out',
] as const;
export type Dimension = (typeof dimensions)[number];

export interface Count {
  /** Civil date in Asia/Shanghai. */
  readonly day: string;
  readonly dimension: Dimension;
  /** Empty where the dimension has one number only. */
  readonly value: string;
  readonly count: number;
}

export interface Tally {
  add(day: string, dimension: Dimension, value: string, count?: number): void;
  counts(): Count[];
}

export function createTally(): Tally {
  const days = new Map<string, Map<string, number>>();
  return {
    add(day, dimension, value, count = 1) {
      const known = days.get(day) ?? new Map<string, number>();
      days.set(day, known);
      const name = `${dimension} ${value}`;
      known.set(name, (known.get(name) ?? 0) + count);
    },
    counts: () =>
      [...days].flatMap(([day, known]) =>
        [...known].map(([name, count]) => {
          const cut = name.indexOf(' ');
          return { day, dimension: name.slice(0, cut) as Dimension, value: name.slice(cut + 1), count };
        }),
      ),
  };
}

/** A view in all the dimensions it counts in. A visit begins with the first view of a visitor on a day, and with each that was not reached from a page of this site. */
export function countHit(tally: Tally, hit: Hit): void {
  const { path, edition, device, origin, first } = hit;
  const day = civilDay(hit.time);
  tally.add(day, 'views', '');
  if (first || origin !== 'inside') tally.add(day, 'visits', '');
  if (first) tally.add(day, 'visitors', '');
  tally.add(day, 'page', path);
  tally.add(day, 'section', sectionOf(path));
  tally.add(day, 'device', device);
  tally.add(day, 'origin', origin);
  tally.add(day, 'edition', edition);
}

/** The first step of an address: `/news/`; `/` for the home page and what stands beside it. */
export function sectionOf(path: string): string {
  return /^\/[^/]+\//.exec(path)?.[0] ?? '/';
}
