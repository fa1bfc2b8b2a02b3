import type { Decision, MendResult } from './types.ts';

export function decide(result: MendResult, _decisions: readonly Decision[]): MendResult {
  return result;
}
