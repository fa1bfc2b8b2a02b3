export { readPage, unknownDate } from './read-page.ts';
export { parseDecisions, type Decisions } from './decisions.ts';
export type { Crumb, Intake, Missing, PageToRead, Removed } from './types.ts';
