import type { Ledger } from '@chengmen/ledger';
import { civilDateAt } from '@chengmen/calendar';
import {
  isDocument,
  revisionId,
  type DocumentFields,
  type Edition,
  type FieldsOf,
  type Hash,
  type ItemId,
  type Kind,
  type LiveItem,
  type SiteId,
} from '@chengmen/model';
import { liveRevisions } from '@chengmen/revision';
import { channelMerges } from './channel-merges.ts';
import type { ContentTables } from '../tables.ts';

/** A statement cannot carry more than 65 535 parameters. */
const mostAtOnce = 10_000;

/** Everything the public may see of a site: live items, and withdrawn ones with the reason. Ordered by id. */
export async function liveItems(db: Ledger['db'], site: SiteId): Promise<LiveItem[]> {
  return byId(await read(db, site, undefined));
}

const batchSize = 2000;

/**
 * The same, some at a time and in no order, so that a large site is never in memory whole; channels come first, since
 * the others stand in them. Give it a transaction that sees one moment.
 */
export async function* liveItemBatches(db: Ledger['db'], site: SiteId): AsyncGenerator<LiveItem[]> {
  for (const kind of ['=', '<>'] as const) {
    let next = readBatch(db, site, { kind, after: '' });
    for (;;) {
      const { items, last } = await next;
      if (last === undefined) break;
      // The database reads on while these are taken in.
      next = readBatch(db, site, { kind, after: last });
      next.catch(() => undefined);
      yield items;
    }
  }
}

/** The same, of these items; those that were never live are left out. */
export async function liveItemsOf(db: Ledger['db'], site: SiteId, ids: readonly ItemId[]): Promise<LiveItem[]> {
  const items: LiveItem[] = [];
  for (let from = 0; from < ids.length; from += mostAtOnce)
    items.push(...(await read(db, site, ids.slice(from, from + mostAtOnce))));
  return byId(items);
}

/** By code unit, here and not in SQL: databases sort by the rules of their locale, and releases must not differ. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (items: LiveItem[]): LiveItem[] => items.sort((a, b) => compare(a.id, b.id));

/** Items after one, up to another: a list of thousands of ids takes longer to write and to read than what it asks for. */
interface Range {
  readonly after: ItemId;
  readonly upTo: ItemId;
}

async function readBatch(
  db: Ledger['db'],
  site: SiteId,
  { kind, after }: { readonly kind: '=' | '<>'; readonly after: ItemId },
): Promise<{ readonly items: LiveItem[]; readonly last: ItemId | undefined }> {
  const rows = await db
    .withTables<ContentTables>()
    .selectFrom('item')
    .select('id')
    .where('site', '=', site)
    .where('kind', kind, 'channel')
    .where('id', '>', after)
    .orderBy('id')
    .limit(batchSize)
    .execute();
  const last = rows.at(-1)?.id;
  if (last === undefined) return { items: [], last };
  // Channels are few, and anything may stand between them.
  if (kind === '=')
    return {
      items: await read(
        db,
        site,
        rows.map(({ id }) => id),
      ),
      last,
    };
  const items = await read(db, site, { after, upTo: last });
  return { items: items.filter((item) => item.kind !== 'channel'), last };
}

async function read(db: Ledger['db'], site: SiteId, which: readonly ItemId[] | Range | undefined): Promise<LiveItem[]> {
  const tables = db.withTables<ContentTables>();
  let items = liveRevisions(db, site).select([
    'item.id',
    'item.kind',
    'item.state',
    'item.withdrawn_on',
    'item.withdrawal_reason',
    'revision.number',
    'revision.hash',
    'revision.fields',
  ]);
  let addresses = tables.selectFrom('address').select(['item', 'path', 'current']).where('site', '=', site);
  if (which && 'after' in which) {
    items = items.where('item.id', '>', which.after).where('item.id', '<=', which.upTo);
    addresses = addresses.where('item', '>', which.after).where('item', '<=', which.upTo);
  } else if (which) {
    items = items.where('item.id', 'in', which);
    addresses = addresses.where('item', 'in', which);
  }
  const paths = new Map<ItemId, { current: string | null; former: string[] }>();
  for (const { item, path, current } of await addresses.execute()) {
    const known = paths.get(item) ?? { current: null, former: [] };
    paths.set(item, known);
    if (current) known.current = path;
    else known.former.push(path);
  }
  const editions = await editionsOf(db, site, which);
  const merges = await channelMerges(db, site);
  return (await items.execute()).map((row): LiveItem => {
    const { current = null, former = [] } = paths.get(row.id) ?? {};
    const known = isDocument(row.kind) ? (editions.get(row.id) ?? []) : [];
    return {
      id: row.id,
      kind: row.kind,
      state: row.state === 'withdrawn' ? 'withdrawn' : 'live',
      path: current,
      formerPaths: former.sort(compare),
      revision: revisionId(row.id, row.number),
      hash: row.hash,
      fields: standingFields(row, merges),
      ...(known.length > 1 ? { editions: known.map(edition) } : {}),
      ...(row.withdrawn_on === null
        ? {}
        : { withdrawal: { on: row.withdrawn_on, reason: row.withdrawal_reason ?? '' } }),
    };
  });
}

/** A document of a channel that was merged stands in the other; its revision stays as it was approved. */
function standingFields(
  { kind, fields: text }: { readonly kind: Kind; readonly fields: string },
  merges: ReadonlyMap<ItemId, ItemId>,
): FieldsOf<Kind> {
  const fields = JSON.parse(text) as FieldsOf<Kind>;
  if (merges.size === 0 || !isDocument(kind)) return fields;
  const { channel } = fields as DocumentFields;
  return { ...(fields as DocumentFields), channel: merges.get(channel) ?? channel } as FieldsOf<Kind>;
}

interface Lived {
  readonly hash: Hash;
  readonly live_at: string | null;
}

/** The day is worked out for those that are told of alone: nearly all items have one revision. */
const edition = ({ hash, live_at: at }: Lived): Edition => ({ on: civilDateAt(new Date(at ?? '')), hash });

/** The revisions of each item that were live, oldest first. */
async function editionsOf(
  db: Ledger['db'],
  site: SiteId,
  which: readonly ItemId[] | Range | undefined,
): Promise<ReadonlyMap<ItemId, readonly Lived[]>> {
  let lived = db
    .withTables<ContentTables>()
    .selectFrom('revision')
    .select(['item', 'number', 'hash', 'live_at'])
    .where('site', '=', site)
    .where('live_at', 'is not', null)
    // Figures that are published each night would have a new edition a day for ever.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('standing_publication')
            .select('number')
            .whereRef('standing_publication.site', '=', 'revision.site')
            .whereRef('standing_publication.item', '=', 'revision.item')
            .whereRef('standing_publication.number', '=', 'revision.number'),
        ),
      ),
    )
    .orderBy('item')
    .orderBy('number');
  if (which && 'after' in which) lived = lived.where('item', '>', which.after).where('item', '<=', which.upTo);
  else if (which) lived = lived.where('item', 'in', which);
  const editions = new Map<ItemId, Lived[]>();
  for (const { item, ...revision } of await lived.execute()) {
    const known = editions.get(item) ?? [];
    known.push(revision);
    editions.set(item, known);
  }
  return editions;
}
