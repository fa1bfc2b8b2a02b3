import { parentPort, workerData } from 'node:worker_threads';
import { accept, mend, replay, structureOf, type MendResult } from '@chengmen/mend';
import { fuzzInput, numbers } from './fuzz-inputs.ts';

const { seed, count, sources } = workerData as { seed: number; count: number; sources: readonly string[] };

/** What went wrong, how often, and the first input that showed it. */
export interface FuzzFault {
  readonly problem: string;
  readonly times: number;
  readonly first: string;
}

/** What one thread has found, and in how many inputs. */
export interface FuzzPart {
  readonly inputs: number;
  readonly faults: readonly FuzzFault[];
  readonly again: number;
  readonly slowest: number;
}

/** News after so many inputs. */
const told = 5000;

const faults = new Map<string, FuzzFault>();
const next = numbers(seed);
const encoder = new TextEncoder();
let again = 0;
let slowest = 0;
for (let i = 0; i < count; i++) {
  const bytes = fuzzInput(sources, next);
  // Of this thread alone: the clock counts what else the machine does.
  const start = process.threadCpuUsage();
  const problem = problemOf(bytes);
  slowest = Math.max(slowest, process.threadCpuUsage(start).user / 1000);
  if (problem === 'changes') again++;
  else if (problem !== undefined) add(problem, bytes);
  if ((i + 1) % told === 0 || i + 1 === count) tell(i + 1);
}

/** What has been found so far. */
function tell(inputs: number): void {
  parentPort?.postMessage({ inputs, faults: [...faults.values()], again, slowest } satisfies FuzzPart);
}

function add(problem: string, bytes: Uint8Array): void {
  const known = faults.get(problem);
  faults.set(problem, {
    problem,
    times: (known?.times ?? 0) + 1,
    first: known?.first ?? Buffer.from(bytes).toString('hex').slice(0, 600),
  });
}

function problemOf(bytes: Uint8Array): string | undefined {
  try {
    const result = mend({ name: 'fuzz', bytes });
    const accepted = accept(result, { atLeast: 0.9 });
    structureOf(accepted);
    if (replay(result, bytes) !== result.html || replay(accepted, bytes) !== accepted.html) return 'replay differs';
    const plan = planProblem(result, bytes);
    if (plan !== undefined) return plan;
    return mend({ name: 'again', bytes: encoder.encode(result.html) }).html === result.html ? undefined : 'changes';
  } catch (error) {
    return error instanceof Error ? `throws ${error.message.slice(0, 80)}` : 'throws';
  }
}

function planProblem({ plan, html }: MendResult, bytes: Uint8Array): string | undefined {
  const points = [...html];
  let end = 0;
  for (const place of plan) {
    if (place.at < end) return 'places overlap';
    end = place.at + place.length;
    if (place.before !== Buffer.from(bytes.subarray(place.at, end)).toString('hex')) return 'before differs';
    if (points.slice(place.out, place.out + [...place.after].length).join('') !== place.after) return 'out is wrong';
  }
  return end > bytes.length ? 'a place lies outside' : undefined;
}
