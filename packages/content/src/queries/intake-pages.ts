import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import { sql, type SqlBool } from 'kysely';
import type { IntakeChoice } from '../commands/decide-intake.ts';
import type { IntakePlace } from '../commands/open-intake.ts';
import type { ContentTables, IntakePageTable, IntakeRunTable } from '../tables.ts';

export interface Told {
  readonly zh: string;
  readonly en: string;
}

export interface ListedRun {
  readonly run: number;
  readonly name: string;
  readonly place: IntakePlace;
  readonly mapping: Readonly<Record<string, unknown>> | null;
  readonly channel: ItemId;
  readonly state: IntakeRunTable['state'];
  readonly problem?: Told;
  /** How many entries its sources have, once they were counted. */
  readonly entries: number | null;
  readonly at: string;
  readonly by: string;
  /** Its pages so far, by how they stand. */
  readonly pages: Readonly<Record<IntakePageTable['state'], number>>;
  /** Of those that were read: with gaps, with alarms. */
  readonly gaps: number;
  readonly alarmed: number;
  /** Decided about and not read again since. */
  readonly stale: number;
}

export interface ListedPage {
  readonly run: number;
  readonly number: number;
  readonly name: string;
  readonly address: string | null;
  readonly received: string | null;
  readonly title: string;
  readonly channel: ItemId | null;
  readonly verdict: IntakePageTable['verdict'];
  /** `accepted` and `undecided` are the likely ones. */
  readonly counts: Readonly<Record<'proved' | 'accepted' | 'undecided' | 'lost' | 'stated', number>>;
  readonly alarms: number;
  readonly alarmKinds: readonly string[];
  readonly missing: readonly string[];
  readonly notes: readonly string[];
  readonly state: IntakePageTable['state'];
  readonly item: ItemId | null;
  readonly nearly: string | null;
  readonly problem?: Told;
  readonly stale: boolean;
}

export interface IntakeFilter {
  readonly run?: number;
  readonly verdict?: IntakePageTable['verdict'];
  readonly state?: IntakePageTable['state'];
  /** A kind of alarm, or `any`. */
  readonly alarm?: string;
  /** Each stands in title, name or address, in one of its forms. */
  readonly words?: readonly (readonly string[])[];
  readonly order?: IntakeOrder;
  readonly descending?: boolean;
  readonly offset: number;
  readonly limit: number;
}

const columns = { number: 'number', title: 'title', lost: 'lost', undecided: 'undecided', alarms: 'alarms' } as const;
export type IntakeOrder = keyof typeof columns;
export const intakeOrders = Object.keys(columns) as IntakeOrder[];

/** Runs of a site, newest first; one alone where it is named. */
export async function intakeRuns(
  db: Ledger['db'],
  site: SiteId,
  { run, limit = 100 }: { readonly run?: number; readonly limit?: number } = {},
): Promise<readonly ListedRun[]> {
  const tables = db.withTables<ContentTables>();
  let query = tables.selectFrom('intake_run').selectAll().where('site', '=', site).orderBy('id', 'desc').limit(limit);
  if (run !== undefined) query = query.where('id', '=', run);
  const rows = await query.execute();
  if (rows.length === 0) return [];
  const counts = await tables
    .selectFrom('intake_page')
    .select(['run', 'state'])
    .select(({ fn }) => fn.countAll().as('count'))
    .select(sql<number>`sum(case when verdict = 'gaps' then 1 else 0 end)`.as('gaps'))
    .select(sql<number>`sum(case when alarms > 0 then 1 else 0 end)`.as('alarmed'))
    .select(sql<number>`sum(case when stale then 1 else 0 end)`.as('stale'))
    .where('site', '=', site)
    .where(
      'run',
      'in',
      rows.map(({ id }) => id),
    )
    .groupBy(['run', 'state'])
    .execute();
  return rows.map((row) => {
    const own = counts.filter((one) => one.run === row.id);
    const pages = { read: 0, refused: 0, known: 0, handing: 0, taken: 0 };
    for (const { state, count } of own) pages[state] = Number(count);
    const sum = (name: 'gaps' | 'alarmed' | 'stale'): number => own.reduce((all, one) => all + Number(one[name]), 0);
    return {
      ...{ run: row.id, name: row.name, channel: row.channel, state: row.state, entries: row.entries },
      ...{ at: row.at, by: row.account_name, pages, gaps: sum('gaps'), alarmed: sum('alarmed'), stale: sum('stale') },
      place: JSON.parse(row.place) as IntakePlace,
      mapping: JSON.parse(row.mapping) as ListedRun['mapping'],
      ...(row.problem === null ? {} : { problem: JSON.parse(row.problem) as Told }),
    };
  });
}

