import { channelOverview, liveItemsOf, type ChannelOverview, type ChannelRow } from '@chengmen/content';
import type { Account, SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, newItemId, type FieldsOf, type ItemId, type SiteId } from '@chengmen/model';
import { itemHistory, type Revision, type Revisions } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { moved, placed, siblingsIn } from './channel-places.ts';
import {
  problemIn,
  problemOf,
  several,
  text,
  typedIn,
  type DeskTools,
  type Form,
  type Params,
  type Problem,
  type Refused,
} from './desk-forms.ts';
import { channelPage, newChannelPage } from './pages/channel.ts';
import type { Removal } from './removals.ts';
import { mergePage, movePage, readdressPage, retirePage } from './pages/channel-change.ts';
import { channelsPage } from './pages/channels.ts';
import { placeBetween } from './place-between.ts';

export interface ChannelRoutes extends Pick<DeskTools, 'who' | 'post' | 'show' | 'allowScript' | 'need' | 'back'> {
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  readonly site: SiteId;
  /** What retiring one would take from where. Rejects with what would hold that back. */
  readonly removal: (item: ItemId) => Promise<Removal>;
  readonly today: () => string;
  readonly accounts: () => Promise<readonly Account[]>;
}

type Channel = FieldsOf<'channel'>;
/** One channel among all, and what a change of it goes on from. */
interface Chosen {
  readonly overview: ChannelOverview;
  readonly row: ChannelRow;
}

/** The tree of channels: what is asked here is a revision of a channel, handed in; only retiring is an act of its own. */
export function channelRoutes(app: FastifyInstance, tools: ChannelRoutes): void {
  const { ledger, revisions, site, who, post, show, need, back } = tools;
  const { db } = ledger;
  const overviewNow = (): Promise<ChannelOverview> => channelOverview(db, site, tools.today());
  const chosen = async (id: ItemId): Promise<Chosen> => {
    const overview = await overviewNow();
    const row = overview.channels.find((channel) => channel.id === id);
    if (!row) throw new ChengmenError('not-found', { what: '开通的栏目 (live channel)', id });
    return { overview, row };
  };
  const reader = async (request: FastifyRequest): Promise<SignedIn> => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    return signedIn;
  };

  const showTree = async (reply: FastifyReply, signedIn: SignedIn, light: string, problem?: Problem, status = 200) => {
    const overview = await overviewNow();
    const nonce = tools.allowScript(reply);
    return show(reply, signedIn, (page) => channelsPage(page, { overview, light, nonce, problem }), status);
  };
  const showChannel = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    id: ItemId,
    { problem, typed, status }: { problem?: Problem; typed?: Readonly<Record<string, string>>; status?: number } = {},
  ): Promise<FastifyReply> => {
    need(signedIn.actor, 'item.read-unpublished');
    const { overview, row } = await chosen(id);
    const fields = (await goesOnFrom(id)).fields;
    const accounts = await tools.accounts();
    return show(
      reply,
      signedIn,
      (page) => channelPage(page, { overview, row, values: typed ?? valuesOf(fields), accounts, problem }),
      status,
    );
  };

  /** What waits for its reviews is gone on from, so that it is not lost; else what is live. */
  const goesOnFrom = async (id: ItemId): Promise<{ readonly base: string; readonly fields: Channel }> => {
    const history = await itemHistory(db, site, id);
    const unfinished = ['draft', 'submitted', 'first-reviewed', 'second-reviewed'] as const as readonly string[];
    const newest = history[0];
    const live = history.find(({ state }) => state === 'approved');
    const from: Revision | undefined = newest && unfinished.includes(newest.state) ? newest : (live ?? newest);
    if (!newest || !from) throw new ChengmenError('not-found', { what: '栏目 (channel)', id });
    return { base: newest.revision, fields: from.fields as Channel };
  };
  /** A revision with these changes, handed in. Throws what its commands refuse. */
  const handIn = async ({ actor }: SignedIn, id: ItemId, changes: Partial<Channel>): Promise<void> => {
    const { base, fields } = await goesOnFrom(id);
    const next = definedOnly({ ...fields, ...changes });
    const { revision, hash } = await ledger.execute(revisions.saveDraft, actor, {
      ...{ item: id, kind: 'channel', fields: next, base },
    });
    await ledger.execute(revisions.submitRevision, actor, { revision, hash });
  };
  /** Work of a form; a refusal is told where the form stands. */
  const attempt = async (work: () => Promise<FastifyReply>, refused: Refused): Promise<FastifyReply> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      const told = explainError(error);
      return refused(problemOf(told), told.status);
    }
  };

  app.get<Params<never>>('/channels', async (request, reply) =>
    showTree(reply, await reader(request), text(request.query, 'light')),
  );
  app.get<Params<never>>('/channels/new', async (request, reply) => {
    const signedIn = await reader(request);
    need(signedIn.actor, 'channel.write');
    const { channels } = await overviewNow();
    const parent = text(request.query, 'parent');
    const values = { parent, layout: 'list', update: 'two-weeks' };
    return show(reply, signedIn, (page) => newChannelPage(page, { channels, values }));
  });
  app.post('/channels', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { channels } = await overviewNow();
      return attempt(
        async () => {
          const parent = text(form, 'parent') || null;
          const position = placeBetween(siblingsIn(channels, parent), undefined) ?? 1;
          const item = text(form, 'item') || newItemId();
          const fields = definedOnly({ ...settingsOf(form), parent, position });
          const draft = { item, kind: 'channel', fields, base: null };
          const { revision, hash } = await ledger.execute(revisions.saveDraft, signedIn.actor, draft);
          await ledger.execute(revisions.submitRevision, signedIn.actor, { revision, hash });
          return back(reply, signedIn, `/items/${item}`, '新栏目已送审，审定后开通。');
        },
        (problem, status) =>
          show(reply, signedIn, (page) => newChannelPage(page, { channels, values: typedIn(form), problem }), status),
      );
    }),
  );
  app.get<Params<'id'>>('/channels/:id', async (request, reply) =>
    showChannel(reply, await reader(request), request.params.id),
  );
  app.post<Params<'id'>>('/channels/:id/settings', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { id } = request.params;
      const { overview, row } = await chosen(id);
      const settings = settingsOf(form);
      if (settings.segment !== row.fields.segment && text(form, 'confirmed') === '') {
        const change = { row, typed: typedIn(form), moved: moved(overview, row), segment: settings.segment };
        return show(reply, signedIn, (page) => readdressPage(page, change));
      }
      return attempt(
        async () => {
          await handIn(signedIn, id, settings);
          return back(reply, signedIn, `/channels/${id}`, '已送审，审定后生效。');
        },
        (problem, status) => showChannel(reply, signedIn, id, { problem, typed: typedIn(form), status }),
      );
    }),
  );
  for (const [way, step] of [
    ['up', -1],
    ['down', 2],
  ] as const)
    app.post<Params<'id'>>(`/channels/:id/${way}`, (request, reply) =>
      post(request, reply, async (signedIn) => {
        const { id } = request.params;
        const { overview, row } = await chosen(id);
        return attempt(
          async () => {
            const siblings = siblingsIn(overview.channels, row.fields.parent);
            const at = siblings.findIndex((sibling) => sibling.id === id);
            if (way === 'up' ? at === 0 : at === siblings.length - 1)
              throw invalid('before', '已经在头上或末尾 (it is the first or last already)');
            await handIn(signedIn, id, { position: placed(siblings, id, siblings[at + step]?.id) });
            return back(reply, signedIn, '/channels', `“${row.fields.name}”的新次序已送审，审定后生效。`);
          },
          (problem, status) => showTree(reply, signedIn, '', problem, status),
        );
      }),
    );
  moveRoutes(app, { ...tools, chosen, reader, handIn, attempt });
  retireRoutes(app, { ...tools, chosen, reader, attempt });
  mergeRoutes(app, { ...tools, chosen, reader, handIn, attempt });
}

