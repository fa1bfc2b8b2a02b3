import { ChengmenError } from '@chengmen/model';
import { rearrange } from './assemble.ts';
import { crosscheck } from './crosscheck.ts';
import type { Decision, MendResult, Place } from './types.ts';
import { gapSign } from './types.ts';

/**
 * Fills gaps from what a person knows, each with its source; the places become `stated`. Throws `decisions-invalid` when a
 * decision names no gap or more than one, gives no text or source, or when its text, damaged again, does not give what was
 * received. A gap that was filled before (accepted or stated) may be decided anew. Nothing is filled unless all hold.
 */
export function decide(result: MendResult, decisions: readonly Decision[]): MendResult {
  const filled = new Map<number, Place>();
  decisions.forEach((decision, number) => {
    const refuse = (problem: string): never => {
      throw new ChengmenError('decisions-invalid', { file: result.input.name, problem: `${number + 1}: ${problem}` });
    };
    if (decision.source.trim() === '') refuse('no source / 没有出处');
    if (decision.text === '' || decision.text.includes(gapSign)) refuse('no text / 没有填补的文字');
    const index = placeIndex(result, decision);
    if (typeof index === 'string') refuse(index);
    else if (filled.has(index)) refuse('decided twice / 同一处决定了两次');
    else filled.set(index, statedPlace(result, index, decision, refuse));
  });
  return rearrange(
    result,
    result.plan.map((place, index) => filled.get(index) ?? place),
  );
}

function statedPlace(result: MendResult, index: number, decision: Decision, refuse: (problem: string) => never): Place {
  const place = result.plan[index];
  if (place === undefined) return refuse('no such place / 没有这一处');
  const tail = place.open.slice(gapSign.length);
  const text = tail !== '' && decision.text.endsWith(tail) ? decision.text : decision.text + tail;
  const problem = crosscheck(result, index, text);
  if (problem !== undefined) refuse(problem);
  return withoutAcceptance({ ...place, after: text, class: 'stated', evidence: decision.source });
}

function withoutAcceptance(place: Place): Place {
  const copy: { -readonly [K in keyof Place]: Place[K] } = { ...place };
  delete copy.accepted;
  return copy;
}

/** Index of the place a decision names, or what is wrong with the name. */
function placeIndex(result: MendResult, { at, length, context }: Decision): number | string {
  if ((at === undefined) === (context === undefined)) return 'give either at or context / at 与 context 须二者取一';
  const found = context === undefined ? byOffset(result, at ?? -1, length) : byContext(result, context);
  if (found.length === 1) return found[0] ?? -1;
  return found.length === 0
    ? `no gap here / 没有这一处：${context ?? at}`
    : `more than one gap / 不止一处：${context ?? at}`;
}

const isGap = (place: Place): boolean => place.open.startsWith(gapSign);

const byOffset = (result: MendResult, at: number, length: number | undefined): number[] =>
  result.plan.flatMap((place, index) =>
    place.at === at && (length === undefined || place.length === length) && isGap(place) ? [index] : [],
  );

/** Gaps whose surroundings, as `html` shows them, are these; the gap itself is the first sign that fits a place. */
function byContext(result: MendResult, context: string): number[] {
  const points = [...result.html];
  const parts = context.split(gapSign);
  if (parts.length !== 2) return [];
  const [before, after] = parts.map((part) => [...part]) as [string[], string[]];
  return result.plan.flatMap((place, index) => {
    const end =
      place.out + [...place.after].length - (place.after.startsWith(gapSign) ? [...place.open].length - 1 : 0);
    const fits = matches(points, place.out - before.length, before) && matches(points, end, after);
    return isGap(place) && fits ? [index] : [];
  });
}

const matches = (points: readonly string[], from: number, part: readonly string[]): boolean =>
  part.every((char, i) => points[from + i] === char);
