import { html, type SafeHtml } from '@chengmen/html';
import type { ItemCard, ItemId, PagePath, Source } from '@chengmen/model';
import { liveItem, pictureOf } from '../read.ts';
import { gapped } from './gap.ts';
import { byOrder, cardPicture, day, progressBar, stageBadge, titleLink } from './rows.ts';
import { type Words, wordsOf } from '../words.ts';

export function letterCards(t: Words, cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="letters">
    ${cards.map(
      (card) =>
        html`<li>
          <p class="row-title">${titleLink(t, card)}</p>
          <p class="meta">
            ${card.facts['topic'] !== undefined && html`<span class="badge">${card.facts['topic']}</span>`}${answered(
              t,
              card,
            )}
          </p>
        </li> `,
    )}
  </ul>`;
}

function answered(t: Words, { facts, source }: ItemCard): SafeHtml {
  return html`${facts['askedOn'] !== undefined && html`<span>${t('来信 {day}', { day: t.day(String(facts['askedOn'])) })}</span>`}${
      facts['answeredOn'] !== undefined &&
      html`<span>${t('答复 {day}', { day: t.day(String(facts['answeredOn'])) })}</span>`
    }<span>${source}</span>`;
}

export function projectCards(cards: readonly ItemCard[], source: Source): SafeHtml {
  const t = wordsOf(source);
  return html`<ul class="cards">
    ${cards.map(
      (card) =>
        html`<li class="card">
          ${card.image !== undefined && cardPicture(pictureOf(source, card.image))}
          <div class="card-text">
            <p class="card-title">${titleLink(t, card)}</p>
            <p class="meta">${stageBadge(t, card.facts['stage'])}<span>${card.facts['place'] ?? ''}</span></p>
            ${progress(t, card.facts['progress'])}
          </div>
        </li> `,
    )}
  </ul>`;
}

function progress(t: Words, percent: string | number | undefined): SafeHtml | undefined {
  if (typeof percent !== 'number') return undefined;
  return html`<p class="progress">${progressBar(percent)}<span>${t('形象进度 {n}%', { n: percent })}</span></p>`;
}

export function datasetCards(t: Words, cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="cards">
    ${cards.map(
      (card) =>
        html`<li class="card card-plain">
          <div class="card-text">
            <p class="card-title">${titleLink(t, card)}</p>
            ${card.summary && html`<p class="summary">${gapped(card.summary)}</p>`}
            <p class="meta">
              <span>${card.facts['period'] ?? ''}</span
              ><span>${t('{cycle}更新', { cycle: card.facts['updateCycle'] ?? '' })}</span>${day(t, card.date)}
            </p>
          </div>
        </li> `,
    )}
  </ul>`;
}

export function peopleCards(cards: readonly ItemCard[], source: Source): SafeHtml {
  const t = wordsOf(source);
  return html`<ul class="people">
    ${byOrder(cards).map(
      (card) =>
        html`<li class="person">
          ${portrait(card, source)}
          <p class="person-name">${titleLink(t, card)}</p>
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
export function departmentCards(t: Words, cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="directory offices">
    ${byOrder(cards).map(
      (card) =>
        html`<li>
          <p class="row-title">${titleLink(t, card)}</p>
          <p class="meta">${told(t('电话'), card.facts['phone'])}${told(t('地址'), card.facts['address'])}</p>
        </li> `,
    )}
  </ul>`;
}

/** The directory itself: who leads each, when it is open, and the way to its guides as well. */
export function departmentDirectory(cards: readonly ItemCard[], source: Source): SafeHtml {
  const t = wordsOf(source);
  return html`<ul class="directory offices">
    ${byOrder(cards).map((card) => {
      const { phone, address, hours, head } = card.facts;
      const leaders = byOrder(source.related(card.id, 'leads'));
      const hasGuides = source.related(card.id, 'department', 1, 'service').length > 0;
      return html`<li>
        <p class="row-title">${titleLink(t, card)}</p>
        ${card.summary && html`<p>${gapped(card.summary)}</p>`}
        <p class="meta">${told(t('电话'), phone)}${told(t('地址'), address)}${told(t('办公时间'), hours)}</p>
        <p class="meta">
          ${told(t('负责人'), head)}${
            leaders.length > 0 &&
            html`<span
              >${t('分管领导')}
              ${leaders.map(({ title, path }) => html`<a class="reading" href="${path}">${title}</a> `)}</span
            >`
          }${hasGuides && html`<a class="reading" href="${`${card.path}#services`}">${t('办事指南')}<span class="hidden">${card.title}</span></a>`}
        </p>
      </li> `;
    })}
  </ul>`;
}

function told(name: string, value: string | number | undefined): SafeHtml | undefined {
  return value === undefined ? undefined : html`<span>${name} ${value}</span>`;
}

/** Services by what happens in a life. The order of events is that of their newest guide. */
export function byLifeEvent(t: Words, cards: readonly ItemCard[]): ReadonlyMap<string, readonly ItemCard[]> {
  const groups = new Map<string, ItemCard[]>();
  for (const card of cards) {
    const event = String(card.facts['lifeEvent'] ?? t('其他'));
    groups.set(event, [...(groups.get(event) ?? []), card]);
  }
  return groups;
}

/** Departments with the number of their guides, in the order of the directory. Guides of a department that is withdrawn are left to the events. */
export function byDepartment(
  source: Source,
  cards: readonly ItemCard[],
): readonly { readonly name: string; readonly path: PagePath; readonly count: number }[] {
  const counts = new Map<ItemId, number>();
  for (const { facts } of cards) {
    const id = String(facts['department'] ?? '');
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts]
    .flatMap(([id, count]) => {
      const department = liveItem(source, id, 'department');
      return !department || department.path === null ? [] : [{ ...department.fields, path: department.path, count }];
    })
    .sort((one, other) => one.order - other.order || (one.path < other.path ? -1 : 1))
    .map(({ title, path, count }) => ({ name: title, path, count }));
}

/** The place of a life event on the page of services. */
export function eventAnchor(event: string): string {
  return `event-${event.replace(/\s/g, '-')}`;
}

export function serviceList(t: Words, cards: readonly ItemCard[]): SafeHtml {
  return html`<ul class="directory">
    ${cards.map(
      (card) =>
        html`<li>
          <p class="row-title">${titleLink(t, card)}</p>
          <p class="meta">
            ${card.facts['audience'] !== undefined && html`<span class="badge">${t.known(String(card.facts['audience']))}</span>`}${
              typeof card.facts['promisedDays'] === 'number' &&
              html`<span>${promised(t, card.facts['promisedDays'])}</span>`
            }<span>${card.source}</span>
          </p>
        </li> `,
    )}
  </ul>`;
}

export function promised(t: Words, days: number): string {
  return days === 0 ? t('当场办结') : t('{n} 个工作日办结', { n: days });
}
