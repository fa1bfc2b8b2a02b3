import { readMigrations } from '@chengmen/ledger';

export { takeIn, type TakenInDraft } from './commands/take-in.ts';
export { contentHooks } from './content-hooks.ts';
export * from './queries/explain-item.ts';
export * from './queries/item-list.ts';
export * from './queries/live-items.ts';
export * from './queries/press-memory.ts';
export type { AddressTable, ContentTables, IntakeTable } from './tables.ts';

/** The tables of this room. */
export const contentMigrations = readMigrations('content', new URL('../sql/', import.meta.url));
