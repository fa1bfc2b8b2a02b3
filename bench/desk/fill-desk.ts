import { chainHead, eventHash, type Ledger } from '@chengmen/ledger';
import { canonicalJson, sha256, type FieldsOf, type ItemId } from '@chengmen/model';
import { sql } from 'kysely';
import { Client } from 'pg';
import { articleAt, numberAt, sentence } from '../city.ts';

export const channelCount = 500;
/** Twenty at the top, four below each, five below each of these: a document stands in one of the last. */
const [tops, middles] = [20, 80];
const leaves = channelCount - tops - middles;

export const channelId = (at: number): ItemId => `c${at}`;

function parentOf(at: number): number | null {
  if (at < tops) return null;
  return at < tops + middles ? (at - tops) % tops : tops + ((at - tops - middles) % middles);
}

function channelPath(at: number): string {
  const parent = parentOf(at);
  return `${parent === null ? '/' : channelPath(parent)}c${at}/`;
}

function channelFields(at: number): FieldsOf<'channel'> {
  const parent = parentOf(at);
  return {
    name: `${sentence(at * 31)
      .slice(0, 5)
      .replace(/[，。]/g, '')}栏目${at}`,
    segment: `c${at}`,
    parent: parent === null ? null : channelId(parent),
    position: at,
    type: ['政务动态', '政策文件', '信息公开', '办事服务'][at % 4] ?? '',
    description: sentence(at),
    keywords: ['临江', `栏目${at}`],
    layout: at < tops ? 'landing' : 'list',
    navigation: at < tops,
  };
}

/** Texts to make documents of: as long and as different as real ones, title, channel and day to be put in. */
const samples = 400;

function sampleOf(at: number): { readonly kind: string; readonly title: string; readonly fields: string } {
  const article = articleAt(at * 7);
  const title = article.fields.title.replace(/（.*$/, '');
  const fields = { ...article.fields, title: '@title@', channel: '@channel@', date: '@date@' };
  const policy = at % 12 === 0;
  return {
    kind: policy ? 'policy' : 'article',
    title,
    fields: canonicalJson(policy ? { ...fields, ...policyFields } : fields),
  };
}

const policyFields = {
  indexNumber: '000014349/2026-00001',
  topic: '城乡建设',
  issuer: '临江市人民政府',
  documentNumber: '临政发〔2026〕1号',
  madeOn: '2026-01-01',
  validity: '有效',
};

export interface FillDesk {
  readonly url: string;
  readonly site: string;
  readonly items: number;
  /** Accounts that write, the first of them being asked for drafts. */
  readonly writer: string;
  /** Also what the checks remember of texts: eight rows for each item. */
  readonly prints: boolean;
}

/**
 * A desk's database after years: items in all states with their revisions, reviews, addresses and the roles of sixty offices,
 * as the commands leave them, put there by a few statements. The channels are there before.
 */
export async function fillDesk({ url, site, items, writer, prints }: FillDesk): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await fillDocuments(client, { site, items, writer });
    await fillOffices(client, site);
    if (prints) await fillPrints(client, site);
    // Autovacuum has done it long ago on a database of years.
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** The tree, all of it live. */
export async function fillChannels({ url, site }: Pick<FillDesk, 'url' | 'site'>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const rows = Array.from({ length: channelCount }, (_, at) => {
    const fields = canonicalJson(channelFields(at));
    return { id: channelId(at), path: channelPath(at), fields, hash: sha256(fields) };
  });
  const given = `jsonb_to_recordset($2::jsonb) as given(id text, path text, fields text, hash text)`;
  const values = [site, JSON.stringify(rows)];
  await client.query(
    `insert into item (site, id, kind, created_at, created_by, state, live_revision)
     select $1, id, 'channel', '2016-01-01T00:00:00.000Z', 'w0', 'live', 1 from ${given}`,
    values,
  );
  await client.query(
    `insert into revision (site, item, number, kind, hash, fields, author, author_name, created_at, state, live_at)
     select $1, id, 1, 'channel', hash, fields, 'w0', '编辑0', '2016-01-01T00:00:00.000Z', 'approved', '2016-01-01T00:00:00.000Z'
     from ${given}`,
    values,
  );
  await client.query(
    `insert into address (site, path, item, current, channel) select $1, path, id, true, null from ${given}`,
    values,
  );
  await client.end();
}

