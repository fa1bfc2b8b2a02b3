import { askResume, confirmResume, dropHoldRequest } from './commands/end-hold.ts';
import { askRollBack, confirmRollBack, type RootOf } from './commands/roll-back.ts';
import { holdAlone, resumeAlone } from './commands/hold-alone.ts';

/** The commands by which a site goes back to an earlier release, stays there, and goes on. */
export interface Holds {
  readonly askRollBack: ReturnType<typeof askRollBack>;
  readonly confirmRollBack: ReturnType<typeof confirmRollBack>;
  readonly askResume: typeof askResume;
  readonly confirmResume: typeof confirmResume;
  readonly dropHoldRequest: typeof dropHoldRequest;
  /** For the command line alone. */
  readonly holdAlone: ReturnType<typeof holdAlone>;
  readonly resumeAlone: typeof resumeAlone;
}

export function createHolds(options: { readonly rootOf: RootOf }): Holds {
  return {
    askRollBack: askRollBack(options),
    confirmRollBack: confirmRollBack(options),
    ...{ askResume, confirmResume, dropHoldRequest, resumeAlone },
    holdAlone: holdAlone(options),
  };
}

const waking: ReadonlySet<string> = new Set([
  ...[confirmResume, resumeAlone].map(({ name }) => name),
  ...['confirm-roll-back', 'hold-alone'],
]);

/** Whether the press has to look again after a command, though no item was touched. */
export function wakesPress(command: string): boolean {
  return waking.has(command);
}
