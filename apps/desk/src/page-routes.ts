import { channelOverview, itemList, liveItemsOf, mediaList, type LiveChannel } from '@chengmen/content';
import type { SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import {
  blockKindNames,
  blockKinds,
  blockReferences,
  ChengmenError,
  explainError,
  homePageItem,
  isDocument,
  newItemId,
  writePermission,
  type Actor,
  type Block,
  type BlockKind,
  type FieldsOf,
  type ItemId,
  type SiteId,
} from '@chengmen/model';
import { itemHistory, newestRevisions, titleIn, type Revisions } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { blockForms, blockIn, type TypedBlock } from './block-forms.ts';
import { problemOf, text, type DeskTools, type Form, type Params, type Problem } from './desk-forms.ts';
import { wordForms } from './item-query.ts';
import { acted, pageFormOf, readPageForm, type PageForm } from './page-form.ts';
import { unsentNotice, type UnsentFile } from './pages/editor.ts';
import { pageEditor } from './pages/page-editor.ts';
import { pageList } from './pages/page-list.ts';
import type { Choices } from './pages/typed-form.ts';
import { rowsOf, typedOf, valuesIn, type TypedField } from './typed-form.ts';

export interface PageRoutes extends Pick<DeskTools, 'who' | 'post' | 'show' | 'allowScript' | 'need' | 'back'> {
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  readonly site: SiteId;
  /** Sends the actor's own drafts of pictures that a text names to review; answers which could not go. */
  readonly submitMedia: (actor: Actor, fields: string) => Promise<readonly UnsentFile[]>;
  readonly today: () => string;
  readonly channels: () => Promise<readonly LiveChannel[]>;
}

type Fields = Readonly<Record<string, unknown>>;

/** A page that is put together from blocks: where they stand in its fields, and what else is asked for. */
interface PageOf {
  readonly item: ItemId;
  readonly kind: 'home' | 'channel' | 'topic';
  readonly title: string;
  readonly base: string;
  readonly fields: Fields;
  readonly blocks: readonly Block[];
  readonly head: readonly TypedField[];
  readonly allowed: readonly BlockKind[];
  /** The fields with other blocks. */
  readonly with: (blocks: readonly unknown[], head: Record<string, unknown>) => Fields;
}

const anywhere = (Object.keys(blockKinds) as BlockKind[]).filter((kind) => kind !== 'list');

const heads: Readonly<Record<PageOf['kind'], readonly TypedField[]>> = {
  home: [{ name: 'words', zh: '常搜词（检索框下面，用、隔开，最多 8 个）', as: 'words' }],
  channel: [],
  topic: [
    { name: 'title', zh: '标题', as: 'line', required: true },
    { name: 'channel', zh: '所在栏目', as: 'channel', required: true },
    { name: 'date', zh: '发布时间（年-月-日 时:分）', as: 'minute', required: true },
    { name: 'source', zh: '来源', as: 'line', required: true },
    { name: 'summary', zh: '摘要', as: 'text' },
    { name: 'image', zh: '题图', as: 'picture' },
  ],
};

/** Home page, channels' pages and topics, each edited as a list of blocks; what is asked here is a revision of theirs. */
export function pageRoutes(app: FastifyInstance, tools: PageRoutes): void {
  const { ledger, revisions, site, who, post, show, need, back } = tools;
  const { db } = ledger;

  const reader = async (request: FastifyRequest): Promise<SignedIn> => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    return signedIn;
  };
  const settings = async (): Promise<FieldsOf<'site'>> => {
    const [live] = await liveItemsOf(db, site, ['site']);
    if (!live) throw new ChengmenError('not-found', { what: '网站信息 (site settings)', id: 'site' });
    return live.fields as FieldsOf<'site'>;
  };
  const pageOf = async (item: ItemId): Promise<PageOf> => {
    const [newest] = await itemHistory(db, site, item);
    if (!newest && item === homePageItem) return homePage({ base: '', fields: firstHome((await settings()).home) });
    if (!newest) throw new ChengmenError('not-found', { what: '版面 (page of blocks)', id: item });
    const stands = { item, base: newest.revision, fields: newest.fields as Fields };
    if (newest.kind === 'home') return homePage(stands);
    if (newest.kind === 'topic') return topicPage(stands);
    if (newest.kind === 'channel') return channelPage(stands);
    throw new ChengmenError('not-found', { what: '版面 (page of blocks)', id: item });
  };
  const newTopic = (item: ItemId): PageOf =>
    topicPage({ item, base: '', fields: { date: `${tools.today()} 09:00`, body: '', blocks: [] } });

  const choicesFor = async (form: PageForm, found?: Choices['found']): Promise<Choices> => {
    const named = [...new Set(form.blocks.flatMap(itemsNamed))];
    const [channels, datasets, pictures, titles] = await Promise.all([
      tools.channels(),
      itemList(db, site, { kind: 'dataset', limit: 200, order: 'title' }),
      mediaList(db, site, { what: 'picture', limit: 200 }),
      newestRevisions(db, site, named),
    ]);
    const titleOf = new Map([...titles].map(([id, { fields }]) => [id, titleIn(fields, id)]));
    const known = new Set(pictures.media.map(({ item }) => item));
    const others = [...titles.values()].filter(({ kind, item }) => kind === 'media' && !known.has(item));
    return {
      channels: channels.map(({ id, name, depth }) => ({ id, name: `${'　'.repeat(depth)}${name}` })),
      datasets: datasets.items.map(({ item, title }) => ({ id: item, name: title })),
      pictures: [
        ...others.map(({ item, fields }) => ({ id: item, name: titleIn(fields, item) })),
        ...pictures.media.map(({ item, fields, state }) => ({
          id: item,
          name: `${fields.title}${state === 'live' ? '' : '（未上线）'}`,
        })),
      ],
      captions: [],
      titles: new Map([...channels.map(({ id, name }) => [id, name] as const), ...titleOf]),
      found,
    };
  };
  const found = async (form: Form, [key = '', field = '']: readonly string[]): Promise<Choices['found']> => {
    const words = text(form, `${key}.${field}.find`).trim();
    const [byId] = words === '' ? [] : [...(await newestRevisions(db, site, [words])).values()];
    const { items } = words === '' ? { items: [] } : await itemList(db, site, { words: wordForms(words), limit: 30 });
    const all = [
      ...(byId && isDocument(byId.kind) ? [{ id: byId.item, name: titleIn(byId.fields, byId.item) }] : []),
      ...items.filter(({ kind }) => isDocument(kind)).map(({ item, title }) => ({ id: item, name: title })),
    ];
    return { key, field, words, items: all.slice(0, 10) };
  };

  const showEditor = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    {
      page,
      form,
      base = page.base,
      open = '',
      problem,
      found: hits,
      status,
    }: {
      readonly page: PageOf;
      readonly form: PageForm;
      readonly base?: string;
      readonly open?: string;
      readonly problem?: Problem | undefined;
      readonly found?: Choices['found'];
      readonly status?: number;
    },
  ): Promise<FastifyReply> => {
    const choices = await choicesFor(form, hits);
    const nonce = tools.allowScript(reply);
    const { item, kind, title, head, allowed } = page;
    const state = { item, kind, title, base, form, head, allowed, choices, open, problem, nonce };
    return show(reply, signedIn, (shown) => pageEditor(shown, state), status);
  };

  app.get<Params<never>>('/pages', async (request, reply) => {
    const signedIn = await reader(request);
    const { channels } = await channelOverview(db, site, tools.today());
    const { items: topics } = await itemList(db, site, { kind: 'topic', limit: 50 });
    const { items: homes } = await itemList(db, site, { kind: 'home', limit: 1 });
    return show(reply, signedIn, (page) => pageList(page, { channels, topics, home: homes[0] }));
  });
  app.get<Params<never>>('/pages/new', async (request, reply) => {
    const signedIn = await reader(request);
    need(signedIn.actor, 'item.write');
    const page = newTopic(newItemId());
    const topics = (await channelOverview(db, site, tools.today())).channels.find(
      ({ fields }) => fields.layout === 'topics',
    );
    const form = pageFormOf(typedOf(page.head, { ...page.fields, channel: topics?.id }), []);
    return showEditor(reply, signedIn, { page, form });
  });
  app.get<Params<'item'>>('/pages/:item', async (request, reply) => {
    const signedIn = await reader(request);
    const page = await pageOf(request.params.item);
    need(signedIn.actor, writePermission(page.kind));
    return showEditor(reply, signedIn, { page, form: pageFormOf(typedOf(page.head, page.fields), page.blocks) });
  });

  /** A revision of the page as it was typed. Throws what the commands refuse. */
  const save = async (
    { actor }: SignedIn,
    page: PageOf,
    { form, base, submit }: { readonly form: PageForm; readonly base: string; readonly submit: boolean },
  ): Promise<{ revision: string; unsent: readonly UnsentFile[] }> => {
    const fields = page.with(form.blocks.map(blockIn), valuesIn(page.head, form.head));
    const input = { item: page.item, kind: page.kind, fields, base: base === '' ? null : base };
    const { revision, hash } = await ledger.execute(revisions.saveDraft, actor, input);
    if (!submit) return { revision, unsent: [] };
    await ledger.execute(revisions.submitRevision, actor, { revision, hash });
    return { revision, unsent: await tools.submitMedia(actor, picturesNamed(fields)) };
  };
  app.post<Params<'item'>>('/pages/:item', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { item } = request.params;
      const known = await pageOf(item).catch((error: unknown) => {
        if (text(form, 'kind') === 'topic' && text(form, 'base') === '') return newTopic(item);
        throw error;
      });
      need(signedIn.actor, writePermission(known.kind));
      const typed = readPageForm(form, known.head);
      const base = text(form, 'base');
      const action = text(form, 'action');
      const after = acted(typed, action, { add: text(form, 'new-block'), allowed: known.allowed });
      if (after) return showEditor(reply, signedIn, { page: known, form: after.page, base, open: after.at });
      if (action.startsWith('find:')) {
        const [, ...where] = action.split(':');
        const hits = await found(form, where);
        return showEditor(reply, signedIn, { page: known, form: typed, base, open: where[0] ?? '', found: hits });
      }
      if (!['save', 'submit', 'preview'].includes(action))
        return showEditor(reply, signedIn, { page: known, form: typed, base });
      const wrong = firstProblem(typed);
      if (wrong) return showEditor(reply, signedIn, { page: known, form: typed, base, ...wrong, status: 400 });
      try {
        const { revision, unsent } = await save(signedIn, known, { form: typed, base, submit: action === 'submit' });
        if (action === 'preview') return await reply.redirect(`/preview/${revision}`, 303);
        return await back(
          reply,
          signedIn,
          `/items/${item}`,
          `${action === 'submit' ? '已送审，终审后上线。' : '已保存。'}${unsentNotice(unsent)}`,
        );
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        const told = explainError(error);
        // Seen and read, a newer revision may be built on: the form comes back standing on it.
        const newest = error.code === 'changed-meanwhile' ? String(error.parameters['newest']) : base;
        return showEditor(reply, signedIn, {
          page: known,
          form: typed,
          base: newest,
          problem: problemOf(told),
          status: told.status,
        });
      }
    }),
  );
}

