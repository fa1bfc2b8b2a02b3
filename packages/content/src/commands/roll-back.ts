import type { Command, CommandContext } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { plainText } from '@chengmen/revision';
import { z } from 'zod';
import { beginHold, lockHold, openHold, putHold, refuseAsker, wrongState } from '../hold-rows.ts';

/** The root of a release by its number in the log; undefined where there is none of this number. Throws where it is no longer whole. */
export type RootOf = (release: number) => Promise<string | undefined>;

export const holdReason = plainText.min(10).max(500);
export const releaseNumber = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

const asking = z.strictObject({ release: releaseNumber, reason: holdReason });

/**
 * Asks that an earlier release be put in force and stay: the press seals nothing new until somebody ends that. The newest one is
 * asked for to stay where the site is. Another person must confirm it. Throws `not-found`, `wrong-state`.
 */
export function askRollBack({
  rootOf,
}: {
  readonly rootOf: RootOf;
}): Command<z.infer<typeof asking>, { readonly hold: number }> {
  return {
    name: 'ask-roll-back',
    permission: 'release.roll-back',
    input: asking,
    async run(context, { release, reason }) {
      const { hold, root } = await ask(context, rootOf, { release, reason, alone: false });
      return { result: { hold }, event: { hold, release, root, reason } };
    },
  };
}

/** Writes a request down, unless another waits or the site is held there already. */
export async function ask(
  context: CommandContext,
  rootOf: RootOf,
  asked: { readonly release: number; readonly reason: string; readonly alone: boolean },
): Promise<{ readonly hold: number; readonly root: string }> {
  const root = await rootOf(asked.release);
  if (root === undefined) throw new ChengmenError('not-found', { what: '发布版 (release)', id: String(asked.release) });
  const [other, held] = [await openHold(context, 'asked'), await openHold(context, 'held')];
  if (other) throw wrongState(other);
  if (held?.root === root) throw wrongState(held);
  return { hold: await putHold(context, { ...asked, root }), root };
}

const confirming = z.strictObject({ hold: releaseNumber });

/**
 * The second person: from here on the release asked for is in force, and nothing that is approved goes live. What was whole when it
 * was asked for is looked at again.
 */
export function confirmRollBack({
  rootOf,
}: {
  readonly rootOf: RootOf;
}): Command<z.infer<typeof confirming>, { readonly hold: number }> {
  return {
    name: 'confirm-roll-back',
    permission: 'release.roll-back',
    input: confirming,
    async run(context, { hold }) {
      const { asked_by: asked, release, root } = await lockHold(context, hold, ['asked']);
      refuseAsker(context, asked);
      if ((await rootOf(Number(release))) !== root)
        throw new ChengmenError('not-found', { what: '发布版 (release)', id: String(release) });
      await beginHold(context, hold);
      return { result: { hold }, event: { hold, release: Number(release), root, asked } };
    },
  };
}
