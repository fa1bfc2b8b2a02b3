export * from './types.ts';
export { simulate } from './simulate.ts';
export type { SimulateOptions, Injection } from './simulate.ts';
export { crawlText } from './crawl-text.ts';
export { mend } from './mend.ts';
export { accept } from './accept.ts';
export { decide } from './decide.ts';
export { replay } from './assemble.ts';
