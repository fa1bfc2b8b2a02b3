import { readMigrations } from '@chengmen/ledger';

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

/** The tables of this room. */
export const interactionMigrations = readMigrations('interaction', new URL('../sql/', import.meta.url));
