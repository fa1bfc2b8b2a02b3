import { channelOverview, itemList, itemsAt, mediaList, type LiveChannel } from '@chengmen/content';
import type { SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import {
  ChengmenError,
  explainError,
  newItemId,
  type Actor,
  type FieldsOf,
  type ItemId,
  type Kind,
  type Permission,
  type SiteId,
} from '@chengmen/model';
import { itemHistory, newestRevisions, titleIn, type Revisions } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, text, typedIn, type DeskTools, type Form, type Params, type Problem } from './desk-forms.ts';
import { redirectPage, redirectsPage, type ListedRedirect } from './pages/redirects.ts';
import { settingsPage, settingsSection } from './pages/settings.ts';
import type { Choices } from './pages/typed-form.ts';
import { sections, type Section } from './settings-sections.ts';
import { actOnRows, readTyped, typedOf, valuesIn, type RowAct, type TypedGroup } from './typed-form.ts';

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

/** What the names of the fields of a section begin with. */
export const settingsPrefix = 's';

/** The settings of the site, a part at a time, and redirects; each change is a revision that is reviewed. */
export function settingsRoutes(app: FastifyInstance, tools: SettingsRoutes): void {
  const { ledger, revisions, site, who, post, show, need, needWhole, back } = tools;
  const { db } = ledger;
  const reader = async (request: FastifyRequest): Promise<SignedIn> => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    return signedIn;
  };
  const newest = async (): Promise<{ readonly base: string; readonly fields: FieldsOf<'site'> }> => {
    const [revision] = await itemHistory(db, site, 'site');
    if (!revision) throw new ChengmenError('not-found', { what: '网站信息 (site settings)', id: 'site' });
    return { base: revision.revision, fields: revision.fields as FieldsOf<'site'> };
  };
  const sectionOf = (name: string): Section => {
    const section = Object.hasOwn(sections, name) ? sections[name] : undefined;
    if (!section) throw new ChengmenError('not-found', { what: '网站设置 (part of the settings)', id: name });
    return section;
  };
  const choicesFor = async (section: string, chosen: readonly string[]): Promise<Choices> => {
    const channels = await tools.channels();
    const { media } = await mediaList(db, site, { what: 'picture', limit: 200 });
    const others = await newestRevisions(
      db,
      site,
      chosen.filter((id) => !media.some(({ item }) => item === id)),
    );
    return {
      channels: channels
        .filter(({ depth }) => section !== 'navigation' || depth === 0)
        .map(({ id, name, depth }) => ({ id, name: `${'　'.repeat(depth)}${name}` })),
      datasets: [],
      pictures: [
        ...[...others.values()].map(({ item, fields }) => ({ id: item, name: titleIn(fields, item) })),
        ...media.map(({ item, fields, state }) => ({
          id: item,
          name: `${fields.title}${state === 'live' ? '' : '（未上线）'}`,
        })),
      ],
      titles: new Map(),
    };
  };
  const showSection = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    {
      name,
      typed,
      base,
      problem,
      status,
    }: {
      readonly name: string;
      readonly typed: TypedGroup;
      readonly base: string;
      readonly problem?: Problem;
      readonly status?: number;
    },
  ): Promise<FastifyReply> => {
    const logo = typeof typed['logo'] === 'string' && typed['logo'] !== '' ? [typed['logo']] : [];
    const choices = await choicesFor(name, logo);
    const nonce = tools.allowScript(reply);
    const state = { name, section: sectionOf(name), typed, base, choices, nonce, problem };
    return show(reply, signedIn, (page) => settingsSection(page, state), status);
  };

  app.get<Params<never>>('/site', async (request, reply) => {
    const signedIn = await reader(request);
    const { fields } = await newest();
    return show(reply, signedIn, (page) => settingsPage(page, fields));
  });
  app.get<Params<'section'>>('/site/:section', async (request, reply) => {
    const signedIn = await reader(request);
    const name = request.params.section;
    const section = sectionOf(name);
    needWhole(signedIn.actor, 'channel.write');
    const { base, fields } = await newest();
    const { channels } = await channelOverview(db, site, tools.today());
    const top = channels
      .filter(({ fields: { parent, edition } }) => parent === null && !edition)
      .map(({ id, fields: { navigation } }) => ({ id, navigation }));
    return showSection(reply, signedIn, { name, base, typed: typedOf(section.fields, section.from(fields, top)) });
  });
  app.post<Params<'section'>>('/site/:section', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const name = request.params.section;
      const section = sectionOf(name);
      needWhole(signedIn.actor, 'channel.write');
      const typed = readTyped(form, settingsPrefix, section.fields);
      const base = text(form, 'base');
      const action = text(form, 'action');
      const asked = rowAct(action);
      if (asked && section.fields.some((field) => field.as === 'rows' && field.name === asked.field))
        return showSection(reply, signedIn, { name, base, typed: actOnRows(typed, asked) });
      if (!['save', 'submit', 'preview'].includes(action)) return showSection(reply, signedIn, { name, base, typed });
      try {
        const { fields } = await newest();
        const revision = await handIn(signedIn, {
          ...{ item: 'site', kind: 'site', base, submit: action === 'submit' },
          fields: section.with(fields, valuesIn(section.fields, typed)),
        });
        if (action === 'preview') return await reply.redirect(`/preview/${revision}`, 303);
        return await back(
          reply,
          signedIn,
          '/items/site',
          action === 'submit' ? '已送审，终审后整个网站都会更新。' : '已保存。',
        );
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        const told = explainError(error);
        const stands = error.code === 'changed-meanwhile' ? String(error.parameters['newest']) : base;
        return showSection(reply, signedIn, {
          name,
          typed,
          base: stands,
          problem: problemOf(told),
          status: told.status,
        });
      }
    }),
  );

  /** A revision, handed in where it is wished. Throws what the commands refuse. */
  const handIn = async (
    { actor }: SignedIn,
    {
      submit,
      base,
      ...draft
    }: {
      readonly item: ItemId;
      readonly kind: Kind;
      readonly base: string;
      readonly fields: Record<string, unknown>;
      readonly submit: boolean;
    },
  ): Promise<string> => {
    const { revision, hash } = await ledger.execute(revisions.saveDraft, actor, {
      ...draft,
      base: base === '' ? null : base,
    });
    if (submit) await ledger.execute(revisions.submitRevision, actor, { revision, hash });
    return revision;
  };

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
        await handIn(signedIn, { item, kind: 'redirect', base, fields, submit: text(form, 'action') === 'submit' });
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
    const { fields } = await newest();
    const here = (typed: string): string =>
      typed.startsWith(`${fields.origin}/`) ? typed.slice(fields.origin.length) : typed;
    const [from, to] = [here(text(form, 'from').trim()), here(text(form, 'to').trim())];
    const note = text(form, 'note').trim().normalize('NFC');
    const item = to === '/' ? 'site' : to.startsWith('/') ? (await itemsAt(db, site, [to])).get(to) : to;
    if (item === undefined)
      throw new ChengmenError('invalid-input', { where: '到', problem: `没有页面“${to}” (there is no such page)` });
    return { from, to: item, ...(note === '' ? {} : { note }) };
  };
}

/** What a button of a row of this form asks for. */
function rowAct(action: string): RowAct | undefined {
  const [act = '', prefix = '', field = '', row = ''] = action.split(':');
  const [, way] = /^row-(up|down|remove|add)$/.exec(act) ?? [];
  return way !== undefined && prefix === settingsPrefix ? { field, row, act: way as RowAct['act'] } : undefined;
}
