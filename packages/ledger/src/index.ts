export * from './types.ts';
export { auditFile, checkAuditFile, openingOf, type AuditFileOpening, type AuditFileReport } from './audit-file.ts';
export { chainProblems, type BrokenLink, type ChainProblem } from './chain-problems.ts';
export { chainHead, eventHash, firstHash, verifyEvents, type ChainHead, type ChainReport } from './events.ts';
export { lockFolder, type FolderLock } from './folder-lock.ts';
export { migrate, readMigrations } from './migrate.ts';
export { durability, lastEvent, openLedger, type LedgerOptions } from './open-ledger.ts';
