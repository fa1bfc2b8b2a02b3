import type { Ledger } from '@chengmen/ledger';
import { revisionId, type Actor, type RevisionId, type SiteId } from '@chengmen/model';
import { itemHistory, titleIn, waitingFor, type KindHooks, type Revision } from '@chengmen/revision';
import type { NoticeTables } from './tables.ts';

/** What a notice tells. */
export interface NoticeContent {
  readonly what: 'review' | 'returned' | 'approved' | 'remark' | 'alarms';
  readonly title: string;
  /** Of an item. */
  readonly revision?: RevisionId;
  /** Path at the desk. */
  readonly path: string;
}

export interface Gathering {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly hooks: readonly KindHooks[];
  /** Everybody who may be told, with what they may do. */
  readonly people: () => Promise<readonly Actor[]>;
  readonly clock: () => Date;
  /** Whether there is a mail server. */
  readonly canMail: boolean;
}

/** As many events are looked at in one go. */
const mostAtOnce = 200;

/** Looks at the events since the last time, and writes down who is to be told of what. Once for each event, whatever dies between. */
export async function gatherNotices(options: Gathering): Promise<void> {
  const { ledger, site } = options;
  const { db } = ledger;
  for (;;) {
    const last = await headOf(db, site);
    const events = await db
      .selectFrom('event')
      .select(['seq', 'command', 'account', 'payload'])
      .where('site', '=', site)
      .where('seq', '>', last)
      .orderBy('seq')
      .limit(mostAtOnce)
      .execute();
    const newest = events.at(-1)?.seq;
    if (newest === undefined) return;
    const told = await wanted(options);
    const found = told.size === 0 ? [] : await noticesOf(options, events, told);
    await db.transaction().execute(async (tx) => {
      const tables = tx.withTables<NoticeTables>();
      if (found.length > 0)
        await tables
          .insertInto('notice')
          .values(
            found.map((one) => ({
              ...one,
              site,
              state: 'waiting' as const,
              attempts: 0,
              next_at: options.clock().toISOString(),
              problem: null,
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      await tables
        .insertInto('notice_head')
        .values({ site, seq: Number(newest) })
        .onConflict((conflict) => conflict.column('site').doUpdateSet({ seq: Number(newest) }))
        .execute();
    });
  }
}

/** Nobody is told of what was before there were notices. */
async function headOf(db: Ledger['db'], site: SiteId): Promise<number> {
  const tables = db.withTables<NoticeTables>();
  const row = await tables.selectFrom('notice_head').select('seq').where('site', '=', site).executeTakeFirst();
  if (row) return Number(row.seq);
  const newest = await db
    .selectFrom('event')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('site', '=', site)
    .executeTakeFirst();
  const seq = Number(newest?.seq ?? 0);
  await tables
    .insertInto('notice_head')
    .values({ site, seq })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return seq;
}

type Ways = ReadonlyMap<string, readonly ('mail' | 'webhook')[]>;

/** Who wants to be told, and how. */
async function wanted({ ledger, site, canMail }: Gathering): Promise<Ways> {
  const rows = await ledger.db
    .withTables<NoticeTables>()
    .selectFrom('notice_choice')
    .select(['account', 'mail', 'webhook'])
    .where('site', '=', site)
    .execute();
  return new Map(
    rows.map(({ account, mail, webhook }) => [
      account,
      [...(mail === '' || !canMail ? [] : ['mail' as const]), ...(webhook === '' ? [] : ['webhook' as const])],
    ]),
  );
}

interface Event {
  readonly seq: number;
  readonly command: string;
  readonly account: string;
  readonly payload: string;
}

interface Found {
  readonly seq: number;
  readonly account: string;
  readonly way: 'mail' | 'webhook';
  readonly content: string;
}

async function noticesOf(options: Gathering, events: readonly Event[], ways: Ways): Promise<Found[]> {
  const people = (await options.people()).filter(({ account }) => ways.has(account));
  const found: Found[] = [];
  for (const event of events) {
    const told = await toldOf(options, event, people);
    for (const { account, content } of told)
      // Nobody is told of what they did, nor once they hold no role any more.
      if (account !== event.account && people.some((one) => one.account === account))
        for (const way of ways.get(account) ?? [])
          found.push({ seq: Number(event.seq), account, way, content: JSON.stringify(content) });
  }
  return found;
}

const about = ['report-intake', 'submit-revision', 'review-revision', 'comment-passage', 'publish-emergency'];

async function toldOf(
  { ledger, site, hooks }: Gathering,
  { command, payload }: Event,
  people: readonly Actor[],
): Promise<{ account: string; content: NoticeContent }[]> {
  if (!about.includes(command)) return [];
  if (command === 'report-intake') return alarmsOf(JSON.parse(payload) as ReportedRun);
  const told = JSON.parse(payload) as { revision?: unknown; state?: unknown };
  const revision = await revisionNamed(ledger.db, site, String(told.revision));
  if (!revision) return [];
  const content = (what: NoticeContent['what']): NoticeContent => ({
    ...{ what, title: titleIn(revision.fields, revision.item), revision: revision.revision },
    path: `/items/${revision.item}?revision=${revision.revision}`,
  });
  if (command === 'comment-passage') return [{ account: revision.author, content: content('remark') }];
  if (told.state === 'returned') return [{ account: revision.author, content: content('returned') }];
  if (told.state === 'approved') return [{ account: revision.author, content: content('approved') }];
  const reviewers: Actor[] = [];
  for (const person of people)
    if (
      (await waitingFor(ledger.db, person, hooks, revision.item)).some(
        (one) => one.revision === revision.revision && one.task !== 'finish' && one.task !== 'rewrite',
      )
    )
      reviewers.push(person);
  return reviewers.map(({ account }) => ({ account, content: content('review') }));
}

/** What the reading of old pages came to. */
interface ReportedRun {
  readonly run: number;
  readonly name: string;
  readonly alarmed: number;
  readonly begunBy: string;
}

/** Whoever had old pages read is told of traces of a hijack in them. */
function alarmsOf({ run, name, alarmed, begunBy }: ReportedRun): { account: string; content: NoticeContent }[] {
  if (alarmed === 0) return [];
  const content: NoticeContent = { what: 'alarms', title: name, path: `/intake?run=${run}&alarm=any` };
  return [{ account: begunBy, content }];
}

async function revisionNamed(db: Ledger['db'], site: SiteId, id: string): Promise<Revision | undefined> {
  const item = id.replace(/\.\d+$/, '');
  return (await itemHistory(db, site, item)).find(
    ({ revision, number }) => revision === id && id === revisionId(item, number),
  );
}
