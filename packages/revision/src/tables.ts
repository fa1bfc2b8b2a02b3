import type { Kind, ReviewStage, RevisionState } from '@chengmen/model';

// Types, not interfaces: Kysely asks for index signatures.
export type ItemTable = {
  site: string;
  id: string;
  kind: Kind;
  created_at: string;
  created_by: string;
  state: 'never' | 'live' | 'withdrawn';
  live_revision: number | null;
  withdrawn_on: string | null;
  withdrawal_reason: string | null;
};

export type RevisionTable = {
  site: string;
  item: string;
  number: number;
  kind: Kind;
  hash: string;
  fields: string;
  author: string;
  author_name: string;
  created_at: string;
  state: RevisionState;
};

export type ReviewTable = {
  site: string;
  item: string;
  number: number;
  stage: ReviewStage;
  account: string;
  name: string;
  hash: string;
  decision: 'approve' | 'return';
  comment: string | null;
  at: string;
};

/** The tables of this room. */
export type RevisionTables = { item: ItemTable; revision: RevisionTable; review: ReviewTable };
