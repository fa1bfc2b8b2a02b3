import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, ItemCard, ItemId, Output, PagePath, Source } from '@chengmen/model';
import { framed } from '../frame.ts';
import { picture } from '../parts/picture.ts';
import { gapped } from '../parts/gap.ts';
import { organisation } from '../parts/json-ld.ts';
import {
  byLifeEvent,
  datasetCards,
  departmentCards,
  eventAnchor,
  letterCards,
  peopleCards,
  projectCards,
} from '../parts/kind-cards.ts';
import { day, lines, pictureCards, titleLink, validityBadge } from '../parts/rows.ts';
import { liveItem, pictureOf } from '../read.ts';
import type { Layout } from './channel.ts';
import { feed } from './feed.ts';

/** The home page and the feed of the whole site. */
export function homeOutputs(source: Source): readonly Output[] {
  const site = source.site().fields;
  const main = html`<h1 class="hidden">${site.name}</h1>
    ${focus(source, site.home.focus)} ${blocks(source, site)}`;
  const page = framed(source, {
    path: '/',
    title: site.name,
    main,
    trail: [],
    description: `${site.name}：政务公开、政务服务、政民互动与数据开放。`,
    data: [organisation(site), { '@type': 'WebSite', name: site.name, url: `${site.origin}/`, inLanguage: 'zh-Hans' }],
    feed: '/feed.xml',
  });
  const newest = feed(source, { path: '/feed.xml', page: '/', title: site.name, cards: source.newest(null, 20) });
  return [page, newest];
}

const headlines = 7;

/** The newest news: the first with a picture leads, the others stand beside it. */
function focus(source: Source, id: ItemId): SafeHtml | undefined {
  const channel = liveItem(source, id, 'channel');
  if (!channel || channel.path === null) return undefined;
  const cards = source.newest(id, headlines);
  const lead = cards.find(({ image }) => pictureOf(source, image)) ?? cards[0];
  if (!lead) return undefined;
  const others = cards.filter((card) => card !== lead);
  return html`<section class="focus wrap" aria-label="${channel.fields.name}">
    ${leadCard(lead, source)}
    <div class="focus-list">
      <div class="part-head">
        <h2><a href="${channel.path}">${channel.fields.name}</a></h2>
        ${more(channel.fields.name, channel.path)}
      </div>
      <ul class="headlines">
        ${others.map((card) => html`<li>${titleLink(card)}${day(card.date)}</li> `)}
      </ul>
    </div>
  </section>`;
}

function leadCard(card: ItemCard, source: Source): SafeHtml {
  const media = pictureOf(source, card.image);
  return html`<article class="lead-card">
    ${media && picture(media, { alt: '', sizes: 'lead', first: true })}
    <div class="lead-card-text">
      <h2><a href="${card.path}">${gapped(card.title)}</a></h2>
      ${card.summary && html`<p class="summary">${gapped(card.summary)}</p>`}
      <p class="meta">${day(card.date)}<span>${card.source}</span></p>
    </div>
  </article>`;
}

function more(name: string, path: PagePath): SafeHtml {
  return html`<a class="more" href="${path}">更多<span class="hidden">${name}</span></a>`;
}

interface Block {
  readonly half: boolean;
  readonly markup: SafeHtml;
}

const halves: ReadonlySet<Layout> = new Set(['list', 'policies', 'letters', 'landing']);

/** The blocks the city has chosen, in its order. Two narrow ones in a row stand side by side where there is room. */
function blocks(source: Source, site: FieldsOf<'site'>): SafeHtml[] {
  const made = site.home.blocks.flatMap(({ channel, count }) => block(source, channel, count) ?? []);
  const rows: SafeHtml[] = [];
  for (let index = 0; index < made.length; index++) {
    const [one, two] = [made[index], made[index + 1]];
    if (one?.half && two?.half) {
      rows.push(html`<div class="wrap pair">${one.markup}${two.markup}</div>`);
      index++;
    } else if (one) rows.push(html`<div class="wrap">${one.markup}</div>`);
  }
  return rows;
}

function block(source: Source, id: ItemId, count: number): Block | undefined {
  const channel = liveItem(source, id, 'channel');
  if (!channel || channel.path === null) return undefined;
  const { name, layout, description } = channel.fields;
  const content = blockContent(source, id, layout, count, channel.path);
  if (!content) return undefined;
  return {
    half: halves.has(layout),
    markup: html`<section class="${`part block block-${layout}`}">
      <div class="part-head">
        <h2><a href="${channel.path}">${name}</a></h2>
        ${layout === 'services' && html`<p class="part-note">${description}</p>`} ${more(name, channel.path)}
      </div>
      ${content}
    </section>`,
  };
}

function blockContent(source: Source, id: ItemId, layout: Layout, count: number, path: PagePath): SafeHtml | undefined {
  if (layout === 'services') return lifeEvents(source, id, count, path);
  const cards =
    layout === 'people' || layout === 'departments' ? source.all(id).slice(0, count) : source.newest(id, count);
  if (cards.length === 0) return undefined;
  switch (layout) {
    case 'letters':
      return letterCards(cards);
    case 'policies':
      return policies(source, cards);
    case 'pictures':
      return pictureCards(cards, source);
    case 'datasets':
      return datasetCards(cards);
    case 'projects':
      return projectCards(cards, source);
    case 'people':
      return peopleCards(cards, source);
    case 'departments':
      return departmentCards(cards);
    case 'list':
    case 'landing':
      return lines(cards);
  }
}

/** What happens in a life, each with what the city does then. Read from a bounded number of guides. */
function lifeEvents(source: Source, id: ItemId, count: number, path: PagePath): SafeHtml | undefined {
  const groups = [...byLifeEvent(source.newest(id, 200))].slice(0, count);
  if (groups.length === 0) return undefined;
  return html`<ul class="life">
    ${groups.map(
      ([event, cards]) =>
        html`<li>
          <a href="${`${path}#${encodeURIComponent(eventAnchor(event))}`}"
            ><span class="life-name">${event}</span
            ><span class="life-what"
              >${cards
                .slice(0, 2)
                .map(({ title }) => title)
                .join('、')}</span
            ></a
          >
        </li> `,
    )}
  </ul>`;
}

/** Policies with their numbers, whether they hold, and their interpretations beside them. */
function policies(source: Source, cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="policy-list">
    ${cards.map((card) => {
      const interpretation = source.related(card.id, 'interprets')[0];
      return html`<li>
        <p class="row-title">${titleLink(card)}</p>
        <p class="meta">
          <span class="code">${card.facts['documentNumber'] ?? ''}</span>${day(card.date)}${validityBadge(
            card.facts['validity'],
          )}${interpretation && html`<a class="reading" href="${interpretation.path}">解读</a>`}
        </p>
      </li> `;
    })}
  </ul>`;
}
