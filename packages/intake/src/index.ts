export { readPage, unknownDate } from './read-page.ts';
export { parseDecisions, type Decisions } from './decisions.ts';
export type { Choice, Crumb, Removed } from '@chengmen/mend';
export type { Intake, Mender, Missing, PageToRead } from './types.ts';
