import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, ItemCard, ItemId, Output, PagePath, Source } from '@chengmen/model';
import { newestWithin, sameEverywhere } from '../editions.ts';
import { framed } from '../frame.ts';
import { picture } from '../parts/picture.ts';
import { gapped } from '../parts/gap.ts';
import { interaction } from '../parts/interaction.ts';
import { organisation, type LinkedData } from '../parts/json-ld.ts';
import { byLifeEvent, eventAnchor } from '../parts/kind-cards.ts';
import { linkTiles } from '../parts/link-tiles.ts';
import { day, titleLink, validityBadge } from '../parts/rows.ts';
import { liveChannel, pictureOf } from '../read.ts';
import type { Layout } from '../whole-channels.ts';
import { inShort } from './channel.ts';
import { feeds } from './feed.ts';
import { type Words, wordsOf } from '../words.ts';

/** The home page and the feeds of the whole site. */
export function homeOutputs(source: Source): readonly Output[] {
  const t = wordsOf(source);
  const site = source.site().fields;
  const description = t('{site}：政务公开、政务服务、政民互动与数据开放。', { site: site.name });
  const page = framed(source, {
    path: `${t.root}/`,
    title: site.name,
    main: html`<h1 class="hidden">${site.name}</h1>
      ${hero(t, site)} ${blocks(source, site)}`,
    trail: [],
    description,
    data: [organisation(site), webSite(t, site)],
    feed: `${t.root}/`,
    versions: sameEverywhere(source, '/'),
    elder: site.elder !== undefined,
  });
  return [
    page,
    ...feeds(source, { page: `${t.root}/`, title: site.name, description, cards: newestWithin(source, 20) }),
  ];
}

function webSite(t: Words, { name, origin }: FieldsOf<'site'>): LinkedData {
  return {
    '@type': 'WebSite',
    name,
    url: `${origin}${t.root}/`,
    inLanguage: t.language,
    potentialAction: searchAction(origin + t.root),
  };
}

const searchAction = (home: string): LinkedData => ({
  '@type': 'SearchAction',
  target: { '@type': 'EntryPoint', urlTemplate: `${home}/search.html?q={search_term_string}` },
  'query-input': 'required name=search_term_string',
});

/** Most people come to find one thing: the field for it stands before everything else. */
function hero(t: Words, { home, shortName }: FieldsOf<'site'>): SafeHtml {
  return html`<section class="hero" aria-label="${t('检索')}">
    <div class="wrap">
      <form class="hero-find" role="search" aria-label="${t('全站检索')}" action="${t.root}/search.html">
        <label for="find">${t('在{city}，您想办什么、查什么？', { city: shortName })}</label>
        <div class="hero-row">
          <input id="find" name="q" type="search" maxlength="200" autocomplete="off" required /><button>
            ${t('搜索')}
          </button>
        </div>
      </form>
      ${home.words && words(t, home.words)}
    </div>
  </section>`;
}

function words(t: Words, list: readonly string[]): SafeHtml {
  return html`<p class="words">
    <span>${t('常搜')}</span>
    ${list.map((word) => html`<a href="${`${t.root}/search.html?q=${encodeURIComponent(word)}`}">${word}</a> `)}
  </p>`;
}

const headlines = 7;

/** The newest news: the first with a picture leads, the others stand beside it. */
function focus(source: Source, id: ItemId): SafeHtml | undefined {
  const t = wordsOf(source);
  const channel = liveChannel(source, id);
  if (!channel) return undefined;
  const cards = source.newest(id, headlines);
  const lead = cards.find(({ image }) => pictureOf(source, image)) ?? cards[0];
  if (!lead) return undefined;
  const others = cards.filter((card) => card !== lead);
  return html`<section class="focus" aria-label="${channel.fields.name}">
    ${leadCard(lead, source)}
    <div class="focus-list">
      <div class="part-head">
        <h2><a href="${channel.path}">${channel.fields.name}</a></h2>
        ${more(t, channel.fields.name, channel.path)}
      </div>
      <ul class="headlines">
        ${others.map((card) => html`<li>${titleLink(t, card)}${day(t, card.date)}</li> `)}
      </ul>
    </div>
  </section>`;
}

function leadCard(card: ItemCard, source: Source): SafeHtml {
  const t = wordsOf(source);
  const media = pictureOf(source, card.image);
  return html`<article class="lead-card">
    ${media && picture(media, { alt: '', sizes: 'lead', first: true })}
    <div class="lead-card-text">
      <h2><a href="${card.path}">${gapped(card.title)}</a></h2>
      ${card.summary && html`<p class="summary">${gapped(card.summary)}</p>`}
      <p class="meta">${day(t, card.date)}<span>${card.source}</span></p>
    </div>
  </article>`;
}

