import { html, type SafeHtml } from '@chengmen/html';
import type { ChannelCard, FieldsOf, ItemCard, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { isElderChannel } from '../elder-places.ts';
import { columnLabels, framed } from '../frame.ts';
import {
  byLifeEvent,
  datasetCards,
  departmentCards,
  eventAnchor,
  letterCards,
  peopleCards,
  projectCards,
  serviceList,
} from '../parts/kind-cards.ts';
import { lines, pictureCards, rows, topicCards } from '../parts/rows.ts';
import { channelChain, type ChannelStep } from '../read.ts';
import { trailOf } from '../trail.ts';
import { feedForms, feedPath, feeds } from './feed.ts';
import { gonePage } from './gone.ts';
import { redirects } from './redirect.ts';

export type Layout = FieldsOf<'channel'>['layout'];

/** How many of the newest items a channel's own page shows; older ones stand in the archives by month. */
const newestShown = 20;
/** Services, data and projects are looked for by name, not by age: their page shows more of them at once. */
const shown: Readonly<Partial<Record<Layout, number>>> = {
  services: 200,
  datasets: 60,
  projects: 60,
  pictures: 24,
  topics: 24,
};
/** Small bounded lists, shown whole: they have an order of their own and no archive. */
const whole: ReadonlySet<Layout> = new Set(['people', 'departments']);

export function hasArchive(layout: Layout): boolean {
  return !whole.has(layout);
}

/** Everything at the addresses of a channel: its page, its feed, redirects from where it stood before. */
export function channelOutputs(source: Source, channel: LiveItem<'channel'>): readonly Output[] {
  const { path } = channel;
  if (path === null) return [];
  const former = [
    ...redirects(source, channel.formerPaths, path),
    ...feedForms.flatMap((form) =>
      redirects(
        source,
        channel.formerPaths.map((old) => feedPath(old, form)),
        feedPath(path, form),
      ),
    ),
  ];
  if (channel.state === 'withdrawn') return [...gonePage(source, channel, path), ...former];
  const newest = source.newest(channel.id, newestShown);
  const title = `${source.site().fields.name} - ${channel.fields.name}`;
  return [
    channelPage(source, channel, path),
    ...feeds(source, { page: path, title, description: channel.fields.description, cards: newest }),
    ...former,
  ];
}

function channelPage(source: Source, channel: LiveItem<'channel'>, path: PagePath): Output {
  const { fields } = channel;
  const chain = channelChain(source, channel.id);
  const self = chain.at(-1) ?? { id: channel.id, path, fields };
  const children = source.channels(channel.id);
  const archive = hasArchive(fields.layout) ? source.months(channel.id) : [];
  const main = html`<div class="wrap">
    <header class="page-head">
      <h1>${fields.name}</h1>
      <p class="lede">${fields.description}</p>
    </header>
    <div class="with-side">
      <div class="with-side-main">${content(source, channel, children)}</div>
      <aside class="with-side-side" aria-label="栏目与归档">
        ${relatives(source, self, children)} ${months(archive, path)} ${feedLinks(path)}
      </aside>
    </div>
  </div>`;
  return framed(source, {
    path,
    title: fields.name,
    main,
    trail: trailOf(chain),
    section: chain[0]?.id,
    labels: columnLabels(self, true),
    feed: path,
    elder: isElderChannel(source.site().fields, channel.id),
    data: [{ '@type': 'CollectionPage', name: fields.name, description: fields.description, inLanguage: 'zh-Hans' }],
  });
}

function content(source: Source, channel: LiveItem<'channel'>, children: readonly ChannelCard[]): SafeHtml {
  const { layout } = channel.fields;
  if (layout === 'landing') return landing(source, channel, children);
  const limit = shown[layout] ?? newestShown;
  const cards = whole.has(layout) ? source.all(channel.id) : source.newest(channel.id, limit);
  if (cards.length === 0) return empty;
  return laidOut(layout, cards, source);
}

const empty = html`<p class="empty">本栏目的内容正在准备中。</p>`;

/** Items the way their channel wants them. */
function laidOut(layout: Layout, cards: readonly ItemCard[], source: Source): SafeHtml {
  switch (layout) {
    case 'pictures':
      return pictureCards(cards, source);
    case 'services':
      return servicesByEvent(cards);
    case 'letters':
      return letterCards(cards);
    case 'datasets':
      return datasetCards(cards);
    case 'people':
      return peopleCards(cards, source);
    case 'departments':
      return departmentCards(cards);
    case 'projects':
      return projectCards(cards, source);
    case 'topics':
      return topicCards(cards, source);
    case 'list':
    case 'policies':
    case 'landing':
      return rows(cards);
  }
}

/** A few items among other things: a plain list as lines, others the way their channel wants them. */
export function inShort(layout: Layout, cards: readonly ItemCard[], source: Source): SafeHtml {
  return layout === 'list' || layout === 'landing' ? lines(cards) : laidOut(layout, cards, source);
}

function servicesByEvent(cards: readonly ItemCard[]): SafeHtml {
  const groups = [...byLifeEvent(cards)];
  return html`<nav class="events" aria-label="按事项查找">
      <ul>
        ${groups.map(
          ([event, members]) =>
            html`<li>
              <a href="${`#${encodeURIComponent(eventAnchor(event))}`}">${event}<span>${members.length} 项</span></a>
            </li> `,
        )}
      </ul>
    </nav>
    ${groups.map(
      ([event, members]) =>
        html`<section class="part" id="${eventAnchor(event)}">
          <h2>${event}</h2>
          ${serviceList(members)}
        </section>`,
    )}`;
}

/** A channel that only leads on: a few of the newest of each channel below it. */
function landing(source: Source, channel: LiveItem<'channel'>, children: readonly ChannelCard[]): SafeHtml {
  if (children.length === 0) {
    const cards = source.newest(channel.id, newestShown);
    return cards.length === 0 ? empty : rows(cards);
  }
  return html`${children.map((child) => {
    const cards = whole.has(child.layout) ? source.all(child.id) : source.newest(child.id, 5);
    return html`<section class="part">
      <div class="part-head">
        <h2><a href="${child.path}">${child.name}</a></h2>
        <a class="more" href="${child.path}">更多<span class="hidden">${child.name}</span></a>
      </div>
      ${cards.length === 0 ? empty : landingBlock(child.layout, cards, source)}
    </section>`;
  })}`;
}

function landingBlock(layout: Layout, cards: readonly ItemCard[], source: Source): SafeHtml {
  if (layout === 'services') return serviceList(cards);
  return layout === 'policies' ? lines(cards) : inShort(layout, cards, source);
}

function feedLinks(path: PagePath): SafeHtml {
  return html`<p class="feed">
    <span class="aside">订阅本栏目</span>
    ${feedForms.map((form) => html`<a class="quiet" href="${feedPath(path, form)}" translate="no">${form}</a> `)}
  </p>`;
}

/** The channels below this one, or where there are none those beside it. */
function relatives(source: Source, self: ChannelStep, children: readonly ChannelCard[]): SafeHtml | undefined {
  const { parent } = self.fields;
  const near = children.length > 0 || parent === null ? children : source.channels(parent);
  if (near.length === 0) return undefined;
  return html`<nav class="side-box" aria-label="栏目">
    <h2>栏目</h2>
    <ul class="side-links">
      ${near.map(
        ({ id, name, path }) =>
          html`<li>
            <a href="${path}" ${id === self.id && html`aria-current="page"`}>${name}</a>
          </li> `,
      )}
    </ul>
  </nav>`;
}

function months(archive: ReturnType<Source['months']>, path: PagePath): SafeHtml | undefined {
  if (archive.length === 0) return undefined;
  const years = new Map<string, typeof archive>();
  for (const entry of archive) {
    const year = entry.month.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), entry]);
  }
  return html`<section class="side-box">
    <h2>按月查看</h2>
    ${[...years].map(
      ([year, entries], index) =>
        html`<details class="fold" ${index === 0 && html`open`}>
          <summary>${year} 年</summary>
          <ul class="months">
            ${entries.map(
              ({ month, count }) =>
                html`<li>
                  <a href="${path}${month}.html">${Number(month.slice(5))} 月<span>${count} 篇</span></a>
                </li> `,
            )}
          </ul>
        </details>`,
    )}
  </section>`;
}
