import { assemble } from './assemble.ts';
import { decide } from './decide.ts';
import { diagnose } from './diagnose.ts';
import { placesOf } from './places.ts';
import type { MendInput, MendResult } from './types.ts';

/**
 * Restores a damaged page: identifies how it was hurt, undoes what can be undone exactly, marks the rest as gaps with
 * candidates. Honest text comes back byte for byte. Never throws for any bytes; linear in their number.
 * Throws `decisions-invalid` when a decision given with the input fits no gap.
 */
export function mend(input: MendInput): MendResult {
  const { encoding, findings, alarms } = diagnose(input.bytes);
  const places = placesOf(input.bytes, findings, encoding.steps);
  const result = assemble({ name: input.name, bytes: input.bytes, encoding, places, alarms });
  return input.decisions && input.decisions.length > 0 ? decide(result, input.decisions) : result;
}
