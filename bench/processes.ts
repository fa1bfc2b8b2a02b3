import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { programNamed } from './nginx.ts';

/**
 * Which cores a server and the program that asks it get: one each where there is one worker, so that neither takes the
 * other's time and each server has as much as the other; all of them where the workers need all. undefined: as it comes.
 */
export function coresFor(workers: number): { readonly server: string; readonly load: string } | undefined {
  const cores = availableParallelism();
  if (process.platform !== 'linux' || workers >= cores) return undefined;
  return { server: workers === 1 ? '0' : `0-${workers - 1}`, load: `${workers}-${cores - 1}` };
}

/** A program and its arguments, so that it begins on these cores and what it starts stays there. */
export function onCores(
  cores: string | undefined,
  program: string,
  args: readonly string[],
): [program: string, args: readonly string[]] {
  return cores === undefined ? [program, args] : [programNamed('taskset'), ['--cpu-list', cores, program, ...args]];
}

/** Moves a process that runs, all its threads, to these cores. */
export function moveToCores(cores: string | undefined, pid: number): void {
  if (cores === undefined) return;
  const { status, stderr } = spawnSync(
    programNamed('taskset'),
    ['--all-tasks', '--cpu-list', '--pid', cores, `${pid}`],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
}

export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

/** Bytes. */
export function residentOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}

/** Milliseconds of processor a process has had, itself and in the system; clock ticks of Linux are ten of them. */
export function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Seconds of processor and most resident memory of a process and its threads so far, by Linux; undefined once it is gone. */
export function usageOf(pid: number | undefined): { seconds: number; megabytes: number } | undefined {
  if (pid === undefined) return undefined;
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { seconds: processorTime(pid) / 1000, megabytes: Number(peak ?? 0) / 1024 };
  } catch {
    return undefined;
  }
}
