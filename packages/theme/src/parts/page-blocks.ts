import { html, type SafeHtml } from '@chengmen/html';
import type { Block, BlockOf, FieldsOf, ItemCard, ItemId, PagePath, Source } from '@chengmen/model';
import { cardOf, liveChannel, liveItem, pictureOf, type Media } from '../read.ts';
import type { Layout } from '../whole-channels.ts';
import { wordsFor, wordsOf, type Words } from '../words.ts';
import { facts } from './blocks.ts';
import { gapped } from './gap.ts';
import { interaction } from './interaction.ts';
import { byLifeEvent, eventAnchor } from './kind-cards.ts';
import { inShort } from './layouts.ts';
import { linkTiles } from './link-tiles.ts';
import { leadsTo, outsideSign } from './outside.ts';
import { picture } from './picture.ts';
import { day, lines, pictureCards, titleLink, validityBadge } from './rows.ts';
import { timeline } from './timeline.ts';

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

/** What stands round the blocks. */
export interface BlockPlace {
  /** The news a block means that names no channel. */
  readonly focus: ItemId;
  /** In rows as wide as the page, or in a column beside others. */
  readonly row: 'wrap' | 'column';
  /** What stands in the channel whose page it is. */
  readonly list?: () => SafeHtml;
}

interface Made {
  /** Two of these stand side by side where there is room. */
  readonly half: boolean;
  readonly markup: SafeHtml;
}

const halves: ReadonlySet<Layout> = new Set(['list', 'policies', 'letters', 'landing']);

/** The blocks in their order; those that have nothing to show are left out. */
export function blockRows(source: Source, blocks: readonly Block[], place: BlockPlace): SafeHtml[] {
  const made = blocks.flatMap((block) => blockOf(source, block, place) ?? []);
  const rows: SafeHtml[] = [];
  for (let index = 0; index < made.length; index++) {
    const [one, two] = [made[index], made[index + 1]];
    if (one?.half && two?.half) {
      rows.push(html`<div class="${place.row === 'wrap' ? 'wrap pair' : 'pair'}">${one.markup}${two.markup}</div>`);
      index++;
    } else if (one) rows.push(place.row === 'wrap' ? html`<div class="wrap">${one.markup}</div>` : one.markup);
  }
  return rows;
}

/** One block as it stands among others; nothing where it has nothing to show. */
export function blockOf(source: Source, block: Block, place: BlockPlace): Made | undefined {
  if (!('show' in block) || block.show === 'channel') return channelBlock(source, block);
  const markup = shownBlock(source, block, place);
  return markup && { half: block.show === 'text' || block.show === 'timeline' || isPlainList(block), markup };
}

const isPlainList = (block: Block): boolean => 'show' in block && block.show === 'items' && block.as !== 'cards';

type Shown = Exclude<Extract<Block, { show: string }>, { show: 'channel' }>;

function shownBlock(source: Source, block: Shown, place: BlockPlace): SafeHtml | undefined {
  switch (block.show) {
    case 'focus':
      return focus(source, block.channel ?? place.focus);
    case 'services':
      return servicesBlock(source, block);
    case 'interaction':
      return interaction(source, block);
    case 'policies':
      return policiesRead(source, block);
    case 'links':
      return part('links', html`${block.title}`, linkTiles(block.links, source.site().fields));
    case 'figures':
      return figuresBlock(source, block);
    case 'list':
      return place.list && listBlock(block.title, place.list());
    case 'pictures': {
      const content = picturesContent(source, block);
      return content && part('pictures', block.title === undefined ? undefined : html`${block.title}`, content);
    }
    default: {
      const content = plainContent(source, block);
      return content && part(block.show, html`${block.title}`, content);
    }
  }
}

const listBlock = (title: string | undefined, content: SafeHtml): SafeHtml =>
  title === undefined ? content : part('list', html`${title}`, content);

