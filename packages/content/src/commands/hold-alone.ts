import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import { beginHold, changeHold, endHold, openHold } from '../hold-rows.ts';
import { ask, holdReason, releaseNumber, type RootOf } from './roll-back.ts';

const holding = z.strictObject({ release: releaseNumber, reason: holdReason });

/**
 * Goes back to a release and stays there by one person's word, for the night when there is no other: only the command line offers it,
 * to whoever holds the data folder. It is marked as such wherever the hold is told of. A request that waits falls with it.
 */
export function holdAlone({
  rootOf,
}: {
  readonly rootOf: RootOf;
}): Command<z.infer<typeof holding>, { readonly hold: number }> {
  return {
    name: 'hold-alone',
    permission: 'release.publish',
    input: holding,
    async run(context, { release, reason }) {
      const waiting = await openHold(context, 'asked');
      if (waiting) {
        await endHold(context, waiting.id);
        await changeHold(context, waiting.id, { state: 'dropped' });
      }
      const { hold, root } = await ask(context, rootOf, { release, reason, alone: true });
      await beginHold(context, hold);
      return { result: { hold }, event: { hold, release, root, reason, by: context.actor.name } };
    },
  };
}

const resuming = z.strictObject({ reason: holdReason });

/** Ends what is in force by one person's word, likewise. */
export const resumeAlone: Command<z.infer<typeof resuming>, { readonly hold: number }> = {
  name: 'resume-alone',
  permission: 'release.publish',
  input: resuming,
  async run(context, { reason }) {
    const { actor, now } = context;
    const held = await openHold(context, 'held');
    if (!held) throw new ChengmenError('wrong-state', { what: '网站 (the site)', state: '没有封存 (not held)' });
    const by = { end_asked_by: actor.account, end_asked_by_name: actor.name };
    await changeHold(context, held.id, { ...by, end_reason: reason, end_asked_at: now.toISOString() });
    await endHold(context, held.id);
    return { result: { hold: held.id }, event: { hold: held.id, reason, by: actor.name } };
  },
};
