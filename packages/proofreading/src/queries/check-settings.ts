import { checkSettings as shape, noSettings, type CheckSettings } from '@chengmen/checks';
import type { Ledger } from '@chengmen/ledger';
import { canonicalJson, sha256, type Hash, type SiteId } from '@chengmen/model';
import type { ProofreadingTables } from '../tables.ts';

/** What a site has decided about its checks. */
export interface KeptSettings {
  readonly settings: CheckSettings;
  /** Of what is kept, for those who change what they saw. */
  readonly hash: Hash;
  readonly changed: { readonly at: string; readonly by: string } | null;
}

export const settingsHash = (settings: CheckSettings): Hash => sha256(canonicalJson(settings));

export async function checkSettingsOf(db: Ledger['db'], site: SiteId): Promise<KeptSettings> {
  const row = await db
    .withTables<ProofreadingTables>()
    .selectFrom('check_settings')
    .selectAll()
    .where('site', '=', site)
    .executeTakeFirst();
  if (!row) return { settings: noSettings, hash: settingsHash(noSettings), changed: null };
  // What an older program kept may lack what was added since.
  const settings = shape.parse({ ...noSettings, ...(JSON.parse(row.settings) as object) });
  return { settings, hash: row.hash, changed: { at: row.changed_at, by: row.changed_by_name } };
}