/** Of a hundred items: 85 with one approved revision, 6 with three, 2 withdrawn, 5 somewhere in review, 2 in writing. */
const revisionsOfItem = `
  select n, 1 as number, case
    when n % 100 between 85 and 90 or n % 100 = 94 or n % 100 = 98 then case when n % 100 < 91 then 'superseded' else 'approved' end
    when n % 100 = 93 then 'submitted'
    when n % 100 = 95 then case when n % 200 < 100 then 'first-reviewed' else 'second-reviewed' end
    when n % 100 = 96 then 'returned'
    when n % 100 = 97 then 'draft'
    else 'approved' end as state
  from generate_series(0, $2::int - 1) as n
  union all
  select n, 2, case when n % 100 = 94 then 'submitted' when n % 100 = 98 then 'draft' else 'superseded' end
  from generate_series(0, $2::int - 1) as n where n % 100 between 85 and 90 or n % 100 in (94, 98)
  union all
  select n, 3, 'approved' from generate_series(0, $2::int - 1) as n where n % 100 between 85 and 90`;

async function fillDocuments(
  client: Client,
  { site, items, writer }: Pick<FillDesk, 'site' | 'items' | 'writer'>,
): Promise<void> {
  await client.query('create temp table sample (k int primary key, kind text, title text, fields text)');
  await client.query(
    `insert into sample select k - 1, given.kind, given.title, given.fields
     from jsonb_array_elements($1::jsonb) with ordinality as one (value, k),
       jsonb_to_record(value) as given(kind text, title text, fields text)`,
    [JSON.stringify(Array.from({ length: samples }, (_, at) => sampleOf(at)))],
  );
  await client.query(
    `create temp table made as select n, 'a' || n as id, kind, title, fields, channel, at,
       to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as stamp
     from generate_series(0, $1::int - 1) as n
     join sample on k = (n * 7919) % ${samples}
     cross join lateral (select 'c' || (${tops + middles} + (n::bigint * 104729) % ${leaves}) as channel,
       timestamptz '2026-11-28 08:00Z' - n * interval '97 minutes' as at) as placed`,
    [items],
  );
  await client.query(
    `insert into item (site, id, kind, created_at, created_by, state, live_revision, withdrawn_on, withdrawal_reason)
     select $1, id, kind, stamp, 'w' || n % 400,
       case when n % 100 in (93, 95, 96, 97) then 'never' when n % 100 in (91, 92) then 'withdrawn' else 'live' end,
       case when n % 100 in (93, 95, 96, 97) then null when n % 100 between 85 and 90 then 3 else 1 end,
       case when n % 100 in (91, 92) then '2026-11-01' end, case when n % 100 in (91, 92) then '内容过期' end
     from made`,
    [site],
  );
  await client.query(
    `insert into revision (site, item, number, kind, hash, fields, author, author_name, created_at, state, live_at)
     select $1, id, number, kind, encode(sha256((id || '.' || number)::bytea), 'hex'),
       replace(replace(replace(fields, '@title@', title || '（第 ' || n || '-' || number || ' 期）'), '@channel@', channel),
         '@date@', to_char(at, 'YYYY-MM-DD HH24:MI')),
       case when n % 400 = 97 then $3 else 'w' || n % 400 end, '编辑' || n % 400,
       to_char((at + number * interval '31 minutes') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), state,
       case when state in ('approved', 'superseded') then stamp end
     from made join (${revisionsOfItem}) as revisions using (n)`,
    [site, items, writer],
  );
  await client.query(
    `insert into review (site, item, number, stage, account, name, hash, decision, comment, at)
     select site, item, number, stage, account, name, hash, case when state = 'returned' then 'return' else 'approve' end,
       case when state = 'returned' then '请补充出处' end, created_at
     from revision, (values ('first', 'r1', '初审', 1), ('second', 'r2', '复审', 2), ('final', 'r3', '终审', 3)) as stages (stage, account, name, at_least)
     where site = $1 and at_least <= case state when 'approved' then 3 when 'superseded' then 3 when 'second-reviewed' then 2
       when 'first-reviewed' then 1 when 'returned' then 1 else 0 end`,
    [site],
  );
  await client.query(
    `insert into address (site, path, item, current, channel)
     select $1, address.path || to_char(at, 'YYYY/MM/DD/') || id || '.html', id, true, made.channel
     from made join address on address.site = $1 and address.item = made.channel
     where n % 100 not in (93, 95, 96, 97)`,
    [site],
  );
}

