import type { Command, CommandContext, CommandEffect } from '@chengmen/ledger';
import { ChengmenError, reviewStages, stages, type RevisionId, type RevisionState } from '@chengmen/model';
import { z } from 'zod';
import { contributorsOf } from '../contributors.ts';
import { endEmergencies, missingStage, openEmergencies } from '../emergencies.ts';
import type { KindHooks } from '../hooks.ts';
import { lockRevision } from '../lock-revision.ts';
import { checkLive, makeLive } from '../make-live.ts';
import { needsOfRevision } from '../needs-of-revision.ts';
import { plainText } from '../plain-text.ts';
import { prepareSubmission } from '../prepare-submission.ts';
import { reviewsOf } from '../reviews-of.ts';
import { addSchedule, instant, refusePast } from '../schedule.ts';
import { refuseForBatch } from '../refuse-for-batch.ts';
import { setRevisionState } from '../set-revision-state.ts';
import { signReview } from '../sign-review.ts';
import type { RevisionTable } from '../tables.ts';

const input = z
  .strictObject({
    revision: z.string(),
    /** The hash the reviewer saw. */
    hash: z.string(),
    stage: z.enum(reviewStages),
    decision: z.enum(['approve', 'return']),
    comment: plainText.max(2000).optional(),
    /** Final approval only: when it shall be live. Without it, at once. */
    publishAt: instant.optional(),
    /** One of several at once: only what may be approved without being looked at again; see `refuseForBatch`. */
    batch: z.literal(true).optional(),
  })
  .refine(
    ({ stage, decision, publishAt }) => publishAt === undefined || (stage === 'final' && decision === 'approve'),
    {
      path: ['publishAt'],
      error: '只有终审通过可以定时 (only a final approval has a time)',
    },
  )
  .refine(
    ({ decision, publishAt, batch }) => batch === undefined || (decision === 'approve' && publishAt === undefined),
    {
      path: ['batch'],
      error: '成批只能即刻通过 (several at once can only be approved, at once)',
    },
  )
  .refine(({ decision, comment }) => decision === 'approve' || (comment ?? '') !== '', {
    path: ['comment'],
    error: '退回须写明理由 (a return needs its reason)',
  });

export interface Reviewed {
  readonly revision: RevisionId;
  readonly state: RevisionState;
}

/**
 * One of the three reviews (SEC-07): its role, by somebody who neither wrote the revision nor reviewed it before, bound to the hash they saw.
 * The final one makes the revision live in the same transaction, or writes down when it shall be; until then the earlier one stays up.
 */
export function reviewRevision(hooks: readonly KindHooks[]): Command<z.infer<typeof input>, Reviewed> {
  return {
    name: 'review-revision',
    permission: reviewStages.map((stage) => stages[stage].permission),
    input,
    prepare: async (at, { batch, ...seen }) => {
      if (batch) await prepareSubmission(hooks)(at, seen);
    },
    needs: (context, { revision, hash, stage }) =>
      needsOfRevision(hooks, stages[stage].permission)(context, { revision, hash }),
    async run(context, { revision, hash, stage, decision, comment, publishAt, batch }) {
      const row = await lockRevision(context, revision, hash);
      await refuseReviewer(context, row);
      if (row.state === 'emergency') return afterwards(context, row, { revision, hash, stage, decision, comment });
      if (row.state !== stages[stage].from)
        throw new ChengmenError('wrong-state', { what: `修订 ${revision}`, state: row.state });
      if (batch) await refuseForBatch(context, hooks, row);
      await signReview(context, row, { stage, decision, comment });
      if (publishAt !== undefined) {
        await schedule(context, hooks, row, publishAt);
        const state = 'scheduled';
        return { result: { revision, state }, event: { revision, hash, stage, decision, state, publishAt } };
      }
      const state = decision === 'return' ? 'returned' : stages[stage].to;
      const touched = state === 'approved' ? await makeLive(context, hooks, row) : [];
      if (state !== 'approved') await setRevisionState(context, row, state);
      return {
        result: { revision, state },
        event: { revision, hash, stage, decision, state, ...(batch ? { batch } : {}) },
        touched,
      };
    },
  };
}

/**
 * A review of what is on air already: the ones that are missing, in their order. With the last it is approved like any other; where
 * one says no, it stays on air as refused, until somebody who may takes it down or another revision is approved.
 */
async function afterwards(
  context: CommandContext,
  row: RevisionTable,
  { revision, hash, stage, decision, comment }: z.infer<typeof input>,
): Promise<CommandEffect<Reviewed>> {
  const [emergency] = await openEmergencies(context, row.item);
  const reviews = await reviewsOf(context.tx, row);
  if (emergency?.state !== 'waiting' || missingStage(reviews) !== stage)
    throw new ChengmenError('wrong-state', { what: `修订 ${revision}`, state: emergency?.state ?? row.state });
  await signReview(context, row, { stage, decision, comment });
  const last = decision === 'approve' && missingStage([...reviews, { stage }]) === undefined;
  if (last) await setRevisionState(context, row, 'approved');
  if (last) await endEmergencies(context, row.item, 'approved');
  if (decision === 'return') await endEmergencies(context, row.item, 'refused');
  const state = last ? 'approved' : 'emergency';
  return { result: { revision, state }, event: { revision, hash, stage, decision, state, afterwards: true } };
}

/** What could not go live now is refused now, while somebody is there to see it. */
async function schedule(
  context: CommandContext,
  hooks: readonly KindHooks[],
  row: RevisionTable,
  at: string,
): Promise<void> {
  refusePast(context, at, 'publishAt');
  await checkLive(context, hooks, row);
  await setRevisionState(context, row, 'scheduled');
  const { item, number, hash } = row;
  await addSchedule(context, { item, action: 'publish', number, hash, at });
}

async function refuseReviewer(context: CommandContext, row: RevisionTable): Promise<void> {
  const { tx, actor } = context;
  if ((await contributorsOf(context, row)).has(actor.account))
    throw new ChengmenError('author-cannot-review', { actor: actor.name });
  const reviews = await reviewsOf(tx, row);
  if (reviews.some(({ account }) => account === actor.account))
    throw new ChengmenError('already-reviewed', { actor: actor.name });
}
