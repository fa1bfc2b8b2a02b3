import { readMigrations } from '@chengmen/ledger';

export { createRevisions, type Revisions } from './create-revisions.ts';
export type { SavedDraft } from './commands/save-draft.ts';
export type { Reviewed } from './commands/review-revision.ts';
export type { HookRevision, KindHooks } from './hooks.ts';
export * from './queries/revisions.ts';
export { revisionHash } from './revision-hash.ts';
export type { ItemTable, ReviewTable, RevisionTable, RevisionTables } from './tables.ts';

/** The tables of this room. */
export const revisionMigrations = readMigrations('revision', new URL('../sql/', import.meta.url));
