import type { RevisionTables } from '@chengmen/revision';

// Types, not interfaces: Kysely asks for index signatures.
export type SettingsTable = {
  site: string;
  settings: string;
  hash: string;
  changed_at: string;
  changed_by: string;
  changed_by_name: string;
};
export type OverruleTable = {
  site: string;
  item: string;
  finding: string;
  rule: string;
  field: string;
  shown: string;
  reason: string;
  account: string;
  name: string;
  at: string;
};
export type PrintTable = {
  site: string;
  item: string;
  number: number;
  date: string;
  title: string;
  print: string;
};
export type BandTable = { site: string; band: string; item: string };

/** The tables of this room. */
export type ProofreadingTables = RevisionTables & {
  check_settings: SettingsTable;
  overrule: OverruleTable;
  text_print: PrintTable;
  text_band: BandTable;
};
