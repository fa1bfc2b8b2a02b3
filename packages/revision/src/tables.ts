import type { Kind, ReviewStage, RevisionState } from '@chengmen/model';
import type { Generated } from 'kysely';

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
  live_at: string | null;
  waits_since: string | null;
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

export type ScheduleTable = {
  id: Generated<number>;
  site: string;
  item: string;
  action: 'publish' | 'withdraw';
  number: number | null;
  hash: string | null;
  reason: string | null;
  at: string;
  set_at: string;
  set_by: string;
  set_by_name: string;
  state: 'waiting' | 'done' | 'cancelled' | 'failed';
  ended_at: string | null;
  note: string | null;
};

export type EmergencyTable = {
  site: string;
  item: string;
  number: number;
  hash: string;
  reason: string;
  at: string;
  by: string;
  by_name: string;
  due_at: string;
  state: 'waiting' | 'refused' | 'approved' | 'replaced' | 'withdrawn';
  ended_at: string | null;
};

export type WritingTable = {
  site: string;
  item: string;
  account: string;
  name: string;
  kind: Kind;
  base: number | null;
  typed: string;
  fields: string | null;
  typed_at: string;
  kept_at: string;
};

export type ItemLeaseTable = {
  site: string;
  item: string;
  account: string;
  name: string;
  tab: string;
  until: string;
};

export type ReviewTimesTable = {
  site: string;
  first: number;
  second: number;
  final: number;
  rewrite: number;
  changed_at: string;
  changed_by: string;
  changed_by_name: string;
};

export type PreviewSeenTable = {
  site: string;
  item: string;
  number: number;
  account: string;
  name: string;
  page: string;
  at: string;
};

export type RevisionSeenTable = { site: string; item: string; number: number; account: string; at: string };

export type PassageCommentTable = {
  id: Generated<number>;
  site: string;
  item: string;
  number: number;
  field: string;
  quote: string;
  place: number;
  remark: string;
  account: string;
  name: string;
  at: string;
  state: 'open' | 'resolved';
  resolved_at: string | null;
  resolved_by: string | null;
  resolved_by_name: string | null;
  answer: string | null;
};

export type StandingPublicationTable = {
  site: string;
  item: string;
  number: number;
  ordered_by: string;
  order_hash: string;
  up_to: string;
  at: string;
};

/** The tables of this room. */
export type RevisionTables = {
  item: ItemTable;
  revision: RevisionTable;
  review: ReviewTable;
  schedule: ScheduleTable;
  emergency: EmergencyTable;
  writing: WritingTable;
  item_lease: ItemLeaseTable;
  review_times: ReviewTimesTable;
  preview_seen: PreviewSeenTable;
  revision_seen: RevisionSeenTable;
  passage_comment: PassageCommentTable;
  standing_publication: StandingPublicationTable;
};