/** Accounts of sixty offices, each with roles for its part. */
async function fillOffices(client: Client, site: string): Promise<void> {
  await client.query(
    `insert into identity_user (id, name, email, "emailVerified", username)
     select 'w' || n, '编辑' || n, 'w' || n || '@desk.invalid', false, 'w' || n from generate_series(0, 399) as n`,
  );
  await client.query(
    `insert into role_grant (site, account, role, granted_by, at, channel)
     select $1, 'w' || n, (array['writer', 'first-reviewer', 'second-reviewer', 'channel-editor'])[1 + n % 4], 'system',
       '2026-01-01T00:00:00.000Z', 'c' || ${tops} + n % ${middles} from generate_series(0, 399) as n`,
    [site],
  );
}

const eventsAtOnce = 5000;

/** The events of those items, as many as there are items: written, submitted, looked at and reviewed by turns, chained as commands do. */
export async function fillEvents(ledger: Ledger, site: string, items: number): Promise<void> {
  const acts = ['save-draft', 'submit-revision', 'note-preview', 'review-revision'];
  let { seq, hash } = await chainHead(ledger.db, site);
  const start = Date.parse('2016-01-01T00:00:00Z');
  for (let at = 0; at < items; at += eventsAtOnce) {
    const rows = Array.from({ length: Math.min(eventsAtOnce, items - at) }, (_, index) => {
      const [n, previous_hash] = [at + index, hash];
      const command = acts[n % 4] ?? '';
      const told = { revision: `a${(n - (n % 4)) % items}.1`, hash: sha256(String(n)) };
      const payload = canonicalJson(n % 4 === 3 ? { ...told, stage: 'first', decision: 'approve' } : told);
      const when = new Date(start + n * 3_400_000).toISOString();
      const event = { site, seq: (seq += 1), at: when, account: `w${n % 400}`, command, payload, previous_hash };
      hash = eventHash(event);
      return { ...event, hash };
    });
    await ledger.db.insertInto('event').values(rows).execute();
  }
  await sql`update event_head set seq = ${seq}, hash = ${hash} where site = ${site}`.execute(ledger.db);
  await sql`analyze event`.execute(ledger.db);
}

async function fillPrints(client: Client, site: string): Promise<void> {
  await client.query(
    `insert into text_print (site, item, number, date, title, print)
     select site, item, max(number), '2026-01-01', 't', '' from revision where site = $1 and kind <> 'channel' group by site, item`,
    [site],
  );
  await client.query(
    `insert into text_band (site, band, item)
     select site, md5(item || at), item from text_print, generate_series(1, 8) as at where site = $1`,
    [site],
  );
}

/** Somebody's item, the same in each run: one that has three revisions, all reviewed. */
export function itemAt(seed: number, items: number): ItemId {
  return `a${Math.floor(numberAt(seed, 5, items) / 100) * 100 + 87}`;
}