/** Pages of the newest runs first, in the order of their sources, unless told otherwise; and how many there are. */
export async function intakePages(
  db: Ledger['db'],
  site: SiteId,
  filter: IntakeFilter,
): Promise<{ readonly pages: readonly ListedPage[]; readonly count: number }> {
  const { run, verdict, state, alarm, words = [], order = 'number', descending = false, offset, limit } = filter;
  let query = db.withTables<ContentTables>().selectFrom('intake_page').where('site', '=', site);
  if (run !== undefined) query = query.where('run', '=', run);
  if (verdict !== undefined) query = query.where('verdict', '=', verdict);
  if (state !== undefined) query = query.where('state', '=', state);
  if (alarm === 'any') query = query.where('alarms', '>', 0);
  else if (alarm !== undefined) query = query.where('alarm_kinds', 'like', `%"${literal(alarm)}"%`);
  for (const forms of words)
    query = query.where(({ or }) =>
      or(
        forms.map(
          (form) =>
            sql<SqlBool>`lower(title || ' ' || name || ' ' || coalesce(address, '')) like ${`%${literal(form.toLowerCase())}%`}`,
        ),
      ),
    );
  const all = await query.select(({ fn }) => fn.countAll().as('count')).executeTakeFirst();
  const way = descending ? 'desc' : 'asc';
  const rows = await query
    .selectAll()
    .$if(order !== 'number', (sorted) => sorted.orderBy(columns[order], way))
    .orderBy('run', 'desc')
    .orderBy('number', order === 'number' ? way : 'asc')
    .offset(offset)
    .limit(limit)
    .execute();
  return { pages: rows.map(listedPage), count: Number(all?.count ?? 0) };
}

/** One page with its neighbours in the run, or undefined. */
export async function intakePage(
  db: Ledger['db'],
  site: SiteId,
  run: number,
  number: number,
): Promise<ListedPage | undefined> {
  const row = await db
    .withTables<ContentTables>()
    .selectFrom('intake_page')
    .selectAll()
    .where('site', '=', site)
    .where('run', '=', run)
    .where('number', '=', number)
    .executeTakeFirst();
  return row && listedPage(row);
}

/** A decision, with who decided and when. */
export interface DecidedChoice {
  readonly id: number;
  /** About all pages of the run. */
  readonly wide: boolean;
  readonly choice: IntakeChoice;
  readonly at: string;
  readonly account: string;
  readonly by: string;
}

/** What was decided about a page, and about all of its run, in order. */
export async function intakeChoices(
  db: Ledger['db'],
  site: SiteId,
  run: number,
  received: string | null,
): Promise<readonly DecidedChoice[]> {
  const rows = await db
    .withTables<ContentTables>()
    .selectFrom('intake_choice')
    .selectAll()
    .where('site', '=', site)
    .where('run', '=', run)
    .where(({ or, eb }) => or([eb('received_hash', 'is', null), eb('received_hash', '=', received ?? '')]))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, wide: row.received_hash === null, at: row.at, account: row.account, by: row.account_name },
    choice: JSON.parse(row.choice) as IntakeChoice,
  }));
}

/** Another item that has the bytes or the words of a page already. */
export async function itemOfWords(
  db: Ledger['db'],
  site: SiteId,
  hashes: { readonly received: string; readonly text: string },
): Promise<ItemId | undefined> {
  const row = await db
    .withTables<ContentTables>()
    .selectFrom('intake')
    .select('item')
    .where('site', '=', site)
    .where(({ or, eb }) => or([eb('received_hash', '=', hashes.received), eb('text_hash', '=', hashes.text)]))
    .executeTakeFirst();
  return row?.item;
}

/** The page of a run that an item was made from: for the way back from the item. */
export async function intakePageOf(
  db: Ledger['db'],
  site: SiteId,
  item: ItemId,
): Promise<{ readonly run: number; readonly number: number } | undefined> {
  return db
    .withTables<ContentTables>()
    .selectFrom('intake_page')
    .select(['run', 'number'])
    .where('site', '=', site)
    .where('item', '=', item)
    .where('state', '=', 'taken')
    .orderBy('run')
    .executeTakeFirst();
}

function listedPage(row: IntakePageTable): ListedPage {
  const { proved, accepted, undecided, lost, stated } = row;
  return {
    ...{ run: row.run, number: row.number, name: row.name, address: row.address, received: row.received_hash },
    ...{ title: row.title, channel: row.channel, verdict: row.verdict, alarms: row.alarms, state: row.state },
    ...{ item: row.item, nearly: row.nearly, stale: row.stale },
    counts: { proved, accepted, undecided, lost, stated },
    alarmKinds: JSON.parse(row.alarm_kinds) as string[],
    missing: JSON.parse(row.missing) as string[],
    notes: JSON.parse(row.notes) as string[],
    ...(row.problem === null ? {} : { problem: JSON.parse(row.problem) as Told }),
  };
}

/** Words as they stand: `%` is a percent sign. */
function literal(words: string): string {
  return words.replace(/[\\%_]/g, '\\$&');
}
