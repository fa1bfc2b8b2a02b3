export { mendInputs } from './mend-inputs.ts';
export type { MendOptions, MendOutput } from './mend-inputs.ts';
export { readMendFlags } from './mend-flags.ts';
export type { MendFlags } from './mend-flags.ts';
