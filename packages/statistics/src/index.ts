import { readMigrations } from '@chengmen/ledger';

export { civilDay } from './civil-day.ts';
export * from './commands/keep-counts.ts';
export * from './count-hits.ts';
export { formatHit, hitId, hitPath, parseHit, type Hit } from './hit.ts';
export { openHitLog, type HitLog, type HitLogOptions, type Segment, type Taken } from './hit-log.ts';
export * from './queries/published.ts';
export * from './queries/view-totals.ts';
export type { Basis } from './tables.ts';
export * from './view-counter.ts';

/** The tables of this room. */
export const statisticsMigrations = readMigrations('statistics', new URL('../sql/', import.meta.url));
