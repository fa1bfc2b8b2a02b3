import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DirectoryStore } from '@chengmen/seal';
import { childrenOf, moveToCores, processorTime, residentOf } from './processes.ts';
import { cityOf } from './city.ts';
import { advance, benchKey, openLine } from './line.ts';

/** A release of a generated city, and what a portal needs to serve it. */
export interface Site {
  readonly releases: string;
  readonly key: string;
  readonly articles: number;
}

/** Builds the release of a city into a folder. */
export async function buildSite(folder: string, articles: number): Promise<Site> {
  const releases = join(folder, 'releases');
  const line = openLine(cityOf(articles), new DirectoryStore(releases));
  await advance(line, 'everything');
  return { releases, key: benchKey.vkey, articles };
}

export interface PortalProcess {
  readonly port: number;
  readonly pid: number;
  /** Moves it and its workers to some cores. */
  moveTo(cores: string | undefined): void;
  /** Milliseconds of processor it and its workers have had. */
  processorTime(): number;
  /** Resident memory of it and its workers, in bytes. */
  residentMemory(): number;
  stop(): Promise<void>;
}

/** As `chengmen start` gives them. */
export const portalFlags = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--no-parallel-scavenge',
  '--heap-growing-percent=50',
];

/** Starts the portal as users do: a process of its own with access log and counters. */
export async function startPortalProcess(site: Site, flags: readonly string[] = []): Promise<PortalProcess> {
  const main = join(import.meta.dirname, '..', 'apps', 'portal', 'src', 'main.ts');
  const log = join(site.releases, '..', 'log');
  const own = [
    '--releases',
    site.releases,
    '--key',
    site.key,
    '--port',
    '0',
    '--access-log',
    log,
    '--metrics-port',
    '0',
  ];
  const child = fork(main, [...own, ...flags], {
    execArgv: portalFlags,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [message] = (await once(child, 'message')) as [{ readonly port: number }];
  const pid = child.pid ?? 0;
  return {
    port: message.port,
    pid,
    moveTo: (cores) => {
      for (const one of [pid, ...childrenOf(pid)]) moveToCores(cores, one);
    },
    processorTime: () => [pid, ...childrenOf(pid)].reduce((sum, one) => sum + processorTime(one), 0),
    residentMemory: () => [pid, ...childrenOf(pid)].reduce((sum, one) => sum + residentOf(one), 0),
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
