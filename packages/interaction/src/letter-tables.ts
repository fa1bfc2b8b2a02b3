import type { LetterKind } from './letter-kinds.ts';

/** Type aliases, not interfaces: Kysely asks for an index signature. */
export type LetterTable = {
  site: string;
  reference: string;
  kind: LetterKind;
  subject: string;
  body: string;
  sender: string;
  phone: string | null;
  page: string | null;
  passage: string | null;
  received_at: string;
  received_on: string;
  /** null: it falls in a year whose holiday arrangement is not known yet. */
  due_on: string | null;
  state: 'received' | 'answered';
  department: string | null;
  answer: string | null;
  answered_at: string | null;
  answered_on: string | null;
  code_hash: string;
};

export type LetterTables = {
  letter: LetterTable;
  letter_number: { site: string; year: number; last: number };
};
