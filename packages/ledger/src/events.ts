import { canonicalJson, sha256, type SiteId } from '@chengmen/model';
import { sql } from 'kysely';
import type { BrokenLink } from './chain-problems.ts';
import type { EventTable, HeadTables, Ledger } from './types.ts';

/** What the first event of a site names as its predecessor. */
export const firstHash = '0'.repeat(64);

/** SHA-256 over the canonical JSON of the event and the hash before it. */
export function eventHash(event: Omit<EventTable, 'hash'>): string {
  const { site, seq, at, account, command, payload, previous_hash: previous } = event;
  return sha256(canonicalJson({ site, seq, at, account, command, payload, previous }));
}

/** An event by its number and hash: whoever keeps both has all that came before in 64 digits. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export interface ChainReport {
  /** How many fit, from the first one on. */
  readonly events: number;
  /** Instants of the first and the last of them; null where there is none. */
  readonly from: string | null;
  readonly to: string | null;
  /** Where the log had come to when it was read. */
  readonly head: ChainHead;
  /** null when all fit. */
  readonly broken: BrokenLink | null;
}

const page = 1000;

/** Reads the whole log of a site and checks each link, and that it ends where the last command left it. */
export async function verifyEvents(db: Ledger['db'], site: SiteId): Promise<ChainReport> {
  // Commands go on meanwhile: what they add is another reading's.
  const head = await chainHead(db, site);
  let last: ChainHead = { seq: 0, hash: firstHash };
  let [from, to]: (string | null)[] = [null, null];
  const report = (broken: BrokenLink | null): ChainReport => ({
    ...{ events: last.seq, from: from ?? null, to: to ?? null, head, broken },
  });
  for await (const rows of eventsBetween(db, site, 1, head.seq)) {
    for (const row of rows) {
      const broken = linkProblem(row, last);
      if (broken) return report(broken);
      last = row;
      from ??= row.at;
      to = row.at;
    }
  }
  const ends = last.seq === head.seq && last.hash === head.hash && !(await goesOnBeyond(db, site));
  return report(ends ? null : { seq: last.seq + 1, problem: 'ending' });
}

/** Where the log of a site has come to. */
export async function chainHead(db: Ledger['db'], site: SiteId): Promise<ChainHead> {
  const head = await db
    .withTables<HeadTables>()
    .selectFrom('event_head')
    .select(['seq', 'hash'])
    .where('site', '=', site)
    .executeTakeFirst();
  return head ?? { seq: 0, hash: firstHash };
}

/** Some events in their order, a thousand at a time. Both ends are within. */
export async function* eventsBetween(
  db: Ledger['db'],
  site: SiteId,
  from: number,
  to: number,
): AsyncGenerator<readonly EventTable[]> {
  for (let next = from; next <= to;) {
    const rows = await db
      .selectFrom('event')
      .select(['site', 'seq', 'at', 'account', 'command', 'payload', 'previous_hash', 'hash'])
      .where('site', '=', site)
      .where('seq', '>=', next)
      .where('seq', '<=', to)
      .orderBy('seq')
      .limit(page)
      .execute();
    if (rows.length > 0) yield rows;
    if (rows.length < page) return;
    next = (rows.at(-1)?.seq ?? to) + 1;
  }
}

/** Why an event cannot be the next one, if it cannot. */
export function linkProblem(event: EventTable, before: ChainHead): BrokenLink | undefined {
  if (event.seq !== before.seq + 1) return { seq: before.seq + 1, problem: 'missing' };
  if (event.previous_hash !== before.hash) return { seq: event.seq, problem: 'predecessor' };
  if (event.hash !== eventHash(event)) return { seq: event.seq, problem: 'content' };
  return undefined;
}

/** In one statement, so that a command that commits meanwhile is on both sides of the comparison or on neither. */
async function goesOnBeyond(db: Ledger['db'], site: SiteId): Promise<boolean> {
  const { rows } = await sql`select seq from event where site = ${site}
    and seq > coalesce((select seq from event_head where site = ${site}), 0) limit 1`.execute(db);
  return rows.length > 0;
}
