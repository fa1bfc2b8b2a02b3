import { html, type SafeHtml } from '@chengmen/html';
import type { ChannelCard, ItemCard, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { chainWithin, channelVersions } from '../editions.ts';
import { isElderChannel } from '../elder-places.ts';
import { columnLabels, framed } from '../frame.ts';
import { serviceList } from '../parts/kind-cards.ts';
import { inShort, laidOut } from '../parts/layouts.ts';
import { blockRows } from '../parts/page-blocks.ts';
import { lines, rows } from '../parts/rows.ts';
import type { ChannelStep } from '../read.ts';
import { trailOf } from '../trail.ts';
import { hasArchive, type Layout } from '../whole-channels.ts';
import { feedForms, feedPath, feeds } from './feed.ts';
import { gonePage } from './gone.ts';
import { redirects } from './redirect.ts';
import { type Words, wordsOf } from '../words.ts';

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
/** Everything at the addresses of a channel: its page, its feed, redirects from where it stood before. */
export function channelOutputs(source: Source, channel: LiveItem<'channel'>): readonly Output[] {
  const { path } = channel;
  if (path === null) return [];
  const former = channelRedirects(source, channel, path);
  if (channel.state === 'withdrawn') return [...gonePage(source, channel, path), ...former];
  const newest = source.newest(channel.id, newestShown);
  const title = `${source.site().fields.name} - ${channel.fields.name}`;
  return [
    channelPage(source, channel, path),
    ...feeds(source, { page: path, title, description: channel.fields.description, cards: newest }),
    ...former,
  ];
}

/** From where a channel and its feeds stood before. */
export function channelRedirects(
  source: Source,
  { formerPaths }: LiveItem<'channel'>,
  path: PagePath,
): readonly Output[] {
  return [
    ...redirects(source, formerPaths, path),
    ...feedForms.flatMap((form) =>
      redirects(
        source,
        formerPaths.map((old) => feedPath(old, form)),
        feedPath(path, form),
      ),
    ),
  ];
}

function channelPage(source: Source, channel: LiveItem<'channel'>, path: PagePath): Output {
  const t = wordsOf(source);
  const { fields } = channel;
  const chain = chainWithin(source, channel.id);
  const self = chain.at(-1) ?? { id: channel.id, path, fields };
  const children = source.channels(channel.id);
  const archive = hasArchive(fields.layout) ? source.months(channel.id) : [];
  const main = html`<div class="wrap">
    <header class="page-head">
      <h1>${fields.name}</h1>
      <p class="lede">${fields.description}</p>
    </header>
    <div class="with-side">
      <div class="with-side-main">${shownContent(source, channel, children)}</div>
      <aside class="with-side-side" aria-label="${t('栏目与归档')}">
        ${relatives(source, self, children)} ${months(t, archive, path)} ${feedLinks(t, path)}
      </aside>
    </div>
  </div>`;
  return framed(source, {
    path,
    title: fields.name,
    main,
    trail: trailOf(t, chain),
    section: chain[0]?.id,
    labels: columnLabels(self, true),
    feed: path,
    versions: channelVersions(source, channel),
    elder: isElderChannel(source.site().fields, channel.id),
    data: [{ '@type': 'CollectionPage', name: fields.name, description: fields.description, inLanguage: t.language }],
  });
}

/** Its blocks, where it has any; among them, or alone, what stands in it. */
function shownContent(
  source: Source,
  channel: LiveItem<'channel'>,
  children: readonly ChannelCard[],
): SafeHtml | readonly SafeHtml[] {
  const list = (): SafeHtml => content(source, channel, children);
  const { blocks } = channel.fields;
  return blocks ? blockRows(source, blocks, { focus: channel.id, row: 'column', list }) : list();
}

function content(source: Source, channel: LiveItem<'channel'>, children: readonly ChannelCard[]): SafeHtml {
  const t = wordsOf(source);
  const { layout } = channel.fields;
  if (layout === 'landing') return landing(source, channel, children);
  const limit = shown[layout] ?? newestShown;
  const cards = !hasArchive(layout) ? source.all(channel.id) : source.newest(channel.id, limit);
  if (cards.length === 0) return empty(t);
  return laidOut(layout, cards, source);
}

const empty = (t: Words): SafeHtml => html`<p class="empty">${t('本栏目的内容正在准备中。')}</p>`;

/** A channel that only leads on: a few of the newest of each channel below it. */
function landing(source: Source, channel: LiveItem<'channel'>, children: readonly ChannelCard[]): SafeHtml {
  const t = wordsOf(source);
  if (children.length === 0) {
    const cards = source.newest(channel.id, newestShown);
    return cards.length === 0 ? empty(t) : rows(t, cards);
  }
  return html`${children.map((child) => {
    const cards = !hasArchive(child.layout) ? source.all(child.id) : source.newest(child.id, 5);
    return html`<section class="part">
      <div class="part-head">
        <h2><a href="${child.path}">${child.name}</a></h2>
        <a class="more" href="${child.path}">${t('更多')}<span class="hidden">${child.name}</span></a>
      </div>
      ${cards.length === 0 ? empty(t) : landingBlock(child.layout, cards, source)}
    </section>`;
  })}`;
}

function landingBlock(layout: Layout, cards: readonly ItemCard[], source: Source): SafeHtml {
  const t = wordsOf(source);
  if (layout === 'services') return serviceList(t, cards);
  return layout === 'policies' ? lines(t, cards) : inShort(layout, cards, source);
}

function feedLinks(t: Words, path: PagePath): SafeHtml {
  return html`<p class="feed">
    <span class="aside">${t('订阅本栏目')}</span>
    ${feedForms.map((form) => html`<a class="quiet" href="${feedPath(path, form)}" translate="no">${form}</a> `)}
  </p>`;
}

/** The channels below this one, or where there are none those beside it. */
function relatives(source: Source, self: ChannelStep, children: readonly ChannelCard[]): SafeHtml | undefined {
  const t = wordsOf(source);
  const { parent } = self.fields;
  const near = children.length > 0 || parent === null ? children : source.channels(parent);
  if (near.length === 0) return undefined;
  return html`<nav class="side-box" aria-label="${t('栏目')}">
    <h2>${t('栏目')}</h2>
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

function months(t: Words, archive: ReturnType<Source['months']>, path: PagePath): SafeHtml | undefined {
  if (archive.length === 0) return undefined;
  const years = new Map<string, typeof archive>();
  for (const entry of archive) {
    const year = entry.month.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), entry]);
  }
  return html`<section class="side-box">
    <h2>${t('按月查看')}</h2>
    ${[...years].map(
      ([year, entries], index) =>
        html`<details class="fold" ${index === 0 && html`open`}>
          <summary>${t('{year} 年', { year })}</summary>
          <ul class="months">
            ${entries.map(
              ({ month, count }) =>
                html`<li>
                  <a href="${path}${month}.html">${t.monthAlone(month)}<span>${t('{n} 篇', { n: count })}</span></a>
                </li> `,
            )}
          </ul>
        </details>`,
    )}
  </section>`;
}
