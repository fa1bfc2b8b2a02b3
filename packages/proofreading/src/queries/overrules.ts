import type { Overrule } from '@chengmen/checks';
import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import type { ProofreadingTables } from '../tables.ts';

/** A decision that a finding may stand, for records: it may be about a passage that is gone. */
export interface KeptOverrule extends Overrule {
  readonly item: ItemId;
  readonly finding: string;
  readonly rule: string;
  readonly field: string;
  readonly shown: string;
}

/** What was decided about the findings of an item, by finding. */
export async function overrulesOf(
  db: Ledger['db'],
  site: SiteId,
  item: ItemId,
): Promise<ReadonlyMap<string, Overrule>> {
  const kept = await select(db, site).where('item', '=', item).execute();
  return new Map(kept.map((row) => [row.finding, overruleOf(row)]));
}

/** The newest of a site, for auditors. */
export async function overrules(db: Ledger['db'], site: SiteId, limit = 200): Promise<KeptOverrule[]> {
  const kept = await select(db, site).orderBy('at', 'desc').limit(limit).execute();
  return kept.map((row) => ({ ...row, ...overruleOf(row) }));
}

function select(db: Ledger['db'], site: SiteId) {
  return db
    .withTables<ProofreadingTables>()
    .selectFrom('overrule')
    .select(['item', 'finding', 'rule', 'field', 'shown', 'reason', 'name', 'at'])
    .where('site', '=', site);
}

const overruleOf = ({ reason, name, at }: { reason: string; name: string; at: string }): Overrule => ({
  reason,
  by: name,
  at,
});
