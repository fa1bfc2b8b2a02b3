import { readMigrations } from '@chengmen/ledger';

export { changeChecks } from './commands/change-checks.ts';
export { overruleFinding } from './commands/overrule-finding.ts';
export { withdrawOverrule } from './commands/withdraw-overrule.ts';
export { createProofreading, type Proofreading, type ProofreadingOptions } from './create-proofreading.ts';
export type { ReadFile, TextToCheck } from './find-all.ts';
export { createLinkAsker, type AskLinks, type LinkAskerOptions } from './link-asker.ts';
export { proofreadingHooks } from './proofreading-hooks.ts';
export { checkSettingsOf, settingsHash, type KeptSettings } from './queries/check-settings.ts';
export { overrules, overrulesOf, type KeptOverrule } from './queries/overrules.ts';
export type { ProofreadingTables } from './tables.ts';

/** The tables of this room. */
export const proofreadingMigrations = readMigrations('proofreading', new URL('../sql/', import.meta.url));
