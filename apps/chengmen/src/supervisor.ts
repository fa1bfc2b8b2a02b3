import { fork, type ChildProcess } from 'node:child_process';

/** A child process the supervisor keeps alive. */
export interface ChildPlan {
  readonly name: string;
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Flags of Node itself, for example its permission model. */
  readonly nodeFlags: readonly string[];
}

export interface Supervisor {
  start(plan: ChildPlan): void;
  /** Hands a message to a child; one that does not run at the moment misses it. */
  send(name: string, message: object): void;
  /** Asks every child to stop and resolves when all are gone; one that does not go within the grace period is killed. */
  stop(): Promise<void>;
}

export interface SupervisorEvents {
  message(name: string, message: unknown): void;
  /** A child ended by itself and will be started again after `delay` milliseconds. */
  restarting(name: string, how: string, delay: number): void;
  /** A child said it cannot run (exit code 2): starting it again would not help. */
  gaveUp(name: string): void;
}

const graceful = 10_000;
const steady = 30_000;

/** Milliseconds to wait before start number `failures + 1` in a row: at once, then doubling to half a minute. */
export function restartDelay(failures: number): number {
  return failures <= 1 ? 0 : Math.min(30_000, 250 * 2 ** (failures - 2));
}

/**
 * Keeps child processes running, each by itself: one that dies is started again, the others do not notice.
 * Children must end when the channel to their supervisor closes, so that none outlives a killed supervisor.
 */
export function createSupervisor(events: SupervisorEvents): Supervisor {
  const children = new Map<string, ChildProcess>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;

  const run = (plan: ChildPlan, failures: number): void => {
    const startedAt = performance.now();
    const child = fork(plan.entry, [], {
      env: { ...plan.environment },
      execArgv: [...plan.nodeFlags],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
      // Ctrl-C reaches the supervisor alone; it then stops the children in order.
      detached: process.platform !== 'win32',
    });
    children.set(plan.name, child);
    child.on('message', (message) => {
      events.message(plan.name, message);
    });
    child.on('exit', (code, signal) => {
      children.delete(plan.name);
      if (stopping) return;
      if (code === 2) {
        events.gaveUp(plan.name);
        return;
      }
      const next = performance.now() - startedAt > steady ? 1 : failures + 1;
      const delay = restartDelay(next);
      events.restarting(plan.name, signal ?? `exit code ${String(code)}`, delay);
      const timer = setTimeout(() => {
        timers.delete(timer);
        if (!stopping) run(plan, next);
      }, delay);
      timers.add(timer);
    });
  };

  return {
    start(plan) {
      run(plan, 0);
    },
    send(name, message) {
      const child = children.get(name);
      // It may be ending just now; it is told of that by its exit.
      if (child?.connected === true) child.send(message, () => undefined);
    },
    async stop() {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all([...children.values()].map(end));
    },
  };
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), graceful);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
