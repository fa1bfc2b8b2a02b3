import { channelOverview, itemList, itemsAt, type LiveChannel } from '@chengmen/content';
import { html } from '@chengmen/html';
import type { SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import {
  ChengmenError,
  explainError,
  newItemId,
  type Actor,
  type FieldsOf,
  type ItemId,
  type Permission,
  type SiteId,
} from '@chengmen/model';
import { itemHistory, newestRevisions, titleIn, type Revisions } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, text, typedIn, type DeskTools, type Form, type Params, type Problem } from './desk-forms.ts';
import { redirectPage, redirectsPage, type ListedRedirect } from './pages/redirects.ts';
import { settingsPage, swatches } from './pages/settings.ts';
import { channelChoices, handIn, sectionForms, type OpenSection } from './section-forms.ts';
import { firstSettings, sections, type SettingsSection } from './settings-sections.ts';

export interface SettingsRoutes extends Pick<DeskTools, 'who' | 'post' | 'show' | 'allowScript' | 'need' | 'back'> {
  /** Throws `permission-denied` for whoever may not for the whole site. */
  readonly needWhole: (actor: Actor, permission: Permission) => void;
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  readonly site: SiteId;
  readonly today: () => string;
  readonly channels: () => Promise<readonly LiveChannel[]>;
}

/** What a section needs to know of the channels of the top level. */
export interface ChannelCardOf {
  readonly id: ItemId;
  readonly navigation: boolean;
}

