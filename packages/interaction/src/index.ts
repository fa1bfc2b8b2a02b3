import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Migration } from '@chengmen/ledger';

export * from './commands/answer-letter.ts';
export {
  citizenActor,
  letterInput,
  submitLetter,
  type LetterInput,
  type SubmittedLetter,
} from './commands/submit-letter.ts';
export * from './letter-kinds.ts';
export * from './queries/letters.ts';

const folder = join(import.meta.dirname, '..', 'sql');

/** The tables of this room. */
export const interactionMigrations: Migration[] = readdirSync(folder)
  .sort()
  .map((file) => ({ id: `interaction/${file.replace('.sql', '')}`, sql: readFileSync(join(folder, file), 'utf8') }));
