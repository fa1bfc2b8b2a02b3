import type { Command, CommandContext } from '@chengmen/ledger';
import { ChengmenError, isDocument, type RevisionId } from '@chengmen/model';
import { z } from 'zod';
import { contributorsOf } from '../contributors.ts';
import { missingStage, openEmergencies } from '../emergencies.ts';
import type { KindHooks } from '../hooks.ts';
import { lockRevision } from '../lock-revision.ts';
import { makeLive } from '../make-live.ts';
import { mayGoFirst } from '../may-go-first.ts';
import { needsOfRevision } from '../needs-of-revision.ts';
import { plainText } from '../plain-text.ts';
import { prepareSubmission } from '../prepare-submission.ts';
import { reviewsOf } from '../reviews-of.ts';
import { signReview } from '../sign-review.ts';
import { beforeReviews } from './submit-revision.ts';
import type { RevisionTable, RevisionTables } from '../tables.ts';

const input = z.strictObject({
  revision: z.string(),
  /** The hash that was seen. */
  hash: z.string(),
  /** Why it cannot wait; auditors read it. */
  reason: plainText.min(10).max(500),
});

/** Hours within which an emergency publication must have been reviewed by the others. */
export const emergencyHours = 24;

/**
 * Makes a revision live by one person's decision, before its reviews: a flood does not wait for three people. It stands for that
 * person's final approval, unless they wrote it; the reviews that are missing must follow within a day, and where none is it is
 * approved. Articles and files only: what changes every page is no emergency.
 */
export function publishEmergency(
  hooks: readonly KindHooks[],
): Command<z.infer<typeof input>, { readonly revision: RevisionId; readonly dueAt: string }> {
  return {
    name: 'publish-emergency',
    permission: 'item.publish-emergency',
    input,
    prepare: prepareSubmission(hooks),
    needs: needsOfRevision(hooks, 'item.publish-emergency'),
    async run(context, { revision, hash, reason }) {
      const { actor, now } = context;
      const row = await lockRevision(context, revision, hash);
      refuse(context, row, revision);
      // One's own draft has not been handed in yet; the others have.
      if (row.state === 'draft') await beforeReviews(context, hooks, row);
      // Emergency after emergency does not put the reviews off.
      const [earlier] = await openEmergencies(context, row.item);
      const dueAt = earlier?.due_at ?? new Date(now.getTime() + emergencyHours * 3600_000).toISOString();
      const own = (await contributorsOf(context, row)).has(actor.account);
      const earlierReviews = await reviewsOf(context.tx, row);
      const signs =
        !own && !earlierReviews.some(({ account, stage }) => account === actor.account || stage === 'final');
      if (signs) await signReview(context, row, { stage: 'final', decision: 'approve', comment: reason });
      const whole = missingStage([...earlierReviews, ...(signs ? [{ stage: 'final' as const }] : [])]) === undefined;
      const touched = await makeLive(context, hooks, row, whole ? 'approved' : 'emergency');
      await context.tx
        .withTables<RevisionTables>()
        .insertInto('emergency')
        .values({
          ...{ site: row.site, item: row.item, number: row.number, hash, reason },
          ...{ at: now.toISOString(), by: actor.account, by_name: actor.name },
          ...{ due_at: dueAt, state: whole ? 'approved' : 'waiting', ended_at: whole ? now.toISOString() : null },
        })
        .execute();
      return { result: { revision, dueAt }, event: { revision, hash, reason, dueAt, from: row.state, whole }, touched };
    },
  };
}

function refuse({ actor }: CommandContext, row: RevisionTable, revision: RevisionId): void {
  if (!mayGoFirst(row, actor.account))
    throw new ChengmenError('wrong-state', { what: `修订 ${revision}`, state: whyNot(row) });
}

function whyNot({ kind, state }: RevisionTable): string {
  if (!isDocument(kind) && kind !== 'media') return `${kind}：只能三审 (three reviews)`;
  if (state === 'draft') return '草稿，作者还没有送审 (not submitted)';
  if (state === 'scheduled') return '三审已齐，请把定时改为即刻 (its reviews are made: change its schedule to now)';
  return state;
}
