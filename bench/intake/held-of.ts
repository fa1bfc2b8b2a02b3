import { verifyEvents } from '@chengmen/ledger';
import { siteId, type BackOffice } from 'chengmen';
import { sql } from 'kysely';
import { zero, type Measure } from '../measure.ts';
import type { OldPage } from './old-site.ts';

/**
 * Every page is in once, whole, under its old address, in its channel; nothing else is. A page whose words another one has
 * is in by its address alone.
 */
export async function heldOf(
  { ledger, received }: BackOffice,
  pages: readonly OldPage[],
  duplicates: number,
): Promise<Measure[]> {
  const { rows } = await sql<{ hash: string; item: string; fields: string | null; plan: string }>`
    select intake.received_hash as hash, intake.item, revision.fields, intake.plan
    from intake
    left join revision on revision.site = intake.site and revision.item = intake.item and revision.number = intake.number
    where intake.site = ${siteId}`.execute(ledger.db);
  const addresses = await sql<{ path: string; item: string }>`
    select path, item from address where site = ${siteId} and not current`.execute(ledger.db);
  const drafts = await sql<{ count: string }>`
    select count(*) as count from revision where site = ${siteId} and item like 'restored-%'`.execute(ledger.db);
  const byHash = Map.groupBy(rows, ({ hash }) => hash);
  const items = new Set(rows.map(({ item }) => item));
  const owners = new Map(addresses.rows.map(({ path, item }) => [path, item]));
  const of = (page: OldPage) => byHash.get(page.hash) ?? [];
  const isHalf = ({ fields, plan }: (typeof rows)[number]): boolean =>
    fields === null || !Array.isArray(JSON.parse(plan));
  let bytesLost = 0;
  for (const { hash } of pages) if ((await received.get(hash)) === undefined) bytesLost++;
  const { events, broken } = await verifyEvents(ledger.db, siteId);
  const channelOf = (fields: string | null): string | undefined =>
    (JSON.parse(fields ?? '{}') as { channel?: string }).channel;
  const elsewhere = pages.filter((page) =>
    of(page).some(({ item, fields }) => owners.get(page.path) !== item || channelOf(fields) !== page.channel),
  );
  const without = pages.filter((page) => of(page).length === 0);
  return [
    { measure: 'pages whose words another has', value: without.length, unit: '' },
    zero('of them not told as such', Math.abs(without.length - duplicates)),
    zero(
      'pages whose old address leads nowhere',
      pages.filter(({ path }) => !items.has(owners.get(path) ?? '')).length,
    ),
    zero('pages twice', pages.filter((page) => of(page).length > 1).length),
    zero('pages half: without revision or plan', rows.filter(isHalf).length),
    zero('revisions without a page', Math.abs(Number(drafts.rows[0]?.count ?? 0) - rows.length)),
    zero('pages under another address or in another channel', elsewhere.length),
    zero('received bytes lost', bytesLost),
    zero('breaks in the event log', broken === null ? 0 : 1),
    { measure: 'events', value: events, unit: '' },
  ];
}
