import { assemble } from './assemble.ts';
import { crosscheck } from './crosscheck.ts';
import { decide } from './decide.ts';
import { diagnose } from './diagnose.ts';
import { pageAlarms } from './page-alarms.ts';
import { placesOf } from './places.ts';
import { withSiblings } from './siblings.ts';
import type { MendInput, MendResult, Place } from './types.ts';

/**
 * Restores a damaged page: identifies how it was hurt, undoes what can be undone exactly, marks the rest as gaps with
 * candidates. Honest text comes back byte for byte. Never throws for any bytes; linear in their number.
 * Throws `decisions-invalid` when a decision given with the input fits no gap.
 */
export function mend(input: MendInput): MendResult {
  const { encoding, findings, alarms } = diagnose(input.bytes, input.encoding);
  const places = placesOf(input.bytes, findings, encoding.steps);
  const mended = onlyConsistent(assemble({ name: input.name, bytes: input.bytes, encoding, places, alarms }));
  const all = [...alarms, ...pageAlarms(mended, input.bytes)].sort((a, b) => a.at - b.at);
  const alarmed = { ...mended, alarms: all };
  const result = input.siblings ? withSiblings(alarmed, input.siblings) : alarmed;
  return input.decisions && input.decisions.length > 0 ? decide(result, input.decisions) : result;
}

/**
 * Where NFKC took the widths, the pairing was known only in part when candidates were chosen. Now that the marks have their
 * likely widths, each is damaged again, and those that come out otherwise are left out. So too where the generation of the
 * filter was told from few places: another place may contradict it.
 */
function onlyConsistent(result: MendResult): MendResult {
  if (!result.encoding.nfkc && result.encoding.mechanism === 'cp936-round-trip') return result;
  const plan = result.plan.map((place, index): Place => {
    const candidates = place.candidates.filter(({ text }) => crosscheck(result, index, text) === undefined);
    if (place.class !== 'likely' || candidates.length === place.candidates.length) return place;
    return { ...place, candidates, class: candidates.length > 0 ? 'likely' : 'lost' };
  });
  return { ...result, plan };
}
