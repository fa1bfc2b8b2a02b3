import type { Ledger } from '@chengmen/ledger';
import { revisionId, type ItemId, type RevisionId, type SiteId } from '@chengmen/model';
import { revisionById, type Revision } from '@chengmen/revision';
import type { ContentTables } from '../tables.ts';

/** The greatest number PostgreSQL's integer holds. */
const mostRevisions = 2 ** 31 - 1;

/** Where an item's text came from, when it was taken in from received bytes. */
export interface IntakeRecord {
  readonly received: string;
  readonly revision: RevisionId;
  readonly name: string;
  readonly mender: string;
  readonly plan: unknown;
  readonly alarms: unknown;
  readonly decisions: unknown;
  readonly at: string;
}

/** The revision a page was made from, with its three reviews and, where there is one, the intake behind it. */
export async function explainRevision(
  db: Ledger['db'],
  site: SiteId,
  revision: RevisionId,
): Promise<{ readonly revision: Revision; readonly intake: IntakeRecord | null } | undefined> {
  const found = await revisionById(db, site, revision);
  return found && { revision: found, intake: (await intakeOf(db, site, found.item, found.number)) ?? null };
}

/** The last intake of an item, or the last one up to a revision's number. */
export async function intakeOf(
  db: Ledger['db'],
  site: SiteId,
  item: ItemId,
  upTo?: number,
): Promise<IntakeRecord | undefined> {
  const row = await db
    .withTables<ContentTables>()
    .selectFrom('intake')
    .selectAll()
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '<=', upTo ?? mostRevisions)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  return (
    row && {
      received: row.received_hash,
      revision: revisionId(row.item, row.number),
      name: row.name,
      mender: row.mender,
      plan: JSON.parse(row.plan) as unknown,
      alarms: JSON.parse(row.alarms) as unknown,
      decisions: JSON.parse(row.decisions) as unknown,
      at: row.at,
    }
  );
}

/** The item that has, or had, an address. */
export async function itemAt(db: Ledger['db'], site: SiteId, path: string): Promise<ItemId | undefined> {
  const row = await db
    .withTables<ContentTables>()
    .selectFrom('address')
    .select('item')
    .where('site', '=', site)
    .where('path', '=', path)
    .executeTakeFirst();
  return row?.item;
}

/** The address an item is served at, or null. */
export async function addressOf(db: Ledger['db'], site: SiteId, item: ItemId): Promise<string | null> {
  const row = await db
    .withTables<ContentTables>()
    .selectFrom('address')
    .select('path')
    .where('site', '=', site)
    .where('item', '=', item)
    .where('current', '=', true)
    .executeTakeFirst();
  return row?.path ?? null;
}
