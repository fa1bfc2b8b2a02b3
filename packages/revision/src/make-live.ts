import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, type Fields, type ItemId } from '@chengmen/model';
import { endEmergencies } from './emergencies.ts';
import { hooksOf, type HookRevision, type KindHooks } from './hooks.ts';
import { endSchedules } from './schedule.ts';
import type { RevisionTable, RevisionTables } from './tables.ts';

/** The effect of an approval, or of an emergency: the revision is the live one from now on. Answers the items the public may see differently. */
export async function makeLive(
  context: CommandContext,
  hooks: readonly KindHooks[],
  row: RevisionTable,
  state: 'approved' | 'emergency' = 'approved',
): Promise<readonly ItemId[]> {
  const { site, item, number, kind } = row;
  const revision = await checkLive(context, hooks, row);
  const tx = context.tx.withTables<RevisionTables>();
  // What was written before this cannot go live any more, so it stops waiting for anybody and for its time.
  await tx
    .updateTable('revision')
    .set({ state: 'superseded' })
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '<', number)
    .where('state', '!=', 'returned')
    .execute();
  await endEmergencies(context, item, 'replaced');
  await endSchedules(context, item, { before: number, note: `${item}.${number}` });
  await tx
    .updateTable('revision')
    .set({ state, live_at: context.now.toISOString() })
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '=', number)
    .execute();
  await tx
    .updateTable('item')
    .set({ state: 'live', live_revision: number, withdrawn_on: null, withdrawal_reason: null })
    .where('site', '=', site)
    .where('id', '=', item)
    .execute();
  const touched: ItemId[] = [item];
  for (const hook of hooksOf(hooks, kind)) touched.push(...((await hook.whenLive?.(context, revision)) ?? []));
  return touched;
}

/** Throws where the revision could not be the live one now. */
export async function checkLive(
  context: CommandContext,
  hooks: readonly KindHooks[],
  { site, item, number, kind, fields }: RevisionTable,
): Promise<HookRevision> {
  const current = await context.tx
    .withTables<RevisionTables>()
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
  const revision = { item, kind, number, fields: JSON.parse(fields) as Fields };
  for (const hook of hooksOf(hooks, kind)) await hook.check?.(context, revision, 'final');
  return revision;
}
