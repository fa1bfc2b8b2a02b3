/**
 * Fits what calibration asks of best candidates (`packages/mend/src/model-data/calibration.ts`) on damaged pages of the known
 * sets, and says what it is worth on layouts that were left out:
 *
 *   CHENGMEN_CORPUS=DIR node bench/mend/calibrate.ts [--pages N] [--sets S,T] [--rows FILE,FILE] [--write]
 *
 * `--pages` of each set (the file in the repository is of 18); `--rows` keeps what was seen in the first file, or takes it
 * from all of them where that is there. The held-back set is never read. What it looks at does not depend on what it writes,
 * so that it writes the same file twice.
 */
import { Console } from 'node:console';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cautionKind, cautionOf, oddsOf } from '../../packages/mend/src/calibration.ts';
import type { Best, Calibration, Trait, Traits, Weights } from '../../packages/mend/src/calibration.ts';
import { diagnose } from '../../packages/mend/src/diagnose.ts';
import { pageText } from '../../packages/mend/src/page-text.ts';
import { layOpen } from '../../packages/mend/src/places.ts';
import { propose } from '../../packages/mend/src/propose.ts';
import { unwrap } from '../../packages/mend/src/unwrap.ts';
import { families, type Sample } from './families.ts';
import { groupsOf } from './judge.ts';
import { corpusFolder, makeSet, pageSets } from './pages.ts';
import { fitted, type Observation } from './regression.ts';

const out = new Console(process.stdout);
const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '18' },
    sets: { type: 'string' },
    rows: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

