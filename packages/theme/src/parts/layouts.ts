import { html, type SafeHtml } from '@chengmen/html';
import type { ItemCard, Source } from '@chengmen/model';
import type { Layout } from '../whole-channels.ts';
import { wordsOf } from '../words.ts';
import {
  byDepartment,
  byLifeEvent,
  datasetCards,
  departmentCards,
  departmentDirectory,
  eventAnchor,
  letterCards,
  peopleCards,
  projectCards,
  serviceList,
} from './kind-cards.ts';
import { lines, pictureCards, rows, topicCards } from './rows.ts';

/** Items the way their channel wants them. */
export function laidOut(layout: Layout, cards: readonly ItemCard[], source: Source): SafeHtml {
  const t = wordsOf(source);
  switch (layout) {
    case 'pictures':
      return pictureCards(cards, source);
    case 'services':
      return servicesByEvent(source, cards);
    case 'letters':
      return letterCards(t, cards);
    case 'datasets':
      return datasetCards(t, cards);
    case 'people':
      return peopleCards(cards, source);
    case 'departments':
      return departmentDirectory(cards, source);
    case 'projects':
      return projectCards(cards, source);
    case 'topics':
      return topicCards(cards, source);
    case 'list':
    case 'policies':
    case 'landing':
      return rows(t, cards);
  }
}

/** A few items among other things: a plain list as lines, others the way their channel wants them. */
export function inShort(layout: Layout, cards: readonly ItemCard[], source: Source): SafeHtml {
  const t = wordsOf(source);
  if (layout === 'departments') return departmentCards(t, cards);
  return layout === 'list' || layout === 'landing' ? lines(t, cards) : laidOut(layout, cards, source);
}

function servicesByEvent(source: Source, cards: readonly ItemCard[]): SafeHtml {
  const t = wordsOf(source);
  const groups = [...byLifeEvent(t, cards)];
  return html`<nav class="events" aria-label="${t('按事项查找')}">
      <ul>
        ${groups.map(
          ([event, members]) =>
            html`<li>
              <a href="${`#${encodeURIComponent(eventAnchor(event))}`}"
                >${event}<span>${t('{n} 项', { n: members.length })}</span></a
              >
            </li> `,
        )}
      </ul>
    </nav>
    ${offices(source, cards)}
    ${groups.map(
      ([event, members]) =>
        html`<section class="part" id="${eventAnchor(event)}">
          <h2>${event}</h2>
          ${serviceList(t, members)}
        </section>`,
    )}`;
}

/** The guides of a department stand on its own page: from here there is the way to each. */
function offices(source: Source, cards: readonly ItemCard[]): SafeHtml | undefined {
  const t = wordsOf(source);
  const all = byDepartment(source, cards);
  if (all.length === 0) return undefined;
  return html`<nav class="by-office" aria-label="${t('按部门查找')}">
    <details class="fold">
      <summary>${t('按部门查找')}</summary>
      <ul class="map-list">
        ${all.map(
          ({ name, path, count }) =>
            html`<li>
              <a href="${`${path}#services`}">${name}（${t('{n} 项', { n: count })}）</a>
            </li> `,
        )}
      </ul>
    </details>
  </nav>`;
}
