import type { SiteId } from '@chengmen/model';
import type { Dimension } from './count-hits.ts';

export type Basis = 'counted' | 'log';

/** Type aliases, not interfaces: Kysely asks for an index signature. */
export type StatisticsTables = {
  view_total: { site: SiteId; basis: Basis; dimension: Dimension; value: string; day: string; count: number };
  view_segment: { site: SiteId; counter: string; last: number };
};
