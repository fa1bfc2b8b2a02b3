import type { CommandContext } from '@chengmen/ledger';
import type { RevisionState } from '@chengmen/model';
import type { RevisionTable, RevisionTables } from './tables.ts';

export async function setRevisionState(
  { tx, now }: CommandContext,
  { site, item, number }: Pick<RevisionTable, 'site' | 'item' | 'number'>,
  state: RevisionState,
): Promise<void> {
  await tx
    .withTables<RevisionTables>()
    .updateTable('revision')
    .set({ state, waits_since: now.toISOString() })
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '=', number)
    .execute();
}
