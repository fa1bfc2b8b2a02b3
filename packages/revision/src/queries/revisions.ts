import type { Ledger } from '@chengmen/ledger';
import {
  homePageItem,
  kindNames,
  may,
  mayAnywhere,
  mayWithin,
  reviewStages,
  revisionId,
  stages,
  type Actor,
  type Fields,
  type ItemId,
  type Kind,
  type ReviewStage,
  type RevisionId,
  type RevisionState,
  type SiteId,
} from '@chengmen/model';
import { sql } from 'kysely';
import { bases } from '../bases.ts';
import { contributorsOf } from '../contributors.ts';
import { missingStage } from '../emergencies.ts';
import type { KindHooks, PlaceReader } from '../hooks.ts';
import { contentOf } from '../lock-revision.ts';
import { parseRevisionId } from '../parse-revision-id.ts';
import { placeOf } from '../places.ts';
import { reviewsOf } from '../reviews-of.ts';
import type { ReviewTable, RevisionTable, RevisionTables } from '../tables.ts';

export interface Review {
  readonly stage: ReviewStage;
  readonly account: string;
  readonly name: string;
  readonly hash: string;
  readonly decision: 'approve' | 'return';
  readonly comment: string | null;
  readonly at: string;
}

export interface Revision {
  readonly revision: RevisionId;
  readonly item: ItemId;
  readonly number: number;
  readonly kind: Kind;
  readonly hash: string;
  readonly fields: Fields;
  readonly author: string;
  readonly authorName: string;
  readonly createdAt: string;
  readonly state: RevisionState;
  readonly reviews: readonly Review[];
}

export interface ItemState {
  readonly item: ItemId;
  readonly kind: Kind;
  readonly state: 'never' | 'live' | 'withdrawn';
  readonly live: RevisionId | null;
  readonly withdrawal: { readonly on: string; readonly reason: string } | null;
}

/** One revision with its reviews, or undefined. */
export async function revisionById(db: Ledger['db'], site: SiteId, id: RevisionId): Promise<Revision | undefined> {
  const { item, number } = parseRevisionId(id);
  return (await revisionsWhere(db, site, item)).find((revision) => revision.number === number);
}

/** All revisions of an item with their reviews, newest first. */
export async function itemHistory(db: Ledger['db'], site: SiteId, item: ItemId): Promise<Revision[]> {
  return (await revisionsWhere(db, site, item)).reverse();
}

/** The newest revision of each of some items, without its reviews, in one query. */
export async function newestRevisions(
  db: Ledger['db'],
  site: SiteId,
  items: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, Omit<Revision, 'reviews'>>> {
  if (items.length === 0) return new Map();
  const rows = await db
    .withTables<RevisionTables>()
    .selectFrom('revision')
    .selectAll()
    .distinctOn('item')
    .where('site', '=', site)
    .where('item', 'in', items)
    .orderBy('item')
    .orderBy('number', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.item, withoutReviews(row)]));
}

/** Where an item stands. */
export async function itemState(db: Ledger['db'], site: SiteId, item: ItemId): Promise<ItemState | undefined> {
  const row = await db
    .withTables<RevisionTables>()
    .selectFrom('item')
    .selectAll()
    .where('site', '=', site)
    .where('id', '=', item)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    item: row.id,
    kind: row.kind,
    state: row.state,
    live: row.live_revision === null ? null : revisionId(row.id, row.live_revision),
    withdrawal: row.withdrawn_on === null ? null : { on: row.withdrawn_on, reason: row.withdrawal_reason ?? '' },
  };
}

/** What waits for somebody, without its fields. */
export interface Waiting {
  readonly revision: RevisionId;
  readonly item: ItemId;
  readonly kind: Kind;
  readonly hash: string;
  readonly title: string;
  readonly authorName: string;
  readonly createdAt: string;
  /** Since when it waits for this. */
  readonly since: string;
  /** Where a document stands. */
  readonly channel: ItemId | undefined;
  readonly state: RevisionState;
  /** What the actor is asked to do. */
  readonly task: ReviewStage | 'finish' | 'rewrite';
}

/** As much as an inbox shows for one task. */
const mostWaiting = 500;
const mostAtOnce = 5000;

/**
 * What waits for this person, oldest first: reviews they may do (they neither wrote the revision nor reviewed it before),
 * their own drafts, and their revisions that came back and have not been rewritten; of one item, or of all. `hooks` tell where
 * items stand, for those whose roles are held for a part of the site.
 */
