import type { Kind, RevisionState } from '@chengmen/model';
import type { RevisionTables } from '@chengmen/revision';

// Types, not interfaces: Kysely asks for index signatures.
export type AddressTable = { site: string; path: string; item: string; current: boolean; channel: string | null };
export type IntakeTable = {
  site: string;
  received_hash: string;
  item: string;
  number: number;
  name: string;
  mender: string;
  plan: string;
  alarms: string;
  decisions: string;
  at: string;
  text_hash: string | null;
};

export type IntakeRunTable = {
  site: string;
  id: number;
  name: string;
  place: string;
  mapping: string;
  channel: string;
  state: 'reading' | 'read' | 'handing' | 'failed' | 'ended';
  problem: string | null;
  entries: number | null;
  told: boolean;
  at: string;
  account: string;
  account_name: string;
};

export type IntakePageTable = {
  site: string;
  run: number;
  number: number;
  name: string;
  address: string | null;
  received_hash: string | null;
  title: string;
  channel: string | null;
  verdict: 'clean' | 'mended' | 'gaps' | 'none';
  proved: number;
  accepted: number;
  undecided: number;
  lost: number;
  stated: number;
  alarms: number;
  alarm_kinds: string;
  missing: string;
  notes: string;
  state: 'read' | 'refused' | 'known' | 'handing' | 'taken';
  item: string | null;
  nearly: string | null;
  problem: string | null;
  stale: boolean;
  account: string | null;
  submit: boolean;
};

export type IntakeChoiceTable = {
  site: string;
  id: number;
  run: number;
  received_hash: string | null;
  choice: string;
  at: string;
  account: string;
  account_name: string;
};

export type ListingTable = {
  site: string;
  item: string;
  kind: Kind;
  state: 'never' | 'live' | 'withdrawn';
  number: number;
  title: string;
  channel: string | null;
  newest_state: RevisionState;
  author_name: string;
  changed_at: string;
  live_channel: string | null;
  live_date: string | null;
};

export type ReleaseHoldTable = {
  site: string;
  id: number;
  release: number;
  root: string;
  reason: string;
  state: 'asked' | 'held' | 'ended' | 'dropped';
  alone: boolean;
  asked_at: string;
  asked_by: string;
  asked_by_name: string;
  confirmed_at: string | null;
  confirmed_by: string | null;
  confirmed_by_name: string | null;
  end_reason: string | null;
  end_asked_at: string | null;
  end_asked_by: string | null;
  end_asked_by_name: string | null;
  ended_at: string | null;
  ended_by: string | null;
  ended_by_name: string | null;
  served: number | null;
};

/** Which media each revision names, kept by the database itself. */
export type MediaUseTable = { site: string; media: string; item: string; number: number };

export type ChannelMergeTable = { site: string; channel: string; into_channel: string };

/** The tables this room reads and writes. */
export type ContentTables = RevisionTables & {
  address: AddressTable;
  intake: IntakeTable;
  intake_run: IntakeRunTable;
  intake_page: IntakePageTable;
  intake_choice: IntakeChoiceTable;
  listing: ListingTable;
  channel_merge: ChannelMergeTable;
  media_use: MediaUseTable;
  release_hold: ReleaseHoldTable;
};
