import { Readable } from 'node:stream';
import {
  acts,
  channelsWithin,
  eventLog,
  eventsAsked,
  holds,
  itemsAt,
  stretchOf,
  type EventFilter,
  type LiveChannel,
  type LoggedEvent,
} from '@chengmen/content';
import { refusals, type Account, type SignedIn } from '@chengmen/identity';
import { auditFile, openingOf, verifyEvents, type Ledger } from '@chengmen/ledger';
import { ChengmenError, itemId, type ItemId, type SiteId } from '@chengmen/model';
import { overrules } from '@chengmen/proofreading';
import { newestRevisions } from '@chengmen/revision';
import type { FastifyInstance } from 'fastify';
import { auditAddress, auditFilter, auditQuery, eventsAtOnce, filtersOf, type AuditQuery } from './audit-query.ts';
import { actName, detailOf } from './audit-words.ts';
import { csvLine } from './csv-line.ts';
import { text, type DeskTools, type Form, type Params } from './desk-forms.ts';
import { auditPage, type Names } from './pages/audit.ts';
import { actsAtOnce, itemActsPage, personActsPage } from './pages/audit-acts.ts';
import { chainPage } from './pages/audit-chain.ts';
import { refusedPage } from './pages/audit-refused.ts';

export interface AuditRoutes extends Pick<DeskTools, 'api' | 'who' | 'show'> {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly clock: () => Date;
  readonly channels: () => Promise<readonly LiveChannel[]>;
  readonly accounts: () => Promise<readonly Account[]>;
  /** Throws unless they may read the audit. */
  readonly mayAudit: (signedIn: SignedIn) => void;
}

/** Whoever acts without an account, as the house calls them. */
const housemates = [
  ['system', '命令行'],
  ['system-line', '命令行'],
  ['system-intake', '采集'],
  ['system-schedule', '定时'],
  ['system-statistics', '访问统计'],
  ['citizen', '市民'],
] as const;

/** No id of an item: nothing is of it. */
const noItem = '-';
const rowsAtOnce = 1000;