/** A block with its heading, and where there is more of it. */
function part(
  name: string,
  heading: SafeHtml | undefined,
  content: SafeHtml,
  ...besides: readonly (SafeHtml | false)[]
): SafeHtml {
  if (!heading) return html`<section class="${`part block block-${name}`}">${content}</section>`;
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
  { channel: id, count, title }: Pick<BlockOf<'channel'>, 'channel' | 'count' | 'title'>,
): Made | undefined {
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
function policiesRead(source: Source, block: BlockOf<'policies'>): SafeHtml | undefined {
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

function servicesBlock(source: Source, { channel: id, count, title }: BlockOf<'services'>): SafeHtml | undefined {
  const t = wordsOf(source);
  const channel = liveChannel(source, id);
  const content = channel && lifeEvents(source, id, count, channel.path);
  if (!content) return undefined;
  const { path, fields } = channel;
  const note = html`<p class="part-note">${fields.description}</p>`;
  return part(
    'services',
    html`<a href="${path}">${title ?? fields.name}</a>`,
    content,
    note,
    more(t, fields.name, path),
  );
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

/** What is typed or chosen by hand. */
export function plainContent(
  source: Source,
  block: BlockOf<'items'> | BlockOf<'text'> | BlockOf<'facts'> | BlockOf<'timeline'>,
): SafeHtml | undefined {
  const t = wordsOf(source);
  switch (block.show) {
    case 'items': {
      const cards = block.items.flatMap((id) => cardOf(source, id));
      if (cards.length === 0) return undefined;
      return block.as === 'cards' ? pictureCards(cards, source) : lines(t, cards);
    }
    case 'text':
      return html`<div class="prose">${block.paragraphs.map((text) => html`<p>${text}</p> `)}</div>`;
    case 'facts':
      return facts(block.facts.map(({ name, value }) => [name, value] as const));
    case 'timeline':
      return timeline(t, block.events);
  }
}

/** Pictures that are live, each with its words; one alone is as wide as the page. */
export function picturesContent(source: Source, { pictures }: BlockOf<'pictures'>): SafeHtml | undefined {
  const shown = pictures.flatMap(({ picture: id, ...words }) => {
    const media = pictureOf(source, id);
    return media ? [{ media, ...words }] : [];
  });
  const [only] = shown;
  if (!only) return undefined;
  const site = source.site().fields;
  if (shown.length === 1) return html`<figure class="banner">${captioned(only, site, 'page')}</figure>`;
  return html`<ul class="cards">
    ${shown.map((one) => html`<li class="card"><figure>${captioned(one, site, 'card')}</figure></li> `)}
  </ul>`;
}

function captioned(
  {
    media,
    caption,
    address,
  }: { readonly media: Media; readonly caption?: string | undefined; readonly address?: string | undefined },
  site: FieldsOf<'site'>,
  sizes: 'page' | 'card',
): SafeHtml {
  const outside = address !== undefined && leadsTo(address, site) === 'outside';
  const words = outside ? html`${caption}${outsideSign(wordsFor(site))}` : html`${caption}`;
  return html`${picture(media, { alt: media.alt, sizes })}${
    caption !== undefined &&
    html`<figcaption>
      ${
        address === undefined
          ? words
          : html`<a href="${address}" ${outside && html`data-outside rel="noopener noreferrer external"`}>${words}</a>`
      }
    </figcaption>`
  }`;
}

/** Numbers of a data set, with the words of the row or the column they stand in; the whole table is a link away. */
function figuresBlock(source: Source, block: BlockOf<'figures'>): SafeHtml | undefined {
  const t = wordsOf(source);
  const dataset = liveItem(source, block.dataset, 'dataset');
  const told = dataset ? figuresOf(dataset.fields, block).slice(0, block.count) : [];
  if (!dataset || dataset.path === null || told.length === 0) return undefined;
  const { title, period, source: from } = dataset.fields;
  const content = html`<dl class="numbers">
      ${told.map(
        ({ name, value, unit }) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}${unit !== undefined && html`<small>${unit}</small>`}</dd>
          </div> `,
      )}
    </dl>
    <p class="meta"><span>${period}</span><span>${from}</span></p>`;
  return part(
    'figures',
    html`<a href="${dataset.path}">${block.title ?? title}</a>`,
    content,
    more(t, title, dataset.path),
  );
}

interface Figure {
  readonly name: string;
  readonly value: string | number;
  readonly unit: string | undefined;
}

/** The cells that are told, in their order. */
export function figuresOf(
  { columns, rows, unit }: FieldsOf<'dataset'>,
  { by }: Pick<BlockOf<'figures'>, 'by'>,
): Figure[] {
  const numbers = columns.flatMap((column, at) => (column.type === 'number' ? [{ ...column, at }] : []));
  const figure = (name: unknown, value: unknown, own: string | undefined): Figure[] =>
    typeof value === 'number' && name !== null && name !== undefined
      ? [{ name: String(name), value, unit: own ?? unit }]
      : [];
  if (by === 'column') return numbers.flatMap(({ name, at, unit: own }) => figure(name, rows.at(-1)?.[at], own));
  const [first] = numbers;
  const names = columns.findIndex(({ type }) => type === 'text');
  return first && names >= 0 ? rows.flatMap((row) => figure(row[names], row[first.at], first.unit)) : [];
}
