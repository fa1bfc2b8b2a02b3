export * from './types.ts';
export { eventHash, firstHash, verifyEvents, type ChainReport } from './events.ts';
export { lockFolder, type FolderLock } from './folder-lock.ts';
export { migrate, readMigrations } from './migrate.ts';
export { durability, lastEvent, openLedger, type LedgerOptions } from './open-ledger.ts';
