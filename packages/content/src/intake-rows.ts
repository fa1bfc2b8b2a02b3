import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import type { ContentTables, IntakeRunTable } from './tables.ts';

/** A number of a run or a page: what the database can hold. */
export const intakeNumber = z.int().min(1).max(2_147_483_647);

/** A run of the site, locked, in one of some states. Throws `not-found`, `wrong-state`. */
export async function lockRun(
  { tx, site }: CommandContext,
  id: number,
  states: readonly IntakeRunTable['state'][],
): Promise<IntakeRunTable> {
  const row = await tx
    .withTables<ContentTables>()
    .selectFrom('intake_run')
    .selectAll()
    .where('site', '=', site)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new ChengmenError('not-found', { what: '采集批次 (run)', id: String(id) });
  if (!states.includes(row.state))
    throw new ChengmenError('wrong-state', { what: '采集批次 (the run)', state: stateWords[row.state] });
  return row;
}

const stateWords: Record<IntakeRunTable['state'], string> = {
  reading: '还在读 (is still being read)',
  read: '已经读完 (has been read)',
  handing: '正在交付 (is being handed over)',
  failed: '没有读完 (was not read to the end)',
  ended: '已经结束 (has ended)',
};

/** The next number of a table that counts from 1 within the site. */
export async function nextId({ tx, site }: CommandContext, table: 'intake_run' | 'intake_choice'): Promise<number> {
  const row = await tx
    .withTables<ContentTables>()
    .selectFrom(table)
    .select(({ fn }) => fn.max('id').as('last'))
    .where('site', '=', site)
    .executeTakeFirst();
  return Number(row?.last ?? 0) + 1;
}
