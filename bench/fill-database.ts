import type { Ledger } from '@chengmen/ledger';
import { canonicalJson, type LiveItem } from '@chengmen/model';
import { sql } from 'kysely';

/** Puts approved items into the tables as the commands of the desk would have left them. */
export async function fillDatabase(db: Ledger['db'], site: string, items: Iterable<LiveItem>): Promise<void> {
  for (const some of inPortions(items, 2000)) {
    const rows = JSON.stringify(some.map(rowOf));
    const given = sql`jsonb_to_recordset(${rows}::jsonb)
      as given(id text, kind text, path text, hash text, fields text, channel text)`;
    await sql`insert into item (site, id, kind, created_at, created_by, state, live_revision)
      select ${site}::text, id, kind, ${at}::text, 'writer', 'live', 1 from ${given}`.execute(db);
    await sql`insert into revision (site, item, number, kind, hash, fields, author, author_name, created_at, state, live_at)
      select ${site}::text, id, 1, kind, hash, fields, 'writer', '编辑', ${at}::text, 'approved', ${at}::text from ${given}`.execute(
      db,
    );
    await sql`insert into review (site, item, number, stage, account, name, hash, decision, at)
      select ${site}::text, id, 1, 'final', 'final', '终审', hash, 'approve', ${at}::text from ${given}`.execute(db);
    await sql`insert into address (site, path, item, current, channel)
      select ${site}::text, path, id, true, channel from ${given} where path is not null`.execute(db);
  }
}

function* inPortions<T>(all: Iterable<T>, size: number): Generator<readonly T[]> {
  let portion: T[] = [];
  for (const one of all) {
    if (portion.push(one) < size) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

const at = '2026-11-20T01:00:00.000Z';

function rowOf({ id, kind, path, hash, fields }: LiveItem): object {
  return { id, kind, path, hash, fields: canonicalJson(fields), channel: 'channel' in fields ? fields.channel : null };
}
