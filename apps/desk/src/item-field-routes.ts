import type { LiveChannel } from '@chengmen/content';
import { channelOverview } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import {
  ChengmenError,
  may,
  writePermission,
  type Actor,
  type ItemId,
  type Kind,
  type FieldsOf,
} from '@chengmen/model';
import { commentsOn, itemHistory, itemState, titleIn, type Revision } from '@chengmen/revision';
import type { SignedIn } from '@chengmen/identity';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { text, type Choice, type DeskTools, type Params } from './desk-forms.ts';
import { itemSections, type ItemSection } from './item-sections.ts';
import { canCrop } from './pages/media.ts';
import { openRemarks } from './pages/remarks.ts';
import { channelChoices, sectionForms, type OpenSection, type SectionTools } from './section-forms.ts';

export interface ItemFieldRoutes extends Pick<DeskTools, 'who' | 'post' | 'need'>, SectionTools {
  readonly today: () => string;
  readonly channels: () => Promise<readonly LiveChannel[]>;
  /** The channels in which this person may write. */
  readonly writable: (actor: Actor) => Promise<readonly Choice[]>;
  readonly noteOpening: (signedIn: SignedIn, request: FastifyRequest, opened: Revision) => Promise<void>;
}

/** Pictures, files and channels, each edited by fields, a part at a time. */
export function itemFieldRoutes(app: FastifyInstance, tools: ItemFieldRoutes): void {
  const { ledger, site, who, post, need } = tools;
  const { db } = ledger;

  const languages = async (): Promise<{ readonly tag: string; readonly name: string }[]> => {
    const { channels } = await channelOverview(db, site, tools.today());
    return channels.flatMap(({ fields: { edition } }) =>
      edition ? [{ tag: edition.language, name: edition.languageName }] : [],
    );
  };
  /** `wanted`: the revision that is gone on from; the newest without one. */
  const open = async (
    { actor }: SignedIn,
    { item, part, wanted }: { readonly item: ItemId; readonly part: string; readonly wanted: string },
  ): Promise<{ readonly from: Revision; readonly opened: OpenSection }> => {
    const history = await itemHistory(db, site, item);
    const from = history.find(({ revision }) => revision === wanted) ?? history[0];
    if (!from) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
    need(actor, writePermission(from.kind));
    const live = (await itemState(db, site, item))?.state === 'live';
    const parts = itemSections(from, { languages: from.kind === 'media' ? await languages() : [], live });
    const section = Object.hasOwn(parts, part) ? parts[part] : undefined;
    if (!section) throw new ChengmenError('not-found', { what: '表单 (form)', id: part });
    const remarks = openRemarks(await commentsOn(db, site, item), item);
    const opened: OpenSection = {
      ...{ item, kind: from.kind, section, values: section.values, with: section.with },
      ...{ base: history[0]?.revision ?? '', from: from.revision },
      action: `/items/${item}/fields/${part}`,
      title: `${section.zh}：${titleIn(from.fields, item)}`,
      about: html`${waysOf(from, { parts, part, live })}${remarks}`,
      channels: from.kind === 'media' ? await ownersFor(actor) : channelChoices(await tools.channels()),
      submitted: '已送审。',
    };
    return { from, opened };
  };
  const ownersFor = async (actor: Actor): Promise<readonly Choice[]> =>
    may(actor, 'item.write') ? channelChoices(await tools.channels()) : tools.writable(actor);
  const forms = sectionForms(tools);

  app.get<Params<'item' | 'part'>>('/items/:item/fields/:part', async (request, reply) => {
    const signedIn = await who(request);
    const { item, part } = request.params;
    const { from, opened } = await open(signedIn, { item, part, wanted: text(request.query, 'revision') });
    await tools.noteOpening(signedIn, request, from);
    return forms.show(reply, signedIn, opened);
  });
  app.post<Params<'item' | 'part'>>('/items/:item/fields/:part', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { item, part } = request.params;
      const { opened } = await open(signedIn, { item, part, wanted: text(form, 'from') });
      return forms.take(reply, signedIn, opened, form);
    }),
  );
}

/** Where else something of the same item is changed. */
function waysOf(
  { kind, item, revision, fields }: Pick<Revision, 'kind' | 'item' | 'revision' | 'fields'>,
  {
    parts,
    part,
    live,
  }: { readonly parts: Readonly<Record<string, ItemSection>>; readonly part: string; readonly live: boolean },
): SafeHtml {
  const own = Object.entries(parts).map(([name, { zh, en }]) =>
    name === part
      ? html`<b aria-current="page">${zh} <span lang="en">${en}</span></b
          >　 `
      : html`<a href="/items/${item}/fields/${name}?revision=${revision}">${zh} <span lang="en">${en}</span></a
          >　 `,
  );
  return html`<p class="facts">${parts[part]?.about ?? ''}</p>
    <p class="facts">
      ${own.length > 1 && own}<a href="/items/${item}">修订与审核记录</a
      >　${elsewhere(kind, { item, live, crops: kind === 'media' && canCrop(fields as FieldsOf<'media'>) })}
    </p>`;
}

function elsewhere(
  kind: Kind,
  { item, live, crops }: { readonly item: ItemId; readonly live: boolean; readonly crops: boolean },
): SafeHtml {
  if (kind === 'channel')
    return html`<a href="/pages/${item}">版面</a
      >${live && html` 　<a href="/channels/${item}">移动、改地址、并入、撤销</a>`}`;
  return html`<a href="/media/${item}/replace">换文件</a
    >${crops && html` 　<a href="/media/${item}/crop">裁剪、焦点</a>`}`;
}
