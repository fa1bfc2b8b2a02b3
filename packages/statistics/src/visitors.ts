import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { civilDay } from './civil-day.ts';
import { createNumberTable } from './number-table.ts';

export interface VisitorsOptions {
  readonly clock: () => Date;
  /** Milliseconds that only ever go forward. */
  readonly now: () => number;
  /** How long the same page opened again by the same visitor is a reload, in milliseconds. */
  readonly reload: number;
  /** Most visitors of a day, and most pages, that are remembered. Default 2 000 000 and 200 000. */
  readonly most?: { readonly visitors: number; readonly pages: number };
}

export interface Visitors {
  /** Looks at one view: whether its page was opened a moment ago, and whether its visitor was there before on this day. */
  see(view: { readonly client: string; readonly agent: string; readonly path: string }): {
    readonly reload: boolean;
    readonly first: boolean;
  };
}

/**
 * Tells reloads and returning visitors without knowing anybody: of address and browser only a hash under a random key is
 * looked at. Key and hashes are in the memory of this process alone, never on a disk, and thrown away when the day ends in
 * China. After a restart nobody is known: a visitor of the same day counts once more.
 */
export function createVisitors(options: VisitorsOptions): Visitors {
  const { clock, now, reload: span, most = { visitors: 2_000_000, pages: 200_000 } } = options;
  let day = '';
  let key = '';
  let seen = createNumberTable();
  // When each page was opened, in two generations: nothing is ever taken out one by one.
  let opened = { since: 0, recent: createNumberTable(), before: createNumberTable() };
  const begin = (today: string): void => {
    [day, key] = [today, randomBytes(32).toString('base64')];
    seen = createNumberTable();
    opened = { since: now(), recent: createNumberTable(), before: createNumberTable() };
  };
  const openedAt = (page: number): number | undefined => opened.recent.get(page) ?? opened.before.get(page);
  const open = (page: number, at: number): void => {
    if (at - opened.since >= span || opened.recent.size() >= most.pages / 2)
      opened = { since: at, recent: createNumberTable(opened.recent.size()), before: opened.recent };
    opened.recent.set(page, at);
  };
  const numberOf = (client: string, agent: string): number => {
    const digest = hash('sha256', `${key}${client} ${agent}`, 'hex');
    return Number.parseInt(digest.slice(0, 13), 16);
  };
  return {
    see({ client, agent, path }) {
      const today = civilDay(clock().getTime());
      if (today !== day) begin(today);
      const visitor = numberOf(client, agent);
      // Fifty-two bits: two that fall together cost one view in a million million.
      const page = (visitor + crc32(path) * 2 ** 20) % 2 ** 52;
      const at = now();
      const before = openedAt(page);
      if (before !== undefined && before > at - span) return { reload: true, first: false };
      open(page, at);
      const first = seen.get(visitor) === undefined && seen.size() < most.visitors;
      if (first) seen.set(visitor, at);
      return { reload: false, first };
    },
  };
}
