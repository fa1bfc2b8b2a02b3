/**
 * Measures the mender on the damaged pages of the corpus, by kind of damage:
 *
 *   CHENGMEN_CORPUS=DIR node packages/mend/tools/measure.ts [--at-least 0.98] [--show N]
 */
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { mend } from '../src/index.ts';
import type { MendResult, Place } from '../src/index.ts';
import { split } from '../src/assemble.ts';

const out = new Console(process.stdout);

interface Case {
  readonly id: string;
  readonly model: string;
  readonly sink: 'bytes' | 'drop';
  readonly original: string;
  readonly injected: readonly { readonly was: string; readonly keyword: string }[];
  readonly damaged_b64: string;
  readonly trace: readonly { readonly cls: string }[];
}

const { values } = parseArgs({
  options: {
    'at-least': { type: 'string', default: '0.98' },
    show: { type: 'string', default: '0' },
    nfkc: { type: 'boolean', default: false },
  },
});
const corpus = process.env.CHENGMEN_CORPUS;
if (corpus === undefined) throw new Error('Set CHENGMEN_CORPUS to the folder of the corpus.');
const atLeast = Number(values['at-least']);
let toShow = Number(values.show);

/** What the original has at each place: the page is walked beside its original, losses that were not found skipped. */
function truths(result: MendResult, original: string): { truths: (string | undefined)[]; missed: string[] } {
  const fold = (text: string): string =>
    values.nfkc ? [...text].map((c) => c.normalize('NFKC')[0] ?? '').join('') : text;
  const target = fold(original);
  const stretches = split(result).map(fold);
  const missed: string[] = [];
  const found: (string | undefined)[] = [];
  let o = 0;
  for (let i = 0; i < stretches.length; i++) {
    for (const char of stretches[i] ?? '') {
      let skip = 0;
      while (skip < 3 && target.slice(o + skip, o + skip + char.length) !== char) skip++;
      if (skip > 0) missed.push(original.slice(o, o + skip));
      o += skip + char.length;
    }
    if (i === stretches.length - 1) break;
    let last = i;
    while (last + 1 < stretches.length - 1 && stretches[last + 1] === '') last++;
    const group = result.plan.slice(i, last + 1);
    const total = widthOfGroup(group, (stretches[last + 1] ?? '').slice(0, 6), target, o);
    found.push(...share(group, total === undefined ? undefined : original.slice(o, o + total)));
    o += total ?? 0;
    i = last;
  }
  return { truths: found, missed };
}

const sizeOf = (place: Place): number =>
  place.rule === 'width' ? 1 : (place.class === 'proved' ? place.after : (place.candidates[0]?.text ?? 'x')).length;

/** How much of the original stands where a run of places is: what is expected if the rest fits then, else a search. */
function widthOfGroup(group: readonly Place[], next: string, target: string, from: number): number | undefined {
  const expected = group.reduce((sum, place) => sum + sizeOf(place), 0);
  const foreign = group.some(({ rule }) => rule === 'foreign-name');
  const lengths = [expected, ...Array.from({ length: foreign ? 60 : 5 }, (_, i) => i)];
  return (
    lengths.find((length) => target.startsWith(next, from + length)) ??
    lengths.find((length) => target.startsWith(next.slice(0, 2), from + length))
  );
}

function share(group: readonly Place[], whole: string | undefined): (string | undefined)[] {
  if (group.length === 1) return [whole];
  if (whole?.length !== group.reduce((sum, place) => sum + sizeOf(place), 0)) return group.map(() => undefined);
  let at = 0;
  return group.map((place) => whole.slice(at, (at += sizeOf(place))));
}

interface Tally {
  places: number;
  right: number;
  top: number;
  accepted: number;
  acceptedRight: number;
  acceptedAt90: number;
  rightAt90: number;
  invented: number;
}

const tallies = new Map<string, Tally>();
const bins = new Map<string, [number, number]>();
const perModel = new Map<string, { pages: number; exact: number; missed: number; losses: number; ms: number }>();

function judge(entry: Case, place: Place, truth: string | undefined, html: string): void {
  const key = `${entry.model}/${entry.sink} ${place.class} ${place.rule}`;
  const tally = tallies.get(key) ?? {
    places: 0,
    right: 0,
    top: 0,
    accepted: 0,
    acceptedRight: 0,
    acceptedAt90: 0,
    rightAt90: 0,
    invented: 0,
  };
  tallies.set(key, tally);
  tally.places++;
  if (truth === undefined) return;
  if (truth === '') tally.invented++;
  if (place.class === 'proved' && place.after === truth) tally.right++;
  else if (place.class === 'proved' && toShow-- > 0)
    out.log(
      entry.id,
      'PROVED WRONG',
      place.after,
      'true:',
      JSON.stringify(truth),
      [...html].slice(Math.max(0, place.out - 12), place.out + 14).join(''),
    );
  const best = place.candidates[0];
  if (place.class !== 'likely' || best === undefined) return;
  const right = best.text === truth;
  if (right) tally.top++;
  if (best.probability >= atLeast) {
    tally.accepted++;
    if (right) tally.acceptedRight++;
    else if (toShow-- > 0) {
      const around = [...html].slice(Math.max(0, place.out - 12), place.out + 14).join('');
      out.log(
        entry.id,
        place.rule,
        JSON.stringify(around),
        'true:',
        truth,
        place.candidates
          .slice(0, 3)
          .map((c) => `${c.text} ${c.probability}`)
          .join(' | '),
        place.evidence ?? '',
      );
    }
  }
  if (best.probability >= 0.9) {
    tally.acceptedAt90++;
    if (right) tally.rightAt90++;
  }
  const bin = `${place.rule}/${entry.sink} ${Math.floor(best.probability * 20) / 20}`;
  const [all, good] = bins.get(bin) ?? [0, 0];
  bins.set(bin, [all + 1, good + (right ? 1 : 0)]);
}

const cases = gunzipSync(readFileSync(join(corpus, 'damaged/cases.jsonl.gz')))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

for (const entry of cases) {
  let bytes: Uint8Array = Buffer.from(entry.damaged_b64, 'base64');
  if (values.nfkc) {
    if (entry.sink !== 'drop' || entry.model !== 'mbstring54') continue;
    bytes = Buffer.from(Buffer.from(bytes).toString('utf8').normalize('NFKC'));
  }
  const start = performance.now();
  const result = mend({ name: entry.id, bytes });
  const ms = performance.now() - start;
  const model = perModel.get(`${entry.model}/${entry.sink}`) ?? { pages: 0, exact: 0, missed: 0, losses: 0, ms: 0 };
  perModel.set(`${entry.model}/${entry.sink}`, model);
  const { truths: known, missed } = truths(result, entry.original);
  model.pages++;
  model.ms += ms;
  model.losses += entry.trace.length;
  model.missed += missed.length;
  if (result.html === entry.original) model.exact++;
  result.plan.forEach((place, i) => judge(entry, place, known[i], result.html));
}
out.table(Object.fromEntries(perModel));
out.table(Object.fromEntries([...tallies].sort()));
out.table(
  Object.fromEntries(
    [...bins].sort().map(([key, [all, good]]) => [key, { all, good, share: Math.round((good / all) * 1000) / 1000 }]),
  ),
);
