import { hijackAlarms } from './alarms/hijack-alarms.ts';
import { decodeStretch, split } from './assemble.ts';
import type { Alarm, MendResult } from './types.ts';

/** The traces of a hijack in a mended page's source, with the offsets of the received bytes they stand at. */
export function pageAlarms(result: MendResult, bytes: Uint8Array): readonly Alarm[] {
  const host = hostOf(result.input.name);
  const found = hijackAlarms(result.html, host === undefined ? {} : { host });
  const offsetOf = found.length > 0 ? receivedOffsets(result, bytes) : () => 0;
  return found.map(({ kind, start, evidence, readings }) => ({ kind, at: offsetOf(start), evidence, readings }));
}

function hostOf(name: string): string | undefined {
  return /^https?:\/\//i.test(name) && URL.canParse(name) ? new URL(name).hostname : undefined;
}

/** From offsets in `html` (UTF-16 units) to offsets in the received bytes; what stands in a repair is where the repair is. */
function receivedOffsets(result: MendResult, bytes: Uint8Array): (unit: number) => number {
  const { plan, encoding } = result;
  const stretches = split(result);
  return (unit) => {
    let start = 0;
    for (let i = 0; i < stretches.length; i++) {
      const length = stretches[i]?.length ?? 0;
      const before = plan[i - 1];
      const at = before === undefined ? 0 : before.at + before.length;
      if (unit < start + length || i === stretches.length - 1) {
        const end = plan[i]?.at ?? bytes.length;
        return at + bytesBefore(bytes.subarray(at, end), unit - start, encoding.steps);
      }
      start += length + (plan[i]?.after.length ?? 0);
      if (unit < start) return plan[i]?.at ?? at;
    }
    return bytes.length;
  };
}

/** How many bytes of a stretch make so many units of its text: found by halves, for any steps of decoding. */
function bytesBefore(stretch: Uint8Array, units: number, steps: MendResult['encoding']['steps']): number {
  let [low, high] = [0, stretch.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const whole = decodeStretch(stretch.subarray(0, middle), steps);
    // A character cut in the middle counts for what is before it.
    if (whole.replace(/\ufffd+$/, '').length < units) low = middle + 1;
    else high = middle;
  }
  return low;
}
