import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import type { Updateable } from 'kysely';
import type { ContentTables, ReleaseHoldTable } from './tables.ts';

export type HoldChange = Updateable<ReleaseHoldTable>;

/** One of the site's holds, locked, in one of some states. Throws `not-found`, `wrong-state`. */
export async function lockHold(
  { tx, site }: CommandContext,
  id: number,
  states: readonly ReleaseHoldTable['state'][],
): Promise<ReleaseHoldTable> {
  const row = await tx
    .withTables<ContentTables>()
    .selectFrom('release_hold')
    .selectAll()
    .where('site', '=', site)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new ChengmenError('not-found', { what: '封存 (hold)', id: String(id) });
  if (!states.includes(row.state)) throw wrongState(row);
  return row;
}

/** What is open in a state, locked; there is one at most. */
export async function openHold(
  { tx, site }: CommandContext,
  state: 'asked' | 'held',
): Promise<ReleaseHoldTable | undefined> {
  return tx
    .withTables<ContentTables>()
    .selectFrom('release_hold')
    .selectAll()
    .where('site', '=', site)
    .where('state', '=', state)
    .forUpdate()
    .executeTakeFirst();
}

export async function changeHold({ tx, site }: CommandContext, id: number, change: HoldChange): Promise<void> {
  await tx
    .withTables<ContentTables>()
    .updateTable('release_hold')
    .set(change)
    .where('site', '=', site)
    .where('id', '=', id)
    .execute();
}

/** Writes down what is asked for; answers its number. */
export async function putHold(
  context: CommandContext,
  asked: Pick<ReleaseHoldTable, 'release' | 'root' | 'reason' | 'alone'>,
): Promise<number> {
  const { tx, site, actor, now } = context;
  const tables = tx.withTables<ContentTables>();
  const last = await tables
    .selectFrom('release_hold')
    .select(({ fn }) => fn.max('id').as('id'))
    .where('site', '=', site)
    .executeTakeFirst();
  const id = (last?.id ?? 0) + 1;
  const none = { confirmed_at: null, confirmed_by: null, confirmed_by_name: null, served: null };
  await tables
    .insertInto('release_hold')
    .values({
      ...{ ...asked, ...none, ...noRequest, site, id, state: 'asked' },
      ...{ asked_at: now.toISOString(), asked_by: actor.account, asked_by_name: actor.name },
      ...{ ended_at: null, ended_by: null, ended_by_name: null },
    })
    .execute();
  return id;
}

/** Nobody asks that it end. */
export const noRequest = { end_reason: null, end_asked_at: null, end_asked_by: null, end_asked_by_name: null } as const;

/** Puts what was asked for in force; what was in force ends with it. */
export async function beginHold(context: CommandContext, id: number): Promise<void> {
  const { actor, now } = context;
  const earlier = await openHold(context, 'held');
  if (earlier) await endHold(context, earlier.id);
  const confirmed = { confirmed_at: now.toISOString(), confirmed_by: actor.account, confirmed_by_name: actor.name };
  await changeHold(context, id, { state: 'held', ...confirmed });
}

export async function endHold(context: CommandContext, id: number): Promise<void> {
  const { actor, now } = context;
  const ended = { ended_at: now.toISOString(), ended_by: actor.account, ended_by_name: actor.name };
  await changeHold(context, id, { state: 'ended', ...ended });
}

/** Throws `second-person-needed` for whoever asked. */
export function refuseAsker({ actor }: CommandContext, asked: string | null): void {
  if (asked === actor.account) throw new ChengmenError('second-person-needed', { actor: actor.name });
}

const states: Record<ReleaseHoldTable['state'], string> = {
  asked: '待确认 (waits for a second person)',
  held: '封存中 (in force)',
  ended: '已解除 (ended)',
  dropped: '已撤销 (dropped)',
};

export function wrongState({ release, state }: Pick<ReleaseHoldTable, 'release' | 'state'>): ChengmenError {
  return new ChengmenError('wrong-state', { what: `封存于第 ${release} 版`, state: states[state] });
}
