import type { ReadKey, TargetId } from '@chengmen/model';
import type { Why } from '@chengmen/press';
import type { WideChange } from './wide-change.ts';

/** Why pages are made, and how many: for one read that answers otherwise, or for all of another reason. */
export interface PressCause {
  readonly cause: Why['cause'];
  readonly read?: ReadKey;
  readonly targets: number;
}

/** What is being rendered. */
export interface PressWork {
  /** ISO 8601 instant, UTC. */
  readonly since: string;
  readonly done: number;
  readonly total: number;
  /** What made most of them, most first; a target with several changed reads counts for each. */
  readonly causes: readonly PressCause[];
}

/** A release that this press has made. */
export interface PressedRelease {
  readonly release: number;
  readonly causes: readonly PressCause[];
}

/** What the press is at, and has done since it began. */
export interface PressView {
  readonly now: PressWork | undefined;
  /** A site-wide change that is being made beside the live release. */
  readonly beside: PressWork | undefined;
  /** Something committed is not live, and nobody is at it: the last round failed, and is tried again. */
  readonly failed: { readonly at: string; readonly retryAt: string } | undefined;
  /** Newest first. */
  readonly made: readonly PressedRelease[];
}

type Targets = ReadonlyMap<TargetId, Why>;

/** So many targets are looked through for their causes, so many causes told, so many releases remembered. */
const [mostTargets, mostCauses, mostReleases] = [20_000, 6, 50];

/** What made most of some targets. Of very many, the first. */
export function causesOf(targets: Targets): PressCause[] {
  const counts = new Map<string, { cause: Why['cause']; read?: ReadKey; targets: number }>();
  const count = (cause: Why['cause'], read?: ReadKey): void => {
    const key = `${cause} ${read ?? ''}`;
    const one = counts.get(key) ?? { cause, ...(read === undefined ? {} : { read }), targets: 0 };
    one.targets++;
    counts.set(key, one);
  };
  let seen = 0;
  for (const why of targets.values()) {
    if (++seen > mostTargets) break;
    if (why.cause === 'read') for (const { key } of why.reads) count('read', key);
    else count(why.cause);
  }
  return [...counts.values()].sort((one, other) => other.targets - one.targets).slice(0, mostCauses);
}

/** Keeps what a press is at, for whoever looks. Costs a round next to nothing: causes of what is at work are counted when asked for. */
export interface PressRecorder {
  readonly planned: (targets: Targets) => void;
  readonly progress: (done: number) => void;
  /** With the number of the release, where the round made one. */
  readonly ended: (release: number | undefined) => void;
  readonly failed: (retryAfter: number) => void;
  readonly view: (wide: Pick<WideChange, 'began' | 'made' | 'plans'> | undefined) => PressView;
}

export function createPressRecorder(clock: () => number = Date.now): PressRecorder {
  let work: { readonly since: string; readonly targets: Targets; done: number } | undefined;
  let failure: PressView['failed'];
  let made: readonly PressedRelease[] = [];
  return {
    planned: (targets) => {
      work = { since: isoOf(clock()), targets, done: 0 };
    },
    progress: (done) => {
      if (work) work.done = done;
    },
    ended: (release) => {
      failure = undefined;
      if (work && release !== undefined)
        made = [{ release, causes: causesOf(work.targets) }, ...made].slice(0, mostReleases);
      work = undefined;
    },
    failed: (retryAfter) => {
      const now = clock();
      work = undefined;
      failure = { at: isoOf(now), retryAt: isoOf(now + retryAfter) };
    },
    view: (wide) => ({
      now: work && {
        ...{ since: work.since, done: work.done, total: work.targets.size, causes: causesOf(work.targets) },
      },
      beside: wide && besideOf(wide),
      failed: failure,
      made,
    }),
  };
}

function besideOf({ began, made, plans }: Pick<WideChange, 'began' | 'made' | 'plans'>): PressWork {
  const total = plans.reduce((sum, { targets }) => sum + targets.size, 0);
  return { since: isoOf(began), done: made, total, causes: plans[0] ? causesOf(plans[0].targets) : [] };
}

const isoOf = (at: number): string => new Date(at).toISOString();