export async function waitingFor(
  db: Ledger['db'],
  actor: Actor,
  hooks: readonly KindHooks[] = [],
  item?: ItemId,
): Promise<Waiting[]> {
  const at: PlaceReader = { tx: db, site: actor.site };
  const waiting: Waiting[] = [];
  for (const stage of reviewStages) {
    const rows = await reviewsFor(at, actor, hooks, { stage, item });
    waiting.push(...rows.map((row) => waitingOf(row, stage)));
  }
  waiting.push(...(await waitingAfterwards(at, actor, hooks, item)));
  if (mayWrite(actor)) {
    const own = await ownUnfinished(db, actor, item).selectAll().orderBy('created_at').limit(mostWaiting).execute();
    waiting.push(...own.map((row) => waitingOf(row, row.state === 'returned' ? 'rewrite' : 'finish')));
  }
  return waiting.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
}

/** How many `waitingFor` answers, where that can be told without reading their texts: every page of the desk says it. */
export async function countWaiting(db: Ledger['db'], actor: Actor, hooks: readonly KindHooks[] = []): Promise<number> {
  const at: PlaceReader = { tx: db, site: actor.site };
  let count = (await waitingAfterwards(at, actor, hooks)).length;
  for (const stage of reviewStages) {
    const found = may(actor, stages[stage].permission)
      ? await toReview(db, actor, stage).select('revision.number').limit(mostWaiting).execute()
      : await reviewsFor(at, actor, hooks, { stage });
    count += found.length;
  }
  if (mayWrite(actor))
    count += (await ownUnfinished(db, actor).select('revision.number').limit(mostWaiting).execute()).length;
  return count;
}

const mayWrite = (actor: Actor): boolean => mayAnywhere(actor, 'item.write') || mayAnywhere(actor, 'channel.write');

/** Revisions at a stage this person may decide, where it stands. */
async function reviewsFor(
  at: PlaceReader,
  actor: Actor,
  hooks: readonly KindHooks[],
  { stage, item }: { readonly stage: ReviewStage; readonly item?: ItemId | undefined },
): Promise<RevisionTable[]> {
  const { permission } = stages[stage];
  if (!mayAnywhere(actor, permission)) return [];
  return firstWithin(
    ({ offset, limit }) =>
      toReview(at.tx, actor, stage, item)
        .selectAll()
        .orderBy(({ fn }) => fn.coalesce('waits_since', 'created_at'))
        .orderBy('item')
        .offset(offset)
        .limit(limit)
        .execute(),
    async (row) => may(actor, permission) || mayWithin(actor, permission, await placeOf(at, hooks, contentOf(row))),
  );
}

interface Rows {
  readonly offset: number;
  readonly limit: number;
}

/** Whose part has few of the first has few of the next ones too: these come many at a time, for the database sorts them all each time. */
async function firstWithin(
  read: (page: Rows) => Promise<RevisionTable[]>,
  within: (row: RevisionTable) => Promise<boolean>,
): Promise<RevisionTable[]> {
  const found: RevisionTable[] = [];
  for (let page = { offset: 0, limit: mostWaiting }; ; page = { offset: page.offset + page.limit, limit: mostAtOnce }) {
    const rows = await read(page);
    for (const row of rows) if (await within(row)) found.push(row);
    if (found.length >= mostWaiting || rows.length < page.limit) return found.slice(0, mostWaiting);
  }
}

function toReview(db: Ledger['db'], actor: Actor, stage: ReviewStage, item?: ItemId) {
  const all = db
    .withTables<RevisionTables>()
    .selectFrom('revision')
    .where('site', '=', actor.site)
    .where('state', '=', stages[stage].from)
    .where('author', '!=', actor.account)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('review')
            .select('stage')
            .whereRef('review.site', '=', 'revision.site')
            .whereRef('review.item', '=', 'revision.item')
            .whereRef('review.number', '=', 'revision.number')
            .where('review.account', '=', actor.account),
        ),
      ),
    )
    // Nor may it have grown from what they wrote; see contributorsOf.
    .where(({ not, exists, selectFrom, fn, ref }) =>
      not(
        exists(
          selectFrom('revision as own')
            .select('own.number')
            .whereRef('own.site', '=', 'revision.site')
            .whereRef('own.item', '=', 'revision.item')
            .whereRef('own.number', '<', 'revision.number')
            .where('own.author', '=', actor.account)
            .where(({ eb }) =>
              eb(
                'own.number',
                '>',
                fn.coalesce(
                  bases(db)
                    .select(({ fn: of }) => of.max('base.number').as('number'))
                    .where('base.site', '=', ref('revision.site'))
                    .where('base.item', '=', ref('revision.item'))
                    .where('base.number', '<', ref('revision.number')),
                  sql<number>`0`,
                ),
              ),
            ),
        ),
      ),
    );
  return item === undefined ? all : all.where('item', '=', item);
}

