import type { Command, CommandContext } from '@chengmen/ledger';
import {
  ChengmenError,
  may,
  reviewStages,
  stages,
  type Fields,
  type ItemId,
  type ReviewStage,
  type RevisionId,
  type RevisionState,
} from '@chengmen/model';
import { z } from 'zod';
import { hooksOf, type KindHooks } from '../hooks.ts';
import { lockRevision } from '../lock-revision.ts';
import { plainText } from '../plain-text.ts';
import type { RevisionTable, RevisionTables } from '../tables.ts';

const input = z
  .strictObject({
    revision: z.string(),
    /** The hash the reviewer saw. */
    hash: z.string(),
    stage: z.enum(reviewStages),
    decision: z.enum(['approve', 'return']),
    comment: plainText.max(2000).optional(),
  })
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
 * The final one makes the revision live in the same transaction; until then the earlier one stays up.
 */
export function reviewRevision(hooks: readonly KindHooks[]): Command<z.infer<typeof input>, Reviewed> {
  return {
    name: 'review-revision',
    permission: null,
    input,
    async run(context, { revision, hash, stage, decision, comment }) {
      const { actor } = context;
      if (!may(actor, stages[stage].permission))
        throw new ChengmenError('permission-denied', { actor: actor.name, permission: stages[stage].permission });
      const row = await lockRevision(context, revision, hash);
      await refuseReviewer(context, row);
      if (row.state !== stages[stage].from)
        throw new ChengmenError('wrong-state', { what: `修订 ${revision}`, state: row.state });
      await sign(context, row, { stage, decision, comment });
      const state = decision === 'return' ? 'returned' : stages[stage].to;
      await setState(context, row, state);
      const touched = state === 'approved' ? await makeLive(context, hooks, row) : [];
      return { result: { revision, state }, event: { revision, hash, stage, decision, state }, touched };
    },
  };
}

async function refuseReviewer({ tx, actor }: CommandContext, row: RevisionTable): Promise<void> {
  if (row.author === actor.account) throw new ChengmenError('author-cannot-review', { actor: actor.name });
  const earlier = await tx
    .withTables<RevisionTables>()
    .selectFrom('review')
    .select('stage')
    .where('site', '=', row.site)
    .where('item', '=', row.item)
    .where('number', '=', row.number)
    .where('account', '=', actor.account)
    .executeTakeFirst();
  if (earlier) throw new ChengmenError('already-reviewed', { actor: actor.name });
}

async function sign(
  context: CommandContext,
  row: RevisionTable,
  review: { stage: ReviewStage; decision: 'approve' | 'return'; comment: string | undefined },
): Promise<void> {
  const { tx, actor, now } = context;
  await tx
    .withTables<RevisionTables>()
    .insertInto('review')
    .values({
      site: row.site,
      item: row.item,
      number: row.number,
      stage: review.stage,
      account: actor.account,
      name: actor.name,
      hash: row.hash,
      decision: review.decision,
      comment: review.comment ?? null,
      at: now.toISOString(),
    })
    .execute();
}

async function setState({ tx }: CommandContext, row: RevisionTable, state: RevisionState): Promise<void> {
  await tx
    .withTables<RevisionTables>()
    .updateTable('revision')
    .set({ state })
    .where('site', '=', row.site)
    .where('item', '=', row.item)
    .where('number', '=', row.number)
    .execute();
}

async function makeLive(
  context: CommandContext,
  hooks: readonly KindHooks[],
  row: RevisionTable,
): Promise<readonly ItemId[]> {
  const { site, item, number, kind } = row;
  const tx = context.tx.withTables<RevisionTables>();
  const current = await tx
    .selectFrom('item')
    .select('live_revision')
    .where('site', '=', site)
    .where('id', '=', item)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if ((current.live_revision ?? 0) > number)
    throw new ChengmenError('wrong-state', {
      what: `条目 ${item}`,
      state: `已有更新的修订上线 (a later revision is live): ${item}.${String(current.live_revision)}`,
    });
  const revision = { item, kind, number, fields: JSON.parse(row.fields) as Fields };
  const concerned = hooksOf(hooks, kind);
  for (const hook of concerned) await hook.check?.(context, revision, 'final');
  // What was written before this cannot go live any more, so it stops waiting for anybody.
  await tx
    .updateTable('revision')
    .set({ state: 'superseded' })
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '<', number)
    .where('state', '!=', 'returned')
    .execute();
  await tx
    .updateTable('item')
    .set({ state: 'live', live_revision: number, withdrawn_on: null, withdrawal_reason: null })
    .where('site', '=', site)
    .where('id', '=', item)
    .execute();
  const touched: ItemId[] = [item];
  for (const hook of concerned) touched.push(...((await hook.whenLive?.(context, revision)) ?? []));
  return touched;
}
