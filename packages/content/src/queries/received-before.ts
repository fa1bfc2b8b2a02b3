import type { Ledger } from '@chengmen/ledger';
import { revisionId, type ItemId, type RevisionId, type SiteId } from '@chengmen/model';
import type { ContentTables } from '../tables.ts';

/** What became of received bytes, as it was then. */
export interface ReceivedBefore {
  readonly item: ItemId;
  readonly revision: RevisionId;
  readonly fields: unknown;
  readonly alarms: unknown;
}

/** The draft that received bytes became, or undefined where they have not been taken in. */
export async function receivedBefore(
  db: Ledger['db'],
  site: SiteId,
  receivedHash: string,
): Promise<ReceivedBefore | undefined> {
  const row = await db
    .withTables<ContentTables>()
    .selectFrom('intake')
    .innerJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'intake.site')
        .onRef('revision.item', '=', 'intake.item')
        .onRef('revision.number', '=', 'intake.number'),
    )
    .select(['intake.item', 'intake.number', 'intake.alarms', 'revision.fields'])
    .where('intake.site', '=', site)
    .where('intake.received_hash', '=', receivedHash)
    .executeTakeFirst();
  return (
    row && {
      item: row.item,
      revision: revisionId(row.item, row.number),
      fields: JSON.parse(row.fields) as unknown,
      alarms: JSON.parse(row.alarms) as unknown,
    }
  );
}