interface Inner {
  readonly chosen: (id: ItemId) => Promise<Chosen>;
  readonly reader: (request: FastifyRequest) => Promise<SignedIn>;
  readonly attempt: (work: () => Promise<FastifyReply>, refused: Refused) => Promise<FastifyReply>;
  readonly handIn: (signedIn: SignedIn, id: ItemId, changes: Partial<Channel>) => Promise<void>;
}

/** To another place in the tree: what it changes is shown first. */
function moveRoutes(app: FastifyInstance, tools: ChannelRoutes & Inner): void {
  const { post, show, back, chosen, reader, handIn, attempt } = tools;
  const showMove = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    { id, form, problem, status }: { id: ItemId; form: Form; problem?: Problem; status?: number },
  ): Promise<FastifyReply> => {
    const { overview, row } = await chosen(id);
    const parent = text(form, 'parent');
    const siblings = siblingsIn(overview.channels, parent || null).filter((sibling) => sibling.id !== id);
    const state = {
      row,
      overview,
      parent,
      before: text(form, 'before'),
      siblings,
      moved: moved(overview, row),
      problem,
    };
    return show(reply, signedIn, (page) => movePage(page, state), status);
  };
  app.get<Params<'id'>>('/channels/:id/move', async (request, reply) =>
    showMove(reply, await reader(request), { id: request.params.id, form: request.query }),
  );
  app.post<Params<'id'>>('/channels/:id/move', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const { id } = request.params;
      return attempt(
        async () => {
          const { overview, row } = await chosen(id);
          const parent = text(form, 'parent') || null;
          if (parent !== null && overview.channels.find((one) => one.id === parent)?.line.includes(id))
            throw invalid('parent', '栏目不能放在自己下面 (a channel cannot stand below itself)');
          const siblings = siblingsIn(overview.channels, parent);
          const position = placed(siblings, id, text(form, 'before') || undefined);
          await handIn(signedIn, id, { parent, position });
          return back(reply, signedIn, `/channels/${id}`, `“${row.fields.name}”的移动已送审，审定后生效。`);
        },
        (problem, status) => showMove(reply, signedIn, { id, form, problem, status }),
      );
    }),
  );
}

