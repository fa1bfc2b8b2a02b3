import { press } from '@chengmen/press';
import type { CreatePressOptions } from './create-press.ts';
import { createLedgerFeed } from './ledger-feed.ts';
import { pressOptions, takeIn, takeStand, upToDate, type PressRoundOptions } from './press-round.ts';
import { createReleases } from './releases.ts';

/** An address that the next press would make again. */
export interface PlannedPage {
  readonly path: string;
  /** Nothing would stand there any more. */
  readonly gone: boolean;
  readonly cause: 'everything' | 'theme' | 'new' | 'read';
  /** The reads that answer otherwise than before. */
  readonly reads: readonly string[];
}

/** What the next press would make again and why, in the order of addresses. Seals and remembers nothing. */
export function plannedPages(options: CreatePressOptions): Promise<readonly PlannedPage[]> {
  const { theme, bytes } = options;
  return planRound({ feed: createLedgerFeed(options), theme, bytes, releases: createReleases(options) });
}

export async function planRound(round: PressRoundOptions): Promise<readonly PlannedPage[]> {
  const standing = await takeStand(round);
  const committed = await round.feed.changesAfter(standing.seq, (changed) => standing.city.dependents(changed));
  if (committed) takeIn(standing, committed);
  if (!standing.city.ready() || upToDate(round, standing)) return [];
  const { changes, why } = press(pressOptions(round, standing));
  return [...changes]
    .map(([path, page]): PlannedPage => {
      const cause = why(path)?.why ?? { cause: 'everything' };
      const reads = cause.cause === 'read' ? cause.reads.map(({ key }) => key) : [];
      return { path, gone: page === null, cause: cause.cause, reads };
    })
    .sort((one, two) => (one.path < two.path ? -1 : 1));
}
