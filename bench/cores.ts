import { spawnSync } from 'node:child_process';
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
