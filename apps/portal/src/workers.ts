import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { AggregatorRegistry, type MetricObject } from 'prom-client';
import { startMetricsServer, type Inside, type MetricsServer } from './metrics-server.ts';
import type { Portal } from './portal.ts';

/** Environment variable that tells a worker its place: `1`, `2`, … */
export const workerVariable = 'CHENGMEN_PORTAL_WORKER';

export interface Workers {
  readonly port: number;
  readonly metricsAddress: string | undefined;
  /** Process ids of the workers that run. */
  pids(): number[];
  /** Asks all to stop and resolves when they are gone. */
  close(): Promise<void>;
}

interface WorkersOptions {
  readonly entry: string;
  readonly argv: readonly string[];
  readonly count: number;
  /** Folder of the releases. */
  readonly releases: string;
  readonly metrics?: { readonly host: string; readonly port: number } | undefined;
  /** Told of a worker that ended by itself and is started again, and of a private port that is not to be had. */
  readonly alarm: (code: string, where: string, problem: string) => void;
}

interface Report {
  readonly type: 'report';
  readonly question: number;
  readonly ready: boolean;
  readonly values: MetricObject[];
}

const patience = 2000;
const mostDelay = 30_000;

/** A worker ended with code 2: it has said that it cannot run. */
export class WorkersGaveUp extends Error {
  constructor() {
    super('a worker of the portal cannot run');
  }
}

/**
 * Starts portal processes that share one port. This process only hands connections over: it parses nothing that comes from the
 * street. Workers may not start programs, whatever this process may. Throws WorkersGaveUp where one ends with code 2 at the start;
 * `gaveUp` resolves when one does so later.
 */
export async function startWorkers(options: WorkersOptions): Promise<Workers & { readonly gaveUp: Promise<void> }> {
  const execArgv = process.execArgv.filter((flag) => flag !== '--allow-child-process');
  cluster.setupPrimary({ exec: options.entry, args: [...options.argv], execArgv });
  let stopping = false;
  let giveUp: () => void = () => undefined;
  const gaveUp = new Promise<void>((resolve) => (giveUp = resolve));
  const running = new Map<number, Worker>();
  const run = (place: number, failures: number): Worker => {
    const startedAt = performance.now();
    const worker = cluster.fork({ [workerVariable]: String(place) });
    running.set(place, worker);
    worker.on('exit', (code, signal) => {
      running.delete(place);
      if (stopping) return;
      if (code === 2) {
        giveUp();
        return;
      }
      options.alarm('worker-ended', `worker ${place}`, signal || `exit code ${code}`);
      const next = performance.now() - startedAt > mostDelay ? 0 : failures + 1;
      const delay = next === 1 ? 0 : Math.min(mostDelay, 125 * 2 ** next);
      setTimeout(() => {
        if (!stopping) run(place, next);
      }, delay).unref();
    });
    return worker;
  };
  const close = async (): Promise<void> => {
    stopping = true;
    await Promise.all([...running.values()].map(endOf));
  };
  // The first one decides about a port that was left open; the others take the same.
  const first = await Promise.all(Array.from({ length: options.count }, (_, at) => portOf(run(at + 1, 0)))).catch(
    async (error: unknown) => {
      await close();
      throw error;
    },
  );
  const inside = await listenInside(insideOf(running, options), options);
  return {
    port: first[0] ?? 0,
    metricsAddress: inside?.address,
    gaveUp,
    pids: () => [...running.values()].map(({ process: { pid } }) => pid ?? 0),
    async close() {
      await close();
      await inside?.close();
    },
  };
}

async function listenInside(inside: Inside, { metrics, alarm }: WorkersOptions): Promise<MetricsServer | undefined> {
  if (!metrics) return undefined;
  try {
    return await startMetricsServer(inside, metrics);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    alarm('metrics-unreachable', `${metrics.host}:${metrics.port}`, problem);
    return undefined;
  }
}

/** Lets the first process of a worker ask it how it stands. */
export function answerReports(portal: Portal): void {
  process.on('message', (message: { readonly type?: string; readonly question?: number }) => {
    if (message.type !== 'report' || message.question === undefined) return;
    const { question } = message;
    void portal.metrics().then((values) => {
      const report: Report = { type: 'report', question, ready: portal.release.current() !== undefined, values };
      process.send?.(report);
    });
  });
}

async function portOf(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('exit', (code) => {
      reject(code === 2 ? new WorkersGaveUp() : new Error(`a worker of the portal ended with code ${code}`));
    });
    worker.on('message', (message: { readonly ready?: unknown; readonly port?: number }) => {
      if (message.ready === true && message.port !== undefined) resolve(message.port);
    });
  });
}

async function endOf(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const ended = once(worker, 'exit');
  worker.process.kill('SIGTERM');
  await ended;
}

let questions = 0;

function insideOf(
  running: ReadonlyMap<number, Worker>,
  { count, releases }: Pick<WorkersOptions, 'count' | 'releases'>,
): Inside {
  const reports = async (): Promise<Report[]> =>
    (await Promise.all([...running.values()].map(ask))).filter((one) => one !== undefined);
  return {
    ready: async () => {
      const all = await reports();
      return all.length === count && all.every(({ ready }) => ready);
    },
    text: async () => AggregatorRegistry.aggregate((await reports()).map(({ values }) => values)).metrics(),
    contentType: AggregatorRegistry.PROMETHEUS_CONTENT_TYPE,
    releases,
  };
}

/** undefined for a worker that does not answer in time. */
async function ask(worker: Worker): Promise<Report | undefined> {
  const question = ++questions;
  return new Promise((resolve) => {
    const done = (report?: Report): void => {
      clearTimeout(timer);
      worker.off('message', listen);
      resolve(report);
    };
    const listen = (message: Report): void => {
      if (message.type === 'report' && message.question === question) done(message);
    };
    const timer = setTimeout(done, patience);
    worker.on('message', listen);
    if (worker.isConnected()) worker.send({ type: 'report', question });
    else done();
  });
}