/** The settings of the site, a part at a time, and redirects; each change is a revision that is reviewed. */
export function settingsRoutes(app: FastifyInstance, tools: SettingsRoutes): void {
  const { ledger, site, who, post, show, need, needWhole, back } = tools;
  const { db } = ledger;
  const reader = async (request: FastifyRequest): Promise<SignedIn> => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    return signedIn;
  };
  const newest = async (): Promise<{ readonly base: string; readonly fields: FieldsOf<'site'> } | undefined> => {
    const [revision] = await itemHistory(db, site, 'site');
    return revision && { base: revision.revision, fields: revision.fields as FieldsOf<'site'> };
  };
  const sectionOf = (name: string, has: boolean): SettingsSection => {
    const section = has ? (Object.hasOwn(sections, name) ? sections[name] : undefined) : firstSettings;
    if (!section) throw new ChengmenError('not-found', { what: '网站设置 (part of the settings)', id: name });
    return section;
  };
  /** A part of the settings that stand; of a site that has none yet, what it needs to have any. */
  const open = async (name: string): Promise<OpenSection> => {
    const found = await newest();
    const fields = found?.fields ?? ({} as FieldsOf<'site'>);
    const section = sectionOf(name, found !== undefined);
    const channels = await tools.channels();
    const { channels: all } = name === 'navigation' ? await channelOverview(db, site, tools.today()) : { channels: [] };
    const top = all
      .filter(({ fields: { parent, edition } }) => parent === null && !edition)
      .map(({ id, fields: { navigation } }) => ({ id, navigation }));
    return {
      ...{ item: 'site', kind: 'site', action: `/site/${name}`, section },
      ...{ base: found?.base ?? '', from: found?.base ?? '' },
      title: `网站设置：${section.zh}`,
      about: html`<p class="facts"><a href="/site">全部设置</a>　${section.about}</p>`,
      below: name === 'look' ? swatches : undefined,
      values: section.from(fields, top),
      with: (values) => section.with(fields, values),
      channels: channelChoices(channels.filter(({ depth }) => name !== 'navigation' || depth === 0)),
      submitted: '已送审，终审后整个网站都会更新。',
    };
  };
  const forms = sectionForms(tools);

  app.get<Params<never>>('/site', async (request, reply) => {
    const signedIn = await reader(request);
    const found = await newest();
    return show(reply, signedIn, (page) => settingsPage(page, found?.fields));
  });
  app.get<Params<'section'>>('/site/:section', async (request, reply) => {
    const signedIn = await reader(request);
    needWhole(signedIn.actor, 'channel.write');
    return forms.show(reply, signedIn, await open(request.params.section));
  });
  app.post<Params<'section'>>('/site/:section', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      needWhole(signedIn.actor, 'channel.write');
      return forms.take(reply, signedIn, await open(request.params.section), form);
    }),
  );

  const listed = async (after: string): Promise<{ readonly all: ListedRedirect[]; readonly next?: string }> => {
    const { items, next } = await itemList(db, site, {
      kind: 'redirect',
      limit: 100,
      ...(after === '' ? {} : { after }),
    });
    const shown = await newestRevisions(
      db,
      site,
      items.map(({ item }) => item),
    );
    const fieldsOf = (item: ItemId): FieldsOf<'redirect'> => shown.get(item)?.fields as FieldsOf<'redirect'>;
    const targets = await newestRevisions(db, site, [...new Set(items.map(({ item }) => fieldsOf(item).to))]);
    const all = items.map(({ item, state, newestState }) => {
      const fields = fieldsOf(item);
      const target = targets.get(fields.to);
      return { item, state, newestState, ...fields, title: target ? titleIn(target.fields, fields.to) : fields.to };
    });
    return { all, ...(next === undefined ? {} : { next }) };
  };
  const showRedirect = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    state: {
      readonly item: ItemId;
      readonly base: string;
      readonly typed: Readonly<Record<string, string>>;
      readonly problem?: Problem;
    },
    status?: number,
  ): Promise<FastifyReply> => show(reply, signedIn, (page) => redirectPage(page, state), status);
  app.get<Params<never>>('/redirects', async (request, reply) => {
    const signedIn = await reader(request);
    const list = await listed(text(request.query, 'after'));
    return show(reply, signedIn, (page) => redirectsPage(page, list));
  });
  app.get<Params<never>>('/redirects/new', async (request, reply) => {
    const signedIn = await reader(request);
    needWhole(signedIn.actor, 'channel.write');
    return showRedirect(reply, signedIn, { item: newItemId(), base: '', typed: {} });
  });
  app.get<Params<'item'>>('/redirects/:item', async (request, reply) => {
    const signedIn = await reader(request);
    needWhole(signedIn.actor, 'channel.write');
    const { item } = request.params;
    const [revision] = await itemHistory(db, site, item);
    if (revision?.kind !== 'redirect') throw new ChengmenError('not-found', { what: '跳转 (redirect)', id: item });
    const { from, to, note = '' } = revision.fields as FieldsOf<'redirect'>;
    return showRedirect(reply, signedIn, { item, base: revision.revision, typed: { from, to, note } });
  });
  app.post<Params<'item'>>('/redirects/:item', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { item } = request.params;
      const base = text(form, 'base');
      try {
        const fields = { ...(await redirectIn(form)) };
        await handIn(tools, signedIn, {
          item,
          kind: 'redirect',
          base,
          fields,
          submit: text(form, 'action') === 'submit',
        });
        return await back(
          reply,
          signedIn,
          `/items/${item}`,
          text(form, 'action') === 'submit' ? '已送审。' : '已保存。',
        );
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        const told = explainError(error);
        const stands = error.code === 'changed-meanwhile' ? String(error.parameters['newest']) : base;
        return showRedirect(
          reply,
          signedIn,
          { item, base: stands, typed: typedIn(form), problem: problemOf(told) },
          told.status,
        );
      }
    }),
  );
  /** The target may be typed as an address of this site, whole or without its host, or as the number of an item. */
  const redirectIn = async (form: Form): Promise<Record<string, string>> => {
    const { origin = '' } = (await newest())?.fields ?? {};
    const here = (typed: string): string =>
      origin !== '' && typed.startsWith(`${origin}/`) ? typed.slice(origin.length) : typed;
    const [from, to] = [here(text(form, 'from').trim()), here(text(form, 'to').trim())];
    const note = text(form, 'note').trim().normalize('NFC');
    const item = to === '/' ? 'site' : to.startsWith('/') ? (await itemsAt(db, site, [to])).get(to) : to;
    if (item === undefined)
      throw new ChengmenError('invalid-input', { where: '到', problem: `没有页面“${to}” (there is no such page)` });
    return { from, to: item, ...(note === '' ? {} : { note }) };
  };
}
