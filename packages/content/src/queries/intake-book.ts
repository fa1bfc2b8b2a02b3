import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import type { Updateable } from 'kysely';
import type { IntakePlace } from '../commands/open-intake.ts';
import type { ContentTables, IntakePageTable, IntakeRunTable } from '../tables.ts';

export type BookedPage = Omit<IntakePageTable, 'site' | 'run'>;

/**
 * How far the runs of a site have come. What stands here follows from received bytes and from what was decided, and can be reckoned again:
 * it is no act of anybody's and leaves no event.
 */
export interface IntakeBook {
  /** Runs with work left, the oldest first. */
  readonly open: () => Promise<readonly IntakeRunTable[]>;
  /** Where files lie that were handed in for runs that have not ended. */
  readonly trays: () => Promise<readonly string[]>;
  readonly change: (run: number, change: Updateable<IntakeRunTable>) => Promise<void>;
  /** Its state, once nothing is left to do: what was handed over meanwhile is left. */
  readonly finish: (run: number) => Promise<void>;
  readonly put: (run: number, page: BookedPage) => Promise<void>;
  readonly changePage: (run: number, number: number, change: Updateable<IntakePageTable>) => Promise<void>;
  readonly pages: (
    run: number,
    where: Partial<Pick<IntakePageTable, 'number' | 'state' | 'stale'>>,
  ) => Promise<readonly KeptPage[]>;
}

const kept = ['number', 'name', 'address', 'received_hash', 'title', 'missing', 'item', 'account', 'submit'] as const;
/** What whoever works on a run has to know of its pages, of which there may be tens of thousands. */
export type KeptPage = Pick<IntakePageTable, (typeof kept)[number]>;

/** So many rows are taken in at a time: others have their turn between. */
const rowsAtOnce = 1000;

export function intakeBook(db: Ledger['db'], site: SiteId): IntakeBook {
  const tables = db.withTables<ContentTables>();
  return {
    open: () =>
      tables
        .selectFrom('intake_run')
        .selectAll()
        .where('site', '=', site)
        .where(({ or, eb, exists, selectFrom }) =>
          or([
            eb('state', 'in', ['reading', 'handing']),
            exists(
              selectFrom('intake_page')
                .select('number')
                .whereRef('intake_page.site', '=', 'intake_run.site')
                .whereRef('intake_page.run', '=', 'intake_run.id')
                .where('stale', '=', true),
            ),
          ]),
        )
        .orderBy('id')
        .execute(),
    trays: async () => {
      const rows = await tables
        .selectFrom('intake_run')
        .select('place')
        .where('site', '=', site)
        .where('state', '<>', 'ended')
        .execute();
      return rows.flatMap(({ place }) => {
        const where = JSON.parse(place) as IntakePlace;
        return 'tray' in where ? [where.tray] : [];
      });
    },
    change: async (run, change) => {
      await tables.updateTable('intake_run').set(change).where('site', '=', site).where('id', '=', run).execute();
    },
    finish: async (run) => {
      await tables
        .updateTable('intake_run')
        .set({ state: 'read', problem: null })
        .where('site', '=', site)
        .where('id', '=', run)
        .where('state', 'in', ['reading', 'handing'])
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('intake_page')
                .select('number')
                .where('site', '=', site)
                .where('run', '=', run)
                .where(({ or, eb }) => or([eb('state', '=', 'handing'), eb('submit', '=', true)])),
            ),
          ),
        )
        .execute();
    },
    put: async (run, page) => {
      await tables
        .insertInto('intake_page')
        .values({ ...page, site, run })
        .onConflict((conflict) => conflict.columns(['site', 'run', 'number']).doUpdateSet(page))
        .execute();
    },
    changePage: async (run, number, change) => {
      await tables
        .updateTable('intake_page')
        .set(change)
        .where('site', '=', site)
        .where('run', '=', run)
        .where('number', '=', number)
        .execute();
    },
    pages: async (run, { number, state, stale }) => {
      let query = tables.selectFrom('intake_page').select(kept).where('site', '=', site).where('run', '=', run);
      if (number !== undefined) query = query.where('number', '=', number);
      if (state !== undefined) query = query.where('state', '=', state);
      if (stale !== undefined) query = query.where('stale', '=', stale);
      const all: KeptPage[] = [];
      for (let last = 0, more = true; more; last = all.at(-1)?.number ?? 0) {
        const rows = await query.where('number', '>', last).orderBy('number').limit(rowsAtOnce).execute();
        for (const row of rows) all.push(row);
        more = rows.length === rowsAtOnce;
      }
      return all;
    },
  };
}