function more(t: Words, name: string, path: PagePath): SafeHtml {
  return html`<a class="more" href="${path}">${t('更多')}<span class="hidden">${name}</span></a>`;
}

type HomeBlock = FieldsOf<'site'>['home']['blocks'][number];

interface Block {
  readonly half: boolean;
  readonly markup: SafeHtml;
}

const halves: ReadonlySet<Layout> = new Set(['list', 'policies', 'letters', 'landing']);

/** The blocks the city has chosen, in its order. Two narrow ones in a row stand side by side where there is room. */
function blocks(source: Source, { home }: FieldsOf<'site'>): SafeHtml[] {
  const saysFocus = home.blocks.some((block) => 'show' in block && block.show === 'focus');
  const wanted: readonly HomeBlock[] = saysFocus ? home.blocks : [{ show: 'focus' }, ...home.blocks];
  const made = wanted.flatMap((block) => blockOf(source, block) ?? []);
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

function blockOf(source: Source, block: HomeBlock): Block | undefined {
  if (!('show' in block)) return channelBlock(source, block);
  const markup = shownBlock(source, block);
  return markup && { half: false, markup };
}

function shownBlock(source: Source, block: Extract<HomeBlock, { show: string }>): SafeHtml | undefined {
  switch (block.show) {
    case 'focus':
      return focus(source, source.site().fields.home.focus);
    case 'interaction':
      return interaction(source, block);
    case 'policies':
      return policiesRead(source, block);
    case 'links':
      return part('links', html`${block.title}`, linkTiles(block.links, source.site().fields));
  }
}

/** A block with its heading, and where there is more of it. */
function part(name: string, heading: SafeHtml, content: SafeHtml, ...besides: readonly (SafeHtml | false)[]): SafeHtml {
  return html`<section class="${`part block block-${name}`}">
    <div class="part-head">
      <h2>${heading}</h2>
      ${besides}
    </div>
    ${content}
  </section>`;
}

function channelBlock(
  source: Source,
  { channel: id, count, title }: Extract<HomeBlock, { channel: ItemId }>,
): Block | undefined {
  const t = wordsOf(source);
  const channel = liveChannel(source, id);
  if (!channel) return undefined;
  const { path } = channel;
  const { name, layout, description } = channel.fields;
  const content = blockContent(source, id, layout, count, path);
  if (!content) return undefined;
  const note = layout === 'services' && html`<p class="part-note">${description}</p>`;
  return {
    half: halves.has(layout),
    markup: part(layout, html`<a href="${path}">${title ?? name}</a>`, content, note, more(t, name, path)),
  };
}

/** 政策与解读: what holds, and what it means, side by side. */
function policiesRead(source: Source, block: Extract<HomeBlock, { show: 'policies' }>): SafeHtml | undefined {
  const made = [
    channelBlock(source, { channel: block.policies, count: block.count }),
    channelBlock(source, { channel: block.interpretations, count: block.count }),
  ].flatMap((each) => each ?? []);
  return made.length === 0 ? undefined : html`<div class="pair">${made.map(({ markup }) => markup)}</div>`;
}

function blockContent(source: Source, id: ItemId, layout: Layout, count: number, path: PagePath): SafeHtml | undefined {
  if (layout === 'services') return lifeEvents(source, id, count, path);
  const cards =
    layout === 'people' || layout === 'departments' ? source.all(id).slice(0, count) : source.newest(id, count);
  if (cards.length === 0) return undefined;
  return layout === 'policies' ? policies(source, cards) : inShort(layout, cards, source);
}

/** What happens in a life, each with what the city does then. Read from a bounded number of guides. */
function lifeEvents(source: Source, id: ItemId, count: number, path: PagePath): SafeHtml | undefined {
  const t = wordsOf(source);
  const groups = [...byLifeEvent(t, source.newest(id, 200))].slice(0, count);
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
                .join(t('、'))}</span
            ></a
          >
        </li> `,
    )}
  </ul>`;
}

/** Policies with their numbers, whether they hold, and their interpretations beside them. */
function policies(source: Source, cards: readonly ItemCard[]): SafeHtml {
  const t = wordsOf(source);
  return html`<ul class="policy-list">
    ${cards.map((card) => {
      const interpretation = source.related(card.id, 'interprets')[0];
      return html`<li>
        <p class="row-title">${titleLink(t, card)}</p>
        <p class="meta">
          <span class="code">${card.facts['documentNumber'] ?? ''}</span>${day(t, card.date)}${validityBadge(
            t,
            card.facts['validity'],
          )}${interpretation && html`<a class="reading" href="${interpretation.path}">${t('解读')}</a>`}
        </p>
      </li> `;
    })}
  </ul>`;
}
