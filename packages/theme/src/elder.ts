import { html, type SafeHtml } from '@chengmen/html';
import type { ItemCard, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { elderChannels, elderPath, elderRoot, hasElderForm, isElderChannel, isElderItem } from './elder-places.ts';
import { columnLabels, framed } from './frame.ts';
import { articleLabels, dateline, descriptionOf } from './pages/document.ts';
import { gonePage } from './pages/gone.ts';
import { redirects } from './pages/redirect.ts';
import { serviceBody } from './pages/service.ts';
import { archivedNotice } from './parts/archived.ts';
import { attachmentsPart } from './parts/attachments.ts';
import { bodyOf } from './parts/body.ts';
import { phone } from './parts/footer.ts';
import { gapped } from './parts/gap.ts';
import { promised } from './parts/kind-cards.ts';
import { mendingNotice } from './parts/mending.ts';
import { picture } from './parts/picture.ts';
import { day } from './parts/rows.ts';
import { searchForm } from './parts/search-form.ts';
import { channelChain, isA, pictureOf, type ChannelStep } from './read.ts';
import { type Words, wordsOf } from './words.ts';

/** On each list: few choices, and where there is more. */
const shown = { ways: 6, home: 5, channel: 20, services: 60 } as const;

type Elder = LiveItem<'article'> | LiveItem<'service'>;

/** 长者版 of what a target gives, from the same reads: large, plain, nothing beside the text, nothing that opens by itself. */
export function elderOutputs(source: Source, target: 'home' | LiveItem): readonly Output[] {
  const site = source.site().fields;
  if (!site.elder) return [];
  if (target === 'home') return [elderHome(source)];
  const { path } = target;
  if (path === null) return [];
  if (isA(target, 'channel')) return isElderChannel(site, target.id) ? channelOutputs(source, target, path) : [];
  if (!isElderItem(site, target)) return [];
  return itemOutputs(source, target as Elder, path);
}

function elderHome(source: Source): Output {
  const t = wordsOf(source);
  const site = source.site().fields;
  const channels = elderChannels(source).slice(0, shown.ways);
  const main = html`<div class="wrap">
    <h1>${site.shortName}长者版</h1>
    ${searchForm(t, 'find')}
    <ul class="elder-ways">
      ${channels.map(({ path, fields }) => html`<li><a href="${elderPath(path)}">${fields.name}</a></li> `)}
      ${site.counter !== undefined && html`<li><a href="${site.counter}/letters/new">我要写信</a></li>`}
    </ul>
    <p class="elder-call">不想用网？打电话：<b>${phone(site)}</b></p>
    ${channels.map((channel) => newestOf(source, channel))}
  </div>`;
  return page(source, {
    path: '/',
    title: `${site.shortName}长者版`,
    main,
    description: `${site.name}：大字、简单、好找。`,
  });
}

function newestOf(source: Source, { id, path, fields }: ChannelStep): SafeHtml | undefined {
  const cards = source.newest(id, shown.home);
  if (cards.length === 0) return undefined;
  return html`<section class="part">
    <h2>${fields.name}</h2>
    ${list(source, cards)}
    <p class="elder-back"><a class="button button-quiet" href="${elderPath(path)}">更多${fields.name}</a></p>
  </section>`;
}

function list(source: Source, cards: readonly ItemCard[]): SafeHtml {
  const t = wordsOf(source);
  return html`<ul class="elder-list">
    ${cards.map((card) => html`<li><a href="${placeOf(source, card)}">${gapped(card.title)}${fact(t, card)}</a></li> `)}
  </ul>`;
}

/** What decides whether to open it: of a guide how long it takes, of news the day. */
function fact(t: Words, { date, facts: { promisedDays } }: ItemCard): SafeHtml {
  return typeof promisedDays === 'number' ? html`<span>${promised(t, promisedDays)}</span>` : day(t, date);
}

/** To the plain form of a page where it has one, else to the page. */
function placeOf(source: Source, { kind, channel, path }: Pick<ItemCard, 'kind' | 'channel' | 'path'>): PagePath {
  return hasElderForm(source.site().fields, kind, channel) ? elderPath(path) : path;
}

function channelOutputs(source: Source, channel: LiveItem<'channel'>, path: PagePath): readonly Output[] {
  const former = redirects(source, channel.formerPaths.map(elderPath), elderPath(path));
  if (channel.state === 'withdrawn') return [...gonePage(source, channel, elderPath(path)), ...former];
  const { fields, id } = channel;
  const cards = source.newest(id, fields.layout === 'services' ? shown.services : shown.channel);
  const main = html`<div class="wrap">
    <h1>${fields.name}</h1>
    <p class="lede">${fields.description}</p>
    ${cards.length === 0 ? html`<p class="empty">本栏目的内容正在准备中。</p>` : list(source, cards)}
    ${back([['全部内容（标准版）', path]])}
  </div>`;
  const labels = columnLabels({ id, path, fields }, true);
  return [page(source, { path, title: fields.name, main, labels }), ...former];
}

function itemOutputs(source: Source, item: Elder, path: PagePath): readonly Output[] {
  const t = wordsOf(source);
  const former = redirects(source, item.formerPaths.map(elderPath), elderPath(path));
  if (item.state === 'withdrawn') return [...gonePage(source, item, elderPath(path)), ...former];
  const { fields } = item;
  const column = channelChain(source, fields.channel).at(-1);
  const lead = pictureOf(source, fields.image);
  const main = html`<div class="wrap">
    <article data-kind="${item.kind}">
      <h1>${gapped(fields.title)}</h1>
      <p class="meta">${dateline(t, { ...item, editions: [] })}</p>
      ${archivedNotice(t, fields.archived)} ${fields.mending && mendingNotice(t, fields.mending, path)}
      ${lead && html`<figure class="lead">${picture(lead, { alt: lead.alt, sizes: 'lead', first: true })}</figure>`}
      ${isA(item, 'service') ? serviceBody(source, item.fields) : html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
      ${attachmentsPart(fields, source)}
    </article>
    ${back(column ? [[`更多${column.fields.name}`, elderPath(column.path)]] : [])}
  </div>`;
  const labels = articleLabels(source, item, path, lead);
  return [page(source, { path, title: fields.title, main, labels, description: descriptionOf(item) }), ...former];
}

function back(ways: readonly (readonly [name: string, path: PagePath])[]): SafeHtml {
  return html`<p class="elder-back">
    ${ways.map(([name, path]) => html`<a class="button" href="${path}">${name}</a> `)}
    <a class="button button-quiet" href="${elderRoot}/">长者版首页</a>
    <a class="button button-quiet" href="#main">回到页首</a>
  </p>`;
}

/** `path` is that of the standard page, which engines are led to. */
function page(source: Source, { path, ...rest }: Omit<Parameters<typeof framed>[1], 'trail' | 'standard'>): Output {
  return framed(source, { ...rest, path: elderPath(path), standard: path, trail: [] });
}