/** What is on air before its reviews: the one that is missing next, where this person may make it. */
async function waitingAfterwards(
  at: PlaceReader,
  actor: Actor,
  hooks: readonly KindHooks[],
  item?: ItemId,
): Promise<Waiting[]> {
  if (reviewStages.every((stage) => !mayAnywhere(actor, stages[stage].permission))) return [];
  let query = at.tx
    .withTables<RevisionTables>()
    .selectFrom('revision')
    .innerJoin('emergency', (join) =>
      join
        .onRef('emergency.site', '=', 'revision.site')
        .onRef('emergency.item', '=', 'revision.item')
        .onRef('emergency.number', '=', 'revision.number'),
    )
    .selectAll('revision')
    .where('revision.site', '=', actor.site)
    .where('emergency.state', '=', 'waiting')
    .where('revision.author', '!=', actor.account)
    .orderBy('emergency.due_at')
    .limit(mostWaiting);
  if (item !== undefined) query = query.where('revision.item', '=', item);
  const rows = await query.execute();
  const found: Waiting[] = [];
  for (const row of rows) {
    const reviews = await reviewsOf(at.tx, row);
    const stage = missingStage(reviews);
    if (stage === undefined || reviews.some(({ account }) => account === actor.account)) continue;
    if (!mayWithin(actor, stages[stage].permission, await placeOf(at, hooks, contentOf(row)))) continue;
    if (!(await contributorsOf(at, row)).has(actor.account)) found.push(waitingOf(row, stage));
  }
  return found;
}

function ownUnfinished(db: Ledger['db'], actor: Actor, item?: ItemId) {
  const all = db
    .withTables<RevisionTables>()
    .selectFrom('revision')
    .where('site', '=', actor.site)
    .where('author', '=', actor.account)
    .where('state', 'in', ['draft', 'returned'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('revision as later')
            .select('later.number')
            .whereRef('later.site', '=', 'revision.site')
            .whereRef('later.item', '=', 'revision.item')
            .whereRef('later.number', '>', 'revision.number'),
        ),
      ),
    );
  return item === undefined ? all : all.where('item', '=', item);
}

function waitingOf(row: RevisionTable, task: Waiting['task']): Waiting {
  const fields = JSON.parse(row.fields) as { readonly channel?: unknown };
  return {
    revision: revisionId(row.item, row.number),
    item: row.item,
    kind: row.kind,
    hash: row.hash,
    title: titleIn(fields, row.item),
    authorName: row.author_name,
    createdAt: row.created_at,
    since: row.waits_since ?? row.created_at,
    channel: typeof fields.channel === 'string' ? fields.channel : undefined,
    state: row.state,
    task,
  };
}

/** What an item is called in lists: its title or name. */
export function titleOf(row: { readonly item: string; readonly fields: string }): string {
  return titleIn(JSON.parse(row.fields) as object, row.item);
}

/** The same of fields that have been read. */
export function titleIn(fields: object, item: ItemId): string {
  const { title, name, from } = fields as { title?: unknown; name?: unknown; from?: unknown };
  if (item === homePageItem) return kindNames.home.zh;
  return [title, name, from].find((one) => typeof one === 'string') ?? item;
}

async function revisionsWhere(db: Ledger['db'], site: SiteId, item: ItemId): Promise<Revision[]> {
  const tables = db.withTables<RevisionTables>();
  const rows = await tables
    .selectFrom('revision')
    .selectAll()
    .where('site', '=', site)
    .where('item', '=', item)
    .orderBy('number')
    .execute();
  const reviews = await tables
    .selectFrom('review')
    .selectAll()
    .where('site', '=', site)
    .where('item', '=', item)
    .execute();
  return rows.map((row) => revisionOf(row, reviews));
}

function withoutReviews(row: RevisionTable): Omit<Revision, 'reviews'> {
  return {
    revision: revisionId(row.item, row.number),
    item: row.item,
    number: row.number,
    kind: row.kind,
    hash: row.hash,
    fields: JSON.parse(row.fields) as Fields,
    author: row.author,
    authorName: row.author_name,
    createdAt: row.created_at,
    state: row.state,
  };
}

function revisionOf(row: RevisionTable, reviews: readonly ReviewTable[]): Revision {
  return {
    ...withoutReviews(row),
    reviews: reviews
      .filter(({ number }) => number === row.number)
      .sort((a, b) => reviewStages.indexOf(a.stage) - reviewStages.indexOf(b.stage))
      .map(({ stage, account, name, hash, decision, comment, at }) => ({
        stage,
        account,
        name,
        hash,
        decision,
        comment,
        at,
      })),
  };
}