function homePage({ base, fields }: Pick<PageOf, 'base' | 'fields'>): PageOf {
  const { blocks } = fields as FieldsOf<'home'>;
  return {
    ...{ item: homePageItem, kind: 'home', title: '首页', base, fields, blocks, head: heads.home, allowed: anywhere },
    with: (next, head) => ({ ...head, blocks: next }),
  };
}

/** As the settings show it, the news first where they do not say so. */
function firstHome({ focus: _, ...home }: FieldsOf<'site'>['home']): Fields {
  const says = home.blocks.some((block) => 'show' in block && block.show === 'focus');
  return says ? home : { ...home, blocks: [{ show: 'focus' }, ...home.blocks] };
}

function topicPage({ item, base, fields }: Pick<PageOf, 'item' | 'base' | 'fields'>): PageOf {
  const { title = '新专题', blocks = [] } = fields as Partial<FieldsOf<'topic'>>;
  const kept = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !heads.topic.some((one) => one.name === name)),
  );
  return {
    ...{ item, kind: 'topic', title, base, fields, blocks, head: heads.topic, allowed: anywhere },
    with: (next, head) => ({ ...kept, ...head, blocks: next }),
  };
}

const onlyList: readonly Block[] = [{ show: 'list' }];

/** The page of a channel; of an edition in another language its home page. */
function channelPage({ item, base, fields: all }: Pick<PageOf, 'item' | 'base' | 'fields'>): PageOf {
  const { blocks, ...fields } = all as FieldsOf<'channel'>;
  const stands = { item, kind: 'channel', title: fields.name, base, fields: all, head: heads.channel } as const;
  const { edition } = fields;
  if (edition)
    return {
      ...{ ...stands, blocks: edition.home.blocks, allowed: anywhere },
      with: (next) => ({ ...all, edition: { ...edition, home: { ...edition.home, blocks: next } } }),
    };
  return {
    ...{ ...stands, blocks: blocks ?? onlyList, allowed: ['list', ...anywhere] },
    // The template alone is what a channel without blocks shows.
    with: (next) =>
      JSON.stringify(next) === JSON.stringify(onlyList) || next.length === 0 ? fields : { ...fields, blocks: next },
  };
}

