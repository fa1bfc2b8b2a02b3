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

/** The tables this room reads and writes. */
export type ContentTables = RevisionTables & { address: AddressTable; intake: IntakeTable };