/** A best candidate that was ranked, and whether it is right. */
interface Row extends Traits {
  readonly layout: string;
  readonly family: string;
  /** The same place in another family has the same key. */
  readonly place: string;
  readonly right: boolean;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function rowsOf({ page, received }: Sample, family: string): Row[] {
  const { encoding, findings } = diagnose(received.bytes);
  const { html, open } = layOpen(received.bytes, findings, encoding.steps);
  const toRank = open.filter(({ finding: { letters, forms } }) => letters !== undefined || forms !== undefined);
  if (toRank.length === 0) return [];
  const joined = unwrap(html, toRank);
  const proposals = propose(joined.html, pageText(joined.html), joined.places, joined.lineLength);
  const byPlace = new Map(toRank.map(({ finding }, i) => [`${finding.at}+${finding.length}`, proposals[i]]));
  const source = encoder.encode(page.source);
  return groupsOf(findings, received, source).flatMap(({ places, start, end }) => {
    const truth = decoder.decode(source.subarray(start, end));
    return places.flatMap(({ at, length, tail = '' }, i): Row[] => {
      const proposal = byPlace.get(`${at}+${length}`);
      const text = proposal?.candidates[0]?.text;
      if (proposal?.traits === undefined || text === undefined) return [];
      const fits =
        i === 0 ? truth.startsWith(text) : i === places.length - 1 ? truth.endsWith(text) : truth.includes(text);
      return [
        {
          ...proposal.traits,
          layout: `${page.set} ${page.template}`,
          family,
          place: `${page.set} ${page.title} ${start} ${tail} ${text}`,
          right: places.length === 1 ? truth === text : fits,
        },
      ];
    });
  });
}

/** What is received in these is that of others, place for place or nearly so. */
const twins = [
  'php82, U+FFFD',
  'php82, U+FFFD, NFKC',
  'php82, bytes dropped, NFKC',
  'php54, bytes dropped, NFKC',
  'php52, bytes dropped, NFKC',
  'UTF-8 read as GBK, ?',
  'UTF-8 read as windows-1252, U+FFFD',
];

function gathered(folder: string): Row[] {
  const rows: Row[] = [];
  const asked = values.sets?.split(',');
  for (const set of pageSets.filter((name) => name !== 'unseen' && asked?.includes(name) !== false)) {
    for (const page of makeSet(folder, Number(values.pages), set)) {
      for (const { name, damage } of families) {
        if (twins.includes(name)) continue;
        const sample = damage(page);
        if (sample !== undefined) rows.push(...rowsOf(sample, name));
      }
    }
    out.log(set, rows.length);
  }
  return rows;
}

const bests: readonly Best[] = ['stop', 'mark', 'sign', 'han'];
/** Kinds of fewer places, the same place in several families counted once, are as the others. */
const fewestPlaces = 40;

/** The columns of a fit: for each best shift, slope, margin and its traits, and for each kind shift and slope. */
function columnsOf(rows: readonly Row[]): readonly string[] {
  const columns = new Set(bests.flatMap((best) => [`${best} shift`, `${best} slope`, `${best} margin`]));
  const places = new Map<string, Set<string>>();
  for (const { kind, best, holds, place } of rows) {
    for (const trait of holds) columns.add(`${best} trait ${trait}`);
    const seen = places.get(kind) ?? new Set();
    places.set(kind, seen.add(place));
  }
  for (const [kind, { size }] of places) {
    if (size >= fewestPlaces) for (const part of ['shift', 'slope']) columns.add(`kind ${part} ${kind}`);
  }
  return [...columns];
}

/** How strongly a column is drawn towards no change. */
const drawnBy = (column: string): number => (column.startsWith('kind') ? 4 : column.includes('trait') ? 2 : 0.5);

function observations(rows: readonly Row[], columns: readonly string[]): Observation[] {
  const index = new Map(columns.map((column, i) => [column, i]));
  const times = new Map<string, number>();
  for (const { kind, place } of rows) times.set(kind + place, (times.get(kind + place) ?? 0) + 1);
  return rows.map(({ kind, best, said, margin, holds, place, right }) => {
    const parts: readonly (readonly [string, number])[] = [
      [`${best} shift`, 1],
      [`${best} slope`, said],
      [`${best} margin`, margin],
      ...holds.map((trait) => [`${best} trait ${trait}`, 1] as const),
      [`kind shift ${kind}`, 1],
      [`kind slope ${kind}`, said],
    ];
    const known = parts.filter(([name]) => index.has(name));
    return {
      columns: known.map(([name]) => index.get(name) ?? 0),
      values: known.map(([, value]) => value),
      offset: said,
      right,
      weight: 1 / (times.get(kind + place) ?? 1),
    };
  });
}

function calibrationOf(rows: readonly Row[]): Omit<Calibration, 'caution'> {
  const columns = columnsOf(rows);
  const weights = fitted(observations(rows, columns), columns.map(drawnBy));
  const of = (column: string): number => Math.round((weights[columns.indexOf(column)] ?? 0) * 100) / 100;
  const weightsOf = (best: Best): Weights => ({
    shift: of(`${best} shift`),
    slope: Math.round((1 + of(`${best} slope`)) * 100) / 100,
    margin: of(`${best} margin`),
    traits: Object.fromEntries(
      columns
        .filter((column) => column.startsWith(`${best} trait `))
        .map((column) => [column.slice(`${best} trait `.length) as Trait, of(column)] as const)
        .sort(byName),
    ),
  });
  const kinds = columns
    .filter((column) => column.startsWith('kind shift '))
    .map((column) => column.slice('kind shift '.length))
    .sort();
  return {
    best: Object.fromEntries(bests.map((best) => [best, weightsOf(best)])) as Record<Best, Weights>,
    kinds: Object.fromEntries(
      kinds.map((kind) => [kind, [of(`kind shift ${kind}`), of(`kind slope ${kind}`)] as const]),
    ),
  };
}

/** The same order everywhere, whatever the language of the machine. */
const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

const parts = 6;
const partOf = ({ layout }: Row): number => (createHash('sha256').update(layout).digest()[0] ?? 0) % parts;

/** What a calibration fitted without a layout says of its places. */
function leftOut(rows: readonly Row[]): number[] {
  const odds: number[] = [];
  for (let part = 0; part < parts; part++) {
    const calibration = calibrationOf(rows.filter((row) => partOf(row) !== part));
    rows.forEach((row, i) => {
      if (partOf(row) === part) odds[i] = oddsOf(row, calibration);
    });
    out.log(`part ${part + 1} of ${parts}`);
  }
  return odds;
}

const atLeast = Math.log(0.9 / 0.1);
const steps = Array.from({ length: 16 }, (_, i) => i / 5);
/** Of what was hardly accepted nothing can be said. */
const fewestAccepted = 60;

/**
 * How much must be taken off the odds of each kind of candidate so that of those accepted at 0.9 enough are right on layouts
 * left out.
 */
function fittedCaution(rows: readonly Row[], odds: readonly number[]): Calibration['caution'] {
  const byKind = new Map<string, { odds: number; right: boolean }[]>();
  rows.forEach((row, i) => {
    const kind = cautionKind(row.kind);
    const seen = byKind.get(kind) ?? [];
    byKind.set(kind, seen);
    seen.push({ odds: odds[i] ?? 0, right: row.right });
  });
  const kinds: Record<string, number> = {};
  for (const [kind, seen] of [...byKind].sort(byName)) {
    const [, share = usualShare] = shares.find(([start]) => kind.startsWith(start)) ?? [];
    const isEnough = (step: number): boolean => {
      const accepted = seen.filter((place) => place.odds - step >= atLeast);
      return accepted.filter((place) => place.right).length >= accepted.length * share;
    };
    const isSeen = seen.filter((place) => place.odds >= atLeast).length >= fewestAccepted;
    if (isSeen) kinds[kind] = steps.find(isEnough) ?? mostCaution;
  }
  return { kinds, otherwise: mostCaution };
}
const mostCaution = 2;
/**
 * The share that must be right of what is accepted at 0.9 on layouts left out. Lower for what vanished, whose wrong ones come
 * from few pages at once: lists of a law, lines broken within sentences.
 */
const usualShare = 0.9875;
const shares: readonly (readonly [start: string, share: number])[] = [
  ['vanished-by-words stop', 0.96],
  ['vanished ', 0.98],
];

function report(name: string, rows: readonly Row[], odds: readonly number[]): void {
  const loss = rows.reduce(
    (sum, { right }, i) => sum + Math.log(1 + Math.exp(right ? -(odds[i] ?? 0) : (odds[i] ?? 0))),
    0,
  );
  out.log(`${name}: ${(loss / rows.length).toFixed(4)} nats a place`);
  const found = new Map<string, { places: number; accepted: number; right: number }>();
  rows.forEach((row, i) => {
    for (const part of [row.family, 'all', cautionKind(row.kind)]) {
      const account = found.get(part) ?? { places: 0, accepted: 0, right: 0 };
      found.set(part, account);
      account.places++;
      if ((odds[i] ?? 0) < atLeast) continue;
      account.accepted++;
      if (row.right) account.right++;
    }
  });
  out.table(
    Object.fromEntries(
      [...found].map(([part, { places, accepted, right }]) => [
        part,
        { places, accepted, right, share: Math.round((right / Math.max(accepted, 1)) * 10_000) / 100 },
      ]),
    ),
  );
}

const folder = corpusFolder();
if (folder === undefined) throw new Error('Set CHENGMEN_CORPUS to the folder of the corpus.');
const files = values.rows?.split(',') ?? [];
const isKept = files.length > 0 && files.every((file) => existsSync(file));
const rows: readonly Row[] = isKept
  ? files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as Row[])
  : gathered(folder);
const [kept] = files;
if (kept !== undefined && !isKept) writeFileSync(kept, JSON.stringify(rows));
report(
  'as ranked',
  rows,
  rows.map(({ said }) => said),
);
const odds = leftOut(rows);
const caution = fittedCaution(rows, odds);
report('fitted, layouts left out', rows, odds);
report(
  'and with caution',
  rows,
  rows.map((row, i) => (odds[i] ?? 0) - cautionOf(row, caution)),
);
out.log(caution.kinds);
if (values.write) {
  const file = join(import.meta.dirname, '../../packages/mend/src/model-data/calibration.ts');
  const calibration: Calibration = { ...calibrationOf(rows), caution };
  writeFileSync(
    file,
    `import type { Calibration } from '../calibration.ts';\n\n/** Made by bench/mend/calibrate.ts. */\nexport const calibration: Calibration = ${JSON.stringify(calibration, null, 2)};\n`,
  );
  out.log(file);
}
