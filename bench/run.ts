/**
 * `npm run bench -- NAME… [--quick] [--json] [--articles N,M] [--folder F] [--sets S,T] [--families A;B]`: builds what it
 * needs, measures us and the floor in one run.
 * Exit codes: 0 all bars reached; 1 a bar not reached; 2 bad arguments, or something a bench needs is missing.
 */
import { cpus, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { crash } from './crash.ts';
import { desk } from './desk.ts';
import { edit } from './edit.ts';
import { increment } from './increment.ts';
import { intake } from './intake.ts';
import { intakeDesk } from './intake-desk.ts';
import { memory } from './memory.ts';
import { CorpusMissing, mend, mendGrowth, UnknownPart } from './mend.ts';
import { mendFuzz } from './mend-fuzz.ts';
import type { Bench, BenchOptions, Measure } from './measure.ts';
import { search } from './search.ts';
import { serve } from './serve.ts';
import { tamper } from './tamper.ts';
import { ToolMissing } from './tool-missing.ts';
import { views } from './views.ts';

const benches: readonly Bench[] = [
  build,
  crash,
  desk,
  edit,
  increment,
  intake,
  intakeDesk,
  memory,
  mend,
  mendFuzz,
  mendGrowth,
  search,
  serve,
  tamper,
  views,
];
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${release()}, Node ${process.versions.node}`;

interface Report {
  readonly bench: string;
  readonly quick: boolean;
  readonly date: string;
  readonly machine: string;
  readonly measures: readonly Measure[];
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (![CorpusMissing, ToolMissing, UnknownPart].some((kind) => error instanceof kind)) throw error;
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  return 2;
});

async function main(args: readonly string[]): Promise<number> {
  const chosen = choose(args);
  if (!chosen) return 2;
  const { names, json, ...options } = chosen;
  const { quick } = options;
  const reports: Report[] = [];
  for (const bench of benches.filter(({ name }) => names.includes(name))) {
    console.error(`${bench.name}: ${bench.about}`);
    const measures = await bench.run({ ...options, say: (text) => console.error(`  ${text} …`) });
    const report = { bench: bench.name, quick, date: new Date().toISOString().slice(0, 10), machine, measures };
    reports.push(report);
    if (!json) console.log(asTable(report));
  }
  if (json) console.log(JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2));
  return reports.some(({ measures }) => measures.some(({ reached }) => reached === false)) ? 1 : 0;
}

interface Chosen extends Omit<BenchOptions, 'say'> {
  readonly names: readonly string[];
  readonly json: boolean;
}

function choose(args: readonly string[]): Chosen | undefined {
  const known = benches.map(({ name }) => name);
  try {
    const options = {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      articles: { type: 'string' },
      folder: { type: 'string' },
      sets: { type: 'string' },
      families: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { quick, json, folder } = values;
    const articles = values.articles?.split(',').map(Number);
    if (articles && !articles.every((count) => Number.isInteger(count) && count > 0))
      throw new Error(`--articles ${values.articles}: numbers with commas between`);
    const sets = values.sets?.split(',');
    const families = values.families?.split(';').map((name) => name.trim());
    const given = { articles, folder, sets, families };
    if (positionals.length > 0 && positionals.every((name) => known.includes(name)))
      return { names: positionals, quick, json, ...withoutAbsent(given) };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
  console.error(
    `npm run bench -- NAME… [--quick] [--json] [--articles N,M] [--folder F] [--sets S,T] [--families A;B]    NAME: ${known.join(' ')}`,
  );
  return undefined;
}

type Parts = Pick<BenchOptions, 'articles' | 'folder' | 'sets' | 'families'>;

function withoutAbsent(options: { readonly [K in keyof Parts]: Parts[K] | undefined }): Parts {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function asTable({ bench, quick, date, machine: where, measures }: Report): string {
  const lines = measures.map(({ measure, value, unit, bar = '', reached }) => {
    const verdict = reached === undefined ? '' : reached ? 'yes' : 'no';
    return `| ${measure} | ${shown(value)} ${unit} | ${bar} | ${verdict} |`;
  });
  const head = `${bench}${quick ? ' --quick' : ''} · ${date} · ${where}`;
  return ['', head, '', '| measure | value | bar | reached |', '|---|---|---|---|', ...lines, ''].join('\n');
}

function shown(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
