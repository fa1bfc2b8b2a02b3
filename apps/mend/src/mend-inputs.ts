import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { learnSiblings, type SiblingFurniture } from '@chengmen/mend';
import { ChengmenError } from '@chengmen/model';
import { Tinypool } from 'tinypool';
import { findInputs, standardInput } from './find-inputs.ts';
import { readMendFlags, type MendFlags } from './mend-flags.ts';
import { mendJob, type MendDone, type MendJob } from './mend-job.ts';
import { openReport, type ReportFile } from './report/report-file.ts';

export interface MendOptions extends MendFlags {
  readonly operands: readonly string[];
  readonly json: boolean;
}

/** Where a command writes: prose, one JSON text for each input, news of progress, and refusals of single inputs. */
export interface MendOutput {
  readonly out: (text: string) => void;
  readonly json: (text: string) => void;
  readonly progress: (text: string, step: string) => void;
  readonly refuse: (error: NonNullable<MendDone['failed']>) => void;
}

/** From so many inputs on, threads are worth starting. */
const fewestForThreads = 3;
/** Inputs in flight for each thread; the rest wait on disk. */
const inFlight = 2;
/** A thread may hold this much; an input that needs more fails alone. */
const threadMegabytes = 1024;

/**
 * Mends files, folders, patterns and standard input, in order. Answers the exit code: 0 all clean or mended; 1 gaps are left
 * or something raised an alarm; 2 an input could not be read. Throws `arguments-invalid` before anything is done.
 */
export async function mendInputs(options: MendOptions, output: MendOutput): Promise<number> {
  const flags = readMendFlags(options);
  if (options.operands.length === 0) throw new ChengmenError('arguments-invalid', { problem: 'mend FILE…' });
  const inputs = await findInputs(options.operands);
  const siblings = options.siblings === undefined ? undefined : await siblingsIn(options.siblings);
  const standard = inputs.includes(standardInput) ? new Uint8Array(await buffer(process.stdin)) : undefined;
  const wants = { json: options.json, report: options.report !== undefined, html: options.out !== undefined };
  const jobs = inputs.map((name, i): MendJob => ({
    name,
    bytes: name === standardInput ? standard : undefined,
    atLeast: flags.atLeast,
    encoding: flags.encoding,
    decisions: options.decisions?.[i],
    wants,
  }));
  const report = options.report === undefined ? undefined : openReport(options.report);
  const totals = { wrong: false, failed: false, report };
  let finished = 0;
  for await (const done of results(jobs, flags.jobs, siblings)) {
    finished++;
    if (jobs.length >= fewestForThreads) output.progress(`${finished}/${jobs.length}　${done.name}`, '');
    take(done, options, output, totals);
  }
  report?.close();
  return totals.failed ? 2 : totals.wrong ? 1 : 0;
}

function take(
  { name, wrong, lines, json, html, report, failed }: MendDone,
  options: MendOptions,
  output: MendOutput,
  totals: { wrong: boolean; failed: boolean; readonly report: ReportFile | undefined },
): void {
  if (failed) {
    totals.failed = true;
    output.refuse(failed);
    if (options.json) output.json(JSON.stringify({ input: { name }, error: failed }));
    return;
  }
  totals.wrong ||= wrong;
  if (json !== undefined) output.json(json);
  if (!options.json) for (const line of lines) output.out(line);
  if (report !== undefined) totals.report?.add(report);
  if (html !== undefined && options.out !== undefined) writeMended(options.out, name, html);
}

/** Inputs keep their relative paths; what lies outside the working folder goes by its whole path. */
function writeMended(folder: string, name: string, html: string): void {
  const path = name === standardInput ? 'standard-input.html' : relative(process.cwd(), resolve(name));
  const target = join(folder, path.replaceAll('..', '_'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, html);
}

/** Every input's result in order, few of them in memory at a time. */
async function* results(
  jobs: readonly MendJob[],
  given: number | undefined,
  siblings: SiblingFurniture | undefined,
): AsyncGenerator<MendDone> {
  const threads = Math.min(given ?? availableParallelism(), jobs.length);
  if (jobs.length < fewestForThreads || threads < 2) {
    for (const job of jobs) yield mendJob({ ...job, siblings });
    return;
  }
  const pool = new Tinypool({
    filename: workerFile(),
    maxThreads: threads,
    workerData: siblings,
    resourceLimits: { maxOldGenerationSizeMb: threadMegabytes },
  });
  try {
    const waiting: Promise<MendDone>[] = [];
    for (const job of jobs) {
      waiting.push(run(pool, job));
      if (waiting.length >= threads * inFlight) yield (await waiting.shift()) ?? mendJob({ ...job, siblings });
    }
    for (const last of waiting) yield await last;
  } finally {
    await pool.destroy();
  }
}

/** A thread that dies takes its input with it, and only that. */
const run = (pool: Tinypool, job: MendJob): Promise<MendDone> =>
  (pool.run(job) as Promise<MendDone>).catch((error: unknown) => ({
    ...mendJob({ ...job, bytes: new Uint8Array(), decisions: undefined }),
    wrong: true,
    failed: {
      code: 'file-unreadable' as const,
      zh: `${job.name}：处理线程中止`,
      en: `${job.name}: the thread that mended it died: ${error instanceof Error ? error.message : String(error)}`,
      todo: { zh: '请单独处理这个文件。', en: 'Look at this file alone.' },
      status: 500,
    },
  }));

/** Beside this module: TypeScript in a checkout, JavaScript in the package. */
function workerFile(): string {
  const here = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);
  const built = join(here, 'mend-worker.js');
  return existsSync(built) ? built : join(here, 'mend-worker.ts');
}

async function siblingsIn(folder: string): Promise<SiblingFurniture> {
  const files = (await findInputs([folder])).slice(0, mostSiblings);
  return learnSiblings(files.map((name) => ({ name, bytes: new Uint8Array(readFileSync(name)) })));
}

/** A site's furniture is on every page; more pages say nothing new. */
const mostSiblings = 500;
