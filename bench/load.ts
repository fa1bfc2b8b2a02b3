import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { programNamed } from './nginx.ts';
import { onCores } from './processes.ts';

/** What a load came to; times in milliseconds. */
export interface Load {
  readonly perSecond: number;
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
}

const connections = 16;

/**
 * Asks one address for some seconds over 16 kept connections, as fast as answers come, with wrk, on the cores named. Throws
 * for any answer but 2xx.
 */
export async function load(url: string, seconds: number, cores?: string): Promise<Load> {
  const [program, args] = onCores(cores, programNamed('wrk'), [
    ...['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`, '--latency'],
    ...['--header', 'Accept-Encoding: gzip', url],
  ]);
  const { stdout } = await promisify(execFile)(program, args);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout);
  return {
    requests: Number(/(\d+) requests in/.exec(stdout)?.[1]),
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50: millisecondsAt(stdout, '50%'),
    p99: millisecondsAt(stdout, '99%'),
  };
}

function millisecondsAt(report: string, share: string): number {
  const [, value, unit = ''] = new RegExp(`${share}\\s+([\\d.]+)(us|ms|s)`).exec(report) ?? [];
  return Number(value) * ({ us: 0.001, ms: 1, s: 1000 }[unit] ?? Number.NaN);
}