function retireRoutes(app: FastifyInstance, tools: ChannelRoutes & Omit<Inner, 'handIn'>): void {
  const { ledger, revisions, post, show, back, chosen, reader, attempt } = tools;
  const showRetire = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    { id, problem, status }: { id: ItemId; problem?: Problem; status?: number },
  ): Promise<FastifyReply> => {
    const { row } = await chosen(id);
    // Where something stands in it, that says what must be done first.
    const free = row.live === 0 && row.children === 0;
    const removal = free ? await tools.removal(id).catch(problemIn) : undefined;
    const state = { row, ...(await hangingOn(tools, id)), removal, problem };
    return show(reply, signedIn, (page) => retirePage(page, state), status);
  };
  app.get<Params<'id'>>('/channels/:id/retire', async (request, reply) =>
    showRetire(reply, await reader(request), { id: request.params.id }),
  );
  app.post<Params<'id'>>('/channels/:id/retire', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const { id } = request.params;
      return attempt(
        async () => {
          const { row } = await chosen(id);
          await ledger.execute(revisions.withdrawItem, signedIn.actor, { item: id, reason: text(form, 'reason') });
          return back(reply, signedIn, '/channels', `“${row.fields.name}”已撤销。`);
        },
        (problem, status) => showRetire(reply, signedIn, { id, problem, status }),
      );
    }),
  );
}

/** Who holds roles there and nowhere above, and whether the site's settings name it. */
async function hangingOn(
  { ledger, site, accounts }: ChannelRoutes,
  id: ItemId,
): Promise<{ readonly holders: number; readonly named: boolean }> {
  const [settings] = await liveItemsOf(ledger.db, site, ['site']);
  const holders = (await accounts()).filter(({ within }) => within.some(({ channel }) => channel === id)).length;
  return { holders, named: JSON.stringify(settings?.fields ?? {}).includes(JSON.stringify(id)) };
}

/** All that stands in a channel to another: what it changes is shown first. */
function mergeRoutes(app: FastifyInstance, tools: ChannelRoutes & Inner): void {
  const { post, show, back, chosen, reader, handIn, attempt } = tools;
  const showMerge = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    { id, into, problem, status }: { id: ItemId; into: string; problem?: Problem; status?: number },
  ): Promise<FastifyReply> => {
    const { overview, row } = await chosen(id);
    const state = { row, overview, into, ...(await hangingOn(tools, id)), problem };
    return show(reply, signedIn, (page) => mergePage(page, state), status);
  };
  app.get<Params<'id'>>('/channels/:id/merge', async (request, reply) =>
    showMerge(reply, await reader(request), { id: request.params.id, into: text(request.query, 'into') }),
  );
  app.post<Params<'id'>>('/channels/:id/merge', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const { id } = request.params;
      const into = text(form, 'into');
      return attempt(
        async () => {
          const { overview } = await chosen(id);
          const target = overview.channels.find((channel) => channel.id === into && channel.id !== id);
          if (!target) throw new ChengmenError('not-found', { what: '要并入的栏目 (channel to merge into)', id: into });
          await handIn(signedIn, id, { mergedInto: into });
          return back(reply, signedIn, `/channels/${id}`, `并入“${target.fields.name}”已送审，审定后生效。`);
        },
        (problem, status) => showMerge(reply, signedIn, { id, into, problem, status }),
      );
    }),
  );
}

/** What the form of a channel says, places apart. */
function settingsOf(form: Form): Omit<Channel, 'parent' | 'position'> {
  const value = (name: string): string => text(form, name).trim().normalize('NFC');
  return {
    name: value('name'),
    segment: value('segment'),
    type: value('type'),
    description: value('description'),
    keywords: several(value('keywords')),
    layout: value('layout') as Channel['layout'],
    navigation: value('navigation') !== '',
    ...{ update: (value('update') || undefined) as NonNullable<Channel['update']> },
    ...(value('position') === '' ? {} : { position: Number(value('position')) }),
  };
}

function valuesOf(fields: Channel): Record<string, string> {
  const { name, segment, type, description, keywords, layout, navigation, update = '', position } = fields;
  return {
    ...{ name, segment, type, description, layout, update },
    keywords: keywords.join('、'),
    navigation: navigation ? 'yes' : '',
    position: String(position),
  };
}

/** A field that is unset is none. */
function definedOnly<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

const invalid = (where: string, problem: string): ChengmenError =>
  new ChengmenError('invalid-input', { where, problem });
