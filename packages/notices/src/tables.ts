import type { Generated } from 'kysely';

// Types, not interfaces: Kysely asks for index signatures.
export type NoticeChoiceTable = {
  site: string;
  account: string;
  mail: string;
  webhook: string;
  secret: string;
  changed_at: string;
};

export type NoticeTable = {
  id: Generated<number>;
  site: string;
  seq: number;
  account: string;
  way: 'mail' | 'webhook';
  content: string;
  state: 'waiting' | 'sent' | 'failed';
  attempts: number;
  next_at: string;
  problem: string | null;
};

/** The tables of this room. */
export type NoticeTables = {
  notice_choice: NoticeChoiceTable;
  notice_head: { site: string; seq: number };
  notice: NoticeTable;
};
