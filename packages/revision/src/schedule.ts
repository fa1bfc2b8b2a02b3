import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, type ItemId } from '@chengmen/model';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { setRevisionState } from './set-revision-state.ts';
import type { RevisionTables, ScheduleTable } from './tables.ts';

export type ScheduleRow = Selectable<ScheduleTable>;

/** An instant with its offset, `2026-11-21T09:00+08:00`; kept in UTC. */
export const instant = z
  .string()
  .refine(
    (text) =>
      /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text) &&
      !Number.isNaN(Date.parse(text)),
    '应为带时区的时刻 (an instant with its offset): 2026-11-21T09:00+08:00',
  )
  .transform((text) => new Date(text).toISOString());

/** Throws `invalid-input` for a time that has passed. */
export function refusePast({ now }: CommandContext, at: string, where: string): void {
  if (at <= now.toISOString())
    throw new ChengmenError('invalid-input', { where, problem: `这一时刻已经过去 (has passed): ${at}` });
}

/** Writes down what shall happen to an item and when. Throws `wrong-state` where the same is waiting already. */
export async function addSchedule(
  context: CommandContext,
  planned: Pick<ScheduleRow, 'item' | 'action' | 'at'> & Partial<Pick<ScheduleRow, 'number' | 'hash' | 'reason'>>,
): Promise<number> {
  const { tx, site, actor, now } = context;
  const { item, action, at, number = null, hash = null, reason = null } = planned;
  const row = await tx
    .withTables<RevisionTables>()
    .insertInto('schedule')
    .values({
      site,
      item,
      action,
      number,
      hash,
      reason,
      at,
      set_at: now.toISOString(),
      set_by: actor.account,
      set_by_name: actor.name,
      state: 'waiting',
      ended_at: null,
      note: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new ChengmenError('wrong-state', { what: `条目 ${item}`, state: '已定时 (is scheduled)' });
  return Number(row.id);
}

/** A planned act, locked until the command ends. Throws `not-found`. */
export async function lockSchedule({ tx, site }: CommandContext, id: number): Promise<ScheduleRow> {
  const row = await tx
    .withTables<RevisionTables>()
    .selectFrom('schedule')
    .selectAll()
    .where('site', '=', site)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new ChengmenError('not-found', { what: '定时 (schedule)', id: String(id) });
  return row;
}

export async function endSchedule(
  { tx, now }: CommandContext,
  id: number,
  state: 'done' | 'cancelled' | 'failed',
  note: string | null = null,
): Promise<void> {
  await tx
    .withTables<RevisionTables>()
    .updateTable('schedule')
    .set({ state, note, ended_at: now.toISOString() })
    .where('id', '=', id)
    .execute();
}

/**
 * Ends what is planned for an item, because something overtook it: publications of revisions `before` one that is live
 * now, or with `returned` everything, and its revisions are returned.
 */
export async function endSchedules(
  context: CommandContext,
  item: ItemId,
  { before, returned = false, note }: { readonly before?: number; readonly returned?: boolean; readonly note: string },
): Promise<void> {
  let query = context.tx
    .withTables<RevisionTables>()
    .selectFrom('schedule')
    .selectAll()
    .where('site', '=', context.site)
    .where('item', '=', item)
    .where('state', 'in', ['waiting', 'failed'])
    .forUpdate();
  if (before !== undefined) query = query.where('action', '=', 'publish').where('number', '<', before);
  for (const { id, number } of await query.execute()) {
    await endSchedule(context, Number(id), 'cancelled', note);
    if (returned && number !== null) await setRevisionState(context, { site: context.site, item, number }, 'returned');
  }
}
