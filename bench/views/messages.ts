import type { viewRules } from '@chengmen/statistics';

/** What the bench hands its child, as JSON. */
export interface ViewsChild {
  /** PostgreSQL. */
  readonly database: string;
  readonly folder: string;
  readonly socket: string;
  /** Listens on a port too, and answers there. */
  readonly port?: boolean;
  /** Answers 204 and stores nothing. */
  readonly storesNothing?: boolean;
  readonly rules: Partial<Record<keyof typeof viewRules, number>>;
}

export const site = 'bench';
