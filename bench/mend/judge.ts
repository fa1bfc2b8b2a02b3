import { accept, type MendResult, type Place } from '@chengmen/mend';
import type { Event, Traced } from './damage.ts';

/** What became of a damaged page's places. */
export interface Verdict {
  readonly events: readonly {
    readonly event: Event;
    readonly found: boolean;
    readonly right: boolean;
    readonly accepted: boolean;
    readonly tagBack: boolean;
  }[];
  /** Groups of neighbouring places whose proved text is not what was there. */
  readonly provedWrong: number;
  readonly accepted: number;
  readonly acceptedRight: number;
}

const isSettled = (place: Place): boolean => place.class === 'proved' || place.accepted !== undefined;

const truthOf = ({ start, end }: Event, source: Uint8Array): string => decoder.decode(source.subarray(start, end));

/** Where a place is in what was received, in bytes. */
interface Extent {
  readonly at: number;
  readonly length: number;
}

interface Group<T extends Extent = Place> {
  readonly places: readonly T[];
  /** Byte offsets of the source that the places stand for. */
  readonly start: number;
  readonly end: number;
}

/** Holds the plan of a mended page, likely places accepted from `atLeast` on, against its source. */
export function judge(result: MendResult, page: Traced, source: Uint8Array, atLeast: number): Verdict {
  const settled = accept(result, { atLeast });
  const groups = groupsOf(settled.plan, page, source);
  const verdicts = groups.map((group) => judgeGroup(group, source));
  const events = page.events.map((event) => {
    const at = groups.findIndex(({ start, end }) => start <= event.start && end >= event.end);
    const places = groups[at]?.places ?? [];
    return {
      event,
      found: at >= 0,
      right:
        verdicts[at]?.right === true ||
        places.some((place) => isSettled(place) && place.after === truthOf(event, source)),
      accepted: places.some(({ accepted }) => accepted !== undefined),
      tagBack: places.some((place) => place.open.endsWith('<') || place.after.endsWith('<')),
    };
  });
  const sum = (of: (verdict: ReturnType<typeof judgeGroup>) => number): number =>
    verdicts.reduce((total, verdict) => total + of(verdict), 0);
  return {
    events,
    provedWrong: sum(({ provedWrong }) => provedWrong),
    accepted: sum(({ accepted }) => accepted),
    acceptedRight: sum(({ acceptedRight }) => acceptedRight),
  };
}

/** Places with nothing untouched between them are judged together. */
export function groupsOf<T extends Extent>(plan: readonly T[], page: Traced, source: Uint8Array): Group<T>[] {
  const sourceLength = source.length;
  const groups: Group<T>[] = [];
  for (let i = 0; i < plan.length;) {
    let last = i;
    while (last + 1 < plan.length && endOf(plan[last]) === plan[last + 1]?.at) last++;
    const at = plan[i]?.at ?? 0;
    const end = endOf(plan[last]);
    groups.push({
      places: plan.slice(i, last + 1),
      start: at === 0 ? 0 : (page.to[at - 1] ?? 0),
      end: end >= page.bytes.length ? sourceLength : wholeEnd(page.from[end] ?? sourceLength, source),
    });
    i = last + 1;
  }
  return groups;
}

/** What begins a character that is lost with the next place belongs to that. */
function wholeEnd(at: number, source: Uint8Array): number {
  let end = at;
  while (end > 0 && ((source[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}

const endOf = (place: Extent | undefined): number => (place === undefined ? -1 : place.at + place.length);

const decoder = new TextDecoder();

function judgeGroup({ places, start, end }: Group, source: Uint8Array) {
  const truth = decoder.decode(source.subarray(start, end));
  const given = places.map(({ after }) => after).join('');
  const right = given === truth;
  const proved = places.filter(({ class: kind }) => kind === 'proved');
  const accepted = places.filter((place) => place.accepted !== undefined);
  const alone = proved.length === places.length || accepted.length === places.length;
  const fits = (place: Place): boolean => (alone ? right : truth.includes(place.after));
  return {
    right,
    provedWrong: proved.filter((place) => !fits(place)).length,
    accepted: accepted.length,
    acceptedRight: accepted.filter(fits).length,
  };
}