/** As a text names them: one's own that are drafts go to the reviewers with the page. */
const picturesNamed = (fields: Fields): string =>
  [...JSON.stringify(fields).matchAll(/"(?:picture|image)":"([a-z0-9-]+)"/g)]
    .map(([, item]) => `media:${item}`)
    .join(' ');

/** Items a block names, for their titles, pictures among them. */
function itemsNamed({ show, typed }: TypedBlock): string[] {
  const read = blockKinds[show].safeParse(blockIn({ key: '', show, typed }));
  if (read.success) return blockReferences(read.data).map(({ item }) => item);
  return blockForms[show].fields.flatMap((field) =>
    field.as === 'rows'
      ? rowsOf(typed, field.name)
          .flatMap((row) => Object.values(row.typed))
          .filter((one) => /^[a-z0-9][a-z0-9-]{0,63}$/.test(one))
      : [],
  );
}

/** What is wrong with the first block that is not one, in words of its form. */
function firstProblem({ blocks }: PageForm): { readonly open: string; readonly problem: Problem } | undefined {
  for (const [at, block] of blocks.entries()) {
    const read = blockKinds[block.show].safeParse(blockIn(block));
    const issue = read.success ? undefined : read.error.issues[0];
    if (!issue) continue;
    const [name, row, part] = issue.path.map(String);
    const field = blockForms[block.show].fields.find((one) => one.name === name);
    const within = field?.as === 'rows' ? field.parts.find((one) => one.name === part)?.zh : undefined;
    const place = [
      field?.zh.replace(/（.*）$/, '') ?? '',
      row === undefined ? '' : `第 ${Number(row) + 1} 行`,
      within ?? '',
    ]
      .filter(Boolean)
      .join(' ');
    const missing = issue.code === 'invalid_type' || issue.code === 'too_small';
    const zh = missing ? '没有填或太少' : issue.code === 'custom' ? issue.message : '不合要求';
    return {
      open: block.key,
      problem: {
        zh: `第 ${at + 1} 块（${blockKindNames[block.show].zh}）的“${place}”${zh}。`,
        en: `Block ${at + 1} (${blockKindNames[block.show].en}): ${issue.path.join('.')}: ${issue.message}.`,
      },
    };
  }
  return undefined;
}
