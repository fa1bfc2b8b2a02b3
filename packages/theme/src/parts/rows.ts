import { html, type SafeHtml } from '@chengmen/html';
import type { ItemCard, Source } from '@chengmen/model';
import { pictureOf, type Media } from '../read.ts';
import { gapped } from './gap.ts';
import { lengthOf } from './media-player.ts';
import { picture, type PictureOptions } from './picture.ts';
import { type Words, wordsOf } from '../words.ts';

/** `2026-11-20` of a card, as machines and people read it. */
export function day(t: Words, date: string): SafeHtml {
  return html`<time datetime="${date.slice(0, 10)}">${t.day(date)}</time>`;
}

export function titleLink(t: Words, card: ItemCard): SafeHtml {
  return html`<a href="${card.path}"
    >${card.pinned && html`<span class="tag">${t('置顶')}</span>`}${gapped(card.title)}</a
  >`;
}

/** One line each: title and day. For notices and short lists. */
export function lines(t: Words, cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="lines">
    ${cards.map((card) => html`<li>${titleLink(t, card)}${day(t, card.date)}</li> `)}
  </ul>`;
}

/** Title, summary, day and source. For the page of a channel. */
export function rows(t: Words, cards: readonly ItemCard[], heading: 2 | 3 = 2): SafeHtml {
  return html`<ul class="rows">
    ${cards.map(
      (card) =>
        html`<li>
          ${rowTitle(t, card, heading)} ${card.summary && html`<p class="summary">${gapped(card.summary)}</p>`}
          <p class="meta">${meta(t, card)}</p>
        </li> `,
    )}
  </ul>`;
}

function rowTitle(t: Words, card: ItemCard, heading: 2 | 3): SafeHtml {
  return heading === 2
    ? html`<h2 class="row-title">${titleLink(t, card)}</h2>`
    : html`<h3 class="row-title">${titleLink(t, card)}</h3>`;
}

function meta(t: Words, { date, source, facts }: ItemCard): SafeHtml {
  const number = facts['documentNumber'];
  return html`${day(t, date)}${number !== undefined && html`<span class="code">${number}</span>`}<span>${source}</span>${validityBadge(t, facts['validity'])}`;
}

/** Whether a document is in force, by word and by form, never by colour alone (POL-05). */
export function validityBadge(t: Words, validity: string | number | undefined): SafeHtml | undefined {
  if (typeof validity !== 'string') return undefined;
  const tone =
    validity === '有效' ? 'badge badge-on' : validity === '尚未生效' ? 'badge badge-soon' : 'badge badge-off';
  return html`<span class="${tone}">${t.known(validity)}</span>`;
}

/** Cards with their pictures. */
export function pictureCards(cards: readonly ItemCard[], source: Source): SafeHtml {
  const t = wordsOf(source);
  return html`<ul class="cards">
    ${cards.map(
      (card) =>
        html`<li class="card">
          ${cardPicture(pictureOf(source, card.image))}
          <div class="card-text">
            <p class="card-title">${titleLink(t, card)}</p>
            <p class="meta">${day(t, card.date)}${mediaFact(t, card)}</p>
          </div>
        </li> `,
    )}
  </ul>`;
}

/** How many pictures wait behind a card, or how long its film is. */
function mediaFact(t: Words, { facts: { pictures, duration } }: ItemCard): SafeHtml | undefined {
  if (typeof pictures === 'number') return html`<span class="badge">${t('{n} 张图', { n: pictures })}</span>`;
  return typeof duration === 'number'
    ? html`<span class="badge">${t('视频 {length}', { length: lengthOf(t, duration) })}</span>`
    : undefined;
}

/** Cards with a picture and a sentence: topics are chosen by what they are about. */
export function topicCards(cards: readonly ItemCard[], source: Source): SafeHtml {
  const t = wordsOf(source);
  return html`<ul class="cards topics">
    ${cards.map(
      (card) =>
        html`<li class="card">
          ${cardPicture(pictureOf(source, card.image))}
          <div class="card-text">
            <p class="card-title">${titleLink(t, card)}</p>
            ${card.summary && html`<p class="summary">${gapped(card.summary)}</p>`}
          </div>
        </li> `,
    )}
  </ul>`;
}

/** The title beside says what it is about: the picture itself is decoration there. */
export function cardPicture(media: Media | undefined, sizes: PictureOptions['sizes'] = 'card'): SafeHtml {
  if (!media) return html`<div class="no-picture" aria-hidden="true"></div>`;
  return picture(media, { alt: '', sizes });
}

/** 0 … 100 as a bar drawn in SVG: the page's policy allows no inline styles. The number stands beside it as text. */
export function progressBar(percent: number): SafeHtml {
  const width = Math.min(100, Math.max(0, percent));
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect class="bar-track" width="100" height="4" />
    <rect class="bar-fill" width="${width}" height="4" />
  </svg>`;
}

export function stageBadge(t: Words, stage: string | number | undefined): SafeHtml | undefined {
  if (typeof stage !== 'string') return undefined;
  const tone = stage === '在建' ? 'badge badge-on' : stage === '竣工' ? 'badge badge-done' : 'badge badge-soon';
  return html`<span class="${tone}">${t.known(stage)}</span>`;
}

/** Members of a body in their order of precedence. */
export function byOrder(cards: readonly ItemCard[]): readonly ItemCard[] {
  const order = ({ facts }: ItemCard): number => (typeof facts['order'] === 'number' ? facts['order'] : 9999);
  return [...cards].sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
}
