import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import { changeHold, endHold, lockHold, noRequest, refuseAsker, wrongState } from '../hold-rows.ts';
import { holdReason, releaseNumber } from './roll-back.ts';

const asking = z.strictObject({ hold: releaseNumber, reason: holdReason });

/** Asks that the site go on: everything approved meanwhile then goes live. Another person must confirm it. */
export const askResume: Command<z.infer<typeof asking>, { readonly hold: number }> = {
  name: 'ask-resume',
  permission: 'release.roll-back',
  input: asking,
  async run(context, { hold, reason }) {
    const { actor, now } = context;
    const row = await lockHold(context, hold, ['held']);
    if (row.end_asked_at !== null)
      throw new ChengmenError('wrong-state', {
        what: `封存于第 ${row.release} 版`,
        state: '已有人提出解除，待确认 (its end is asked for and waits for a second person)',
      });
    const by = { end_asked_by: actor.account, end_asked_by_name: actor.name };
    await changeHold(context, hold, { ...by, end_reason: reason, end_asked_at: now.toISOString() });
    return { result: { hold }, event: { hold, release: Number(row.release), reason } };
  },
};

const confirming = z.strictObject({
  hold: releaseNumber,
  /** When what is confirmed was asked for: the request that was seen, and no later one. */
  asked: z.string(),
});

/** The second person: the press catches up with everything that was approved. */
export const confirmResume: Command<z.infer<typeof confirming>, { readonly hold: number }> = {
  name: 'confirm-resume',
  permission: 'release.roll-back',
  input: confirming,
  async run(context, { hold, asked }) {
    const row = await lockHold(context, hold, ['held']);
    if (row.end_asked_at !== asked) throw wrongState(row);
    refuseAsker(context, row.end_asked_by);
    await endHold(context, hold);
    return { result: { hold }, event: { hold, release: Number(row.release), asked: row.end_asked_by } };
  },
};

const dropping = z.strictObject({ hold: releaseNumber, what: z.enum(['roll-back', 'resume']) });

/** Lets a request fall that waits for its second person: whoever made it, or whoever could confirm it. */
export const dropHoldRequest: Command<z.infer<typeof dropping>, { readonly hold: number }> = {
  name: 'drop-hold-request',
  permission: 'release.roll-back',
  input: dropping,
  async run(context, { hold, what }) {
    const row = await lockHold(context, hold, [what === 'resume' ? 'held' : 'asked']);
    if (what === 'resume' && row.end_asked_at === null) throw wrongState(row);
    if (what === 'resume') await changeHold(context, hold, noRequest);
    else {
      await endHold(context, hold);
      await changeHold(context, hold, { state: 'dropped' });
    }
    return { result: { hold }, event: { hold, release: Number(row.release), what } };
  },
};
