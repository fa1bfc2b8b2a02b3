import { html, type SafeHtml } from '@chengmen/html';
import type { ItemCard, Source } from '@chengmen/model';
import { pictureOf } from '../read.ts';
import { gapped } from './gap.ts';
import { byOrder, cardPicture, day, progressBar, stageBadge, titleLink } from './rows.ts';

export function letterCards(cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="letters">
    ${cards.map(
      (card) =>
        html`<li>
          <p class="row-title">${titleLink(card)}</p>
          <p class="meta">
            ${card.facts['topic'] !== undefined && html`<span class="badge">${card.facts['topic']}</span>`}${answered(
              card,
            )}
          </p>
        </li> `,
    )}
  </ul>`;
}

function answered({ facts, source }: ItemCard): SafeHtml {
  return html`${facts['askedOn'] !== undefined && html`<span>来信 ${facts['askedOn']}</span>`}${
      facts['answeredOn'] !== undefined && html`<span>答复 ${facts['answeredOn']}</span>`
    }<span>${source}</span>`;
}

export function projectCards(cards: readonly ItemCard[], source: Source): SafeHtml {
  return html`<ul class="cards">
    ${cards.map(
      (card) =>
        html`<li class="card">
          ${card.image !== undefined && cardPicture(pictureOf(source, card.image))}
          <div class="card-text">
            <p class="card-title">${titleLink(card)}</p>
            <p class="meta">${stageBadge(card.facts['stage'])}<span>${card.facts['place'] ?? ''}</span></p>
            ${progress(card.facts['progress'])}
          </div>
        </li> `,
    )}
  </ul>`;
}

function progress(percent: string | number | undefined): SafeHtml | undefined {
  if (typeof percent !== 'number') return undefined;
  return html`<p class="progress">${progressBar(percent)}<span>形象进度 ${percent}%</span></p>`;
}

export function datasetCards(cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="cards">
    ${cards.map(
      (card) =>
        html`<li class="card card-plain">
          <div class="card-text">
            <p class="card-title">${titleLink(card)}</p>
            ${card.summary && html`<p class="summary">${gapped(card.summary)}</p>`}
            <p class="meta">
              <span>${card.facts['period'] ?? ''}</span
              ><span>${card.facts['updateCycle'] ?? ''}更新</span>${day(card.date)}
            </p>
          </div>
        </li> `,
    )}
  </ul>`;
}

export function peopleCards(cards: readonly ItemCard[], source: Source): SafeHtml {
  return html`<ul class="people">
    ${byOrder(cards).map(
      (card) =>
        html`<li class="person">
          ${portrait(card, source)}
          <p class="person-name">${titleLink(card)}</p>
          <p class="meta">${card.facts['post'] ?? ''}</p>
        </li> `,
    )}
  </ul>`;
}

function portrait(card: ItemCard, source: Source): SafeHtml {
  const media = pictureOf(source, card.image);
  if (media) return html`<span class="portrait">${cardPicture(media, 'portrait')}</span>`;
  return html`<span class="portrait" aria-hidden="true">${[...card.title][0] ?? ''}</span>`;
}

/** Every department with its number and its door: nobody should have to open a page to make a call. */
export function departmentCards(cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="directory offices">
    ${byOrder(cards).map(
      (card) =>
        html`<li>
          <p class="row-title">${titleLink(card)}</p>
          <p class="meta">${told('电话', card.facts['phone'])}${told('地址', card.facts['address'])}</p>
        </li> `,
    )}
  </ul>`;
}

function told(name: string, value: string | number | undefined): SafeHtml | undefined {
  return value === undefined ? undefined : html`<span>${name} ${value}</span>`;
}

/** Services by what happens in a life. The order of events is that of their newest guide. */
export function byLifeEvent(cards: readonly ItemCard[]): ReadonlyMap<string, readonly ItemCard[]> {
  const groups = new Map<string, ItemCard[]>();
  for (const card of cards) {
    const event = String(card.facts['lifeEvent'] ?? '其他');
    groups.set(event, [...(groups.get(event) ?? []), card]);
  }
  return groups;
}

/** The place of a life event on the page of services. */
export function eventAnchor(event: string): string {
  return `event-${event.replace(/\s/g, '-')}`;
}

export function serviceList(cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="directory">
    ${cards.map(
      (card) =>
        html`<li>
          <p class="row-title">${titleLink(card)}</p>
          <p class="meta">
            ${card.facts['audience'] !== undefined && html`<span class="badge">${card.facts['audience']}</span>`}${
              typeof card.facts['promisedDays'] === 'number' &&
              html`<span>${promised(card.facts['promisedDays'])}</span>`
            }<span>${card.source}</span>
          </p>
        </li> `,
    )}
  </ul>`;
}

export function promised(days: number): string {
  return days === 0 ? '当场办结' : `${days} 个工作日办结`;
}
