import { canonicalJson, sha256, type SiteId } from '@chengmen/model';
import type { EventTable, HeadTables, Ledger } from './types.ts';

/** What the first event of a site names as its predecessor. */
export const firstHash = '0'.repeat(64);

/** SHA-256 over the canonical JSON of the event and the hash before it. */
export function eventHash(event: Omit<EventTable, 'hash'>): string {
  const { site, seq, at, account, command, payload, previous_hash: previous } = event;
  return sha256(canonicalJson({ site, seq, at, account, command, payload, previous }));
}

export interface ChainReport {
  readonly events: number;
  /** The first event that does not fit, and why; null when all fit. */
  readonly broken: { readonly seq: number; readonly problem: string } | null;
}

const page = 1000;

/** Reads the whole log of a site and checks each link, and that it ends where the last command left it. */
export async function verifyEvents(db: Ledger['db'], site: SiteId): Promise<ChainReport> {
  let previous = firstHash;
  let seq = 0;
  for (;;) {
    const rows = await db
      .selectFrom('event')
      .selectAll()
      .where('site', '=', site)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(page)
      .execute();
    for (const row of rows) {
      const problem = linkProblem(row, seq, previous);
      if (problem !== undefined) return { events: seq, broken: { seq: row.seq, problem } };
      previous = row.hash;
      seq = row.seq;
    }
    if (rows.length < page) return { events: seq, broken: await cutShort(db, site, seq, previous) };
  }
}

async function cutShort(db: Ledger['db'], site: SiteId, seq: number, hash: string): Promise<ChainReport['broken']> {
  const head = await db
    .withTables<HeadTables>()
    .selectFrom('event_head')
    .select(['seq', 'hash'])
    .where('site', '=', site)
    .executeTakeFirst();
  if (head === undefined && seq === 0) return null;
  if (head?.seq === seq && head.hash === hash) return null;
  return { seq: seq + 1, problem: `the log ends at ${seq}, the last command was ${head?.seq ?? 'none'}` };
}

function linkProblem(row: EventTable, before: number, previous: string): string | undefined {
  if (row.seq !== before + 1) return `event ${before + 1} is missing`;
  if (row.previous_hash !== previous) return 'it names another predecessor';
  if (row.hash !== eventHash(row)) return 'its content does not have its hash';
  return undefined;
}