/** Who saw, wrote, reviewed and published what, when, and the proof that the log of it is whole. Nothing here changes anything. */
export function auditRoutes(app: FastifyInstance, tools: AuditRoutes): void {
  const { who, show, ledger, site, clock, channels, accounts, mayAudit } = tools;
  const { db } = ledger;
  const filterOf = async (query: AuditQuery): Promise<EventFilter> => {
    const all = query.channel === '' ? [] : await channels();
    const item = await itemOfWords(db, site, query.item);
    return auditFilter(query, { item, subtree: (channel) => channelsWithin(all, channel) });
  };
  const namesNow = async (): Promise<{ known: readonly Account[]; names: Names }> => {
    const known = await accounts();
    return { known, names: new Map([...known.map(({ account, name }) => [account, name] as const), ...housemates]) };
  };
  const listed = async (query: AuditQuery) =>
    eventLog(db, site, { ...(await filterOf(query)), ...placeOf(query), limit: eventsAtOnce });

  app.get<{ Querystring: Form }>('/audit', async (request, reply) => {
    const signedIn = await who(request);
    mayAudit(signedIn);
    const query = auditQuery(request.query);
    const [events, all, { known, names }] = [await listed(query), await channels(), await namesNow()];
    const held = await holds(db, site);
    return show(reply, signedIn, (page) =>
      auditPage(page, { ...events, query, channels: all, accounts: known, names, holds: held }),
    );
  });
  tools.api('GET /api/audit', ({ query }) => listed(auditQuery(query)));
  app.get<{ Querystring: Form }>('/audit.jsonl', async (request, reply) => {
    const { actor, ...signedIn } = await who(request);
    mayAudit({ actor, ...signedIn });
    const query = filtersOf(auditQuery(request.query));
    const filter = await filterOf(query);
    const stretch = await stretchOf(db, site, filter);
    if (!stretch) throw new ChengmenError('not-found', { what: '事件 (events)', id: auditAddress(query) });
    const opening = await openingOf(db, {
      ...{ site, made: clock().toISOString(), by: actor.name, ...stretch },
      asked: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')),
      people: Object.fromEntries((await namesNow()).names),
    });
    const lines = auditFile(db, opening, (from, to) => eventsAsked(db, site, filter, [from, to]));
    return reply
      .type('application/jsonl; charset=utf-8')
      .header('content-disposition', `attachment; filename="audit-${site}-${stretch.from}-${stretch.to}.jsonl"`)
      .send(Readable.from(lines));
  });
  app.get<{ Querystring: Form }>('/audit.csv', async (request, reply) => {
    mayAudit(await who(request));
    const filter = await filterOf(filtersOf(auditQuery(request.query)));
    const { names } = await namesNow();
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="audit-${site}.csv"`)
      .send(Readable.from(csvOf(eventsUpwards(db, site, filter), names)));
  });
  app.get<{ Querystring: Form }>('/audit/chain', async (request, reply) => {
    const signedIn = await who(request);
    mayAudit(signedIn);
    const report = text(request.query, 'verify') === 'yes' ? await verifyEvents(db, site) : undefined;
    return show(reply, signedIn, (page) => chainPage(page, report));
  });
  tools.api('GET /api/audit/chain', () => verifyEvents(db, site));
  app.get<{ Querystring: Form }>('/audit/refused', async (request, reply) => {
    const signedIn = await who(request);
    mayAudit(signedIn);
    const { before } = placeOf(auditQuery(request.query));
    const lines = await refusals(db, site, eventsAtOnce + 1, before);
    const state = {
      refusals: lines.slice(0, eventsAtOnce),
      older: lines.length > eventsAtOnce,
      overrules: await overrules(db, site, eventsAtOnce),
      names: (await namesNow()).names,
    };
    return show(reply, signedIn, (page) => refusedPage(page, state));
  });
  app.get<Params<'item'>>('/audit/items/:item', async (request, reply) => {
    const signedIn = await who(request);
    mayAudit(signedIn);
    const { item } = request.params;
    const newest = itemId.safeParse(item).success ? (await newestRevisions(db, site, [item])).get(item) : undefined;
    if (!newest) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
    const { title = '', name = item } = newest.fields as { title?: string; name?: string };
    const state = {
      ...{ item, title: title || name, names: (await namesNow()).names },
      acts: await acts(db, site, { of: { item }, limit: 1000 }),
    };
    return show(reply, signedIn, (page) => itemActsPage(page, state));
  });
  app.get<Params<'account'>>('/audit/people/:account', async (request, reply) => {
    const signedIn = await who(request);
    mayAudit(signedIn);
    const { who: account } = auditQuery({ who: request.params.account });
    const { known, names } = await namesNow();
    const { before } = placeOf(auditQuery(request.query));
    const done = await acts(db, site, {
      ...{ of: { account }, limit: actsAtOnce + 1, ...(before === undefined ? {} : { before }) },
    });
    const state = {
      ...{ account, name: names.get(account) ?? account, known: known.find((one) => one.account === account) },
      ...{ acts: done.slice(0, actsAtOnce), older: done.length > actsAtOnce },
    };
    const acted = done.length > 0 || names.has(account);
    if (!acted && (await eventLog(db, site, { account, limit: 1 })).events.length === 0)
      throw new ChengmenError('not-found', { what: '账号 (account)', id: request.params.account });
    return show(reply, signedIn, (page) => personActsPage(page, state));
  });
}

function placeOf({ before, after }: AuditQuery): { readonly before?: number; readonly after?: number } {
  return { ...(before === '' ? {} : { before: Number(before) }), ...(after === '' ? {} : { after: Number(after) }) };
}

/** An item by its id, one of its revisions' or an address it has or had on the portal. */
async function itemOfWords(db: Ledger['db'], site: SiteId, words: string): Promise<ItemId> {
  if (words === '') return '';
  const plain = words.replace(/\.\d+$/, '');
  if (itemId.safeParse(plain).success) return plain;
  const base = 'http://portal.invalid';
  if (!URL.canParse(words, base)) return noItem;
  const { pathname } = new URL(words, base);
  return (await itemsAt(db, site, [pathname])).get(pathname) ?? noItem;
}

/** All of them, the oldest first. */
async function* eventsUpwards(
  db: Ledger['db'],
  site: SiteId,
  filter: EventFilter,
): AsyncGenerator<readonly LoggedEvent[]> {
  for (let after = 0, newer = true; newer;) {
    const page = await eventLog(db, site, { ...filter, after, limit: rowsAtOnce });
    yield page.events.toReversed();
    newer = page.newer;
    after = page.events[0]?.seq ?? after;
  }
}

async function* csvOf(pages: AsyncIterable<readonly LoggedEvent[]>, names: Names): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['序号', '时间', '谁', '账号', '做了什么', '命令', '说明', '条目', '标题', '内容', '哈希'])}`;
  for await (const page of pages)
    yield page
      .map((event) => {
        const { seq, account, command, item, title, payload, hash } = event;
        const who = [names.get(account) ?? '', account];
        return csvLine([
          ...[
            seq,
            event.at,
            ...who,
            actName(command),
            command,
            detailOf(event),
            item ?? '',
            title ?? '',
            payload,
            hash,
          ],
        ]);
      })
      .join('');
}
