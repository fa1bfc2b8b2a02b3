import type { CommandContext, Ledger } from '@chengmen/ledger';
import {
  ChengmenError,
  type Fields,
  type Hash,
  type ItemId,
  type Kind,
  type RevisionId,
  type SiteId,
} from '@chengmen/model';
import { parseRevisionId } from './parse-revision-id.ts';
import type { RevisionTable, RevisionTables } from './tables.ts';

/** The query for one revision. Throws `not-found` for what is no revision id. */
export function selectRevision(db: Ledger['db'], site: SiteId, id: RevisionId) {
  const { item, number } = parseRevisionId(id);
  return db
    .withTables<RevisionTables>()
    .selectFrom('revision')
    .selectAll()
    .where('site', '=', site)
    .where('item', '=', item)
    .where('number', '=', number);
}

/** The revision a command is about, locked until its transaction ends. Throws `not-found`, and `hash-mismatch` when it is not what was seen. */
export async function lockRevision({ tx, site }: CommandContext, id: RevisionId, seen: Hash): Promise<RevisionTable> {
  const row = await selectRevision(tx, site, id).forUpdate().executeTakeFirst();
  if (!row) throw new ChengmenError('not-found', { what: '修订 (revision)', id });
  if (row.hash !== seen)
    throw new ChengmenError('hash-mismatch', { given: seen.slice(0, 12), actual: row.hash.slice(0, 12) });
  return row;
}

/** What a revision says. */
export function contentOf({ item, kind, fields }: RevisionTable): {
  readonly item: ItemId;
  readonly kind: Kind;
  readonly fields: Fields;
} {
  return { item, kind, fields: JSON.parse(fields) as Fields };
}
