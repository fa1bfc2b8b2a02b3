import { html, type SafeHtml } from '@chengmen/html';
import type { ItemCard, ItemId, Source } from '@chengmen/model';
import { liveItem } from '../read.ts';
import { lines } from './rows.ts';
import { type Words } from '../words.ts';

export type Fact = readonly [name: string, value: SafeHtml | string | number | undefined];

/** Names and values as a list of terms; facts without a value are left out. */
export function facts(entries: readonly Fact[], label?: string): SafeHtml {
  const known = entries.filter(([, value]) => value !== undefined && value !== '');
  return html`<dl class="facts" ${label !== undefined && html`aria-label="${label}"`}>
    ${known.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl>`;
}

export function section(title: string, content: SafeHtml, id?: string): SafeHtml {
  return html`<section class="part" ${id !== undefined && html`id="${id}"`}>
    <h2>${title}</h2>
    ${content}
  </section>`;
}

/** A short list beside a document; nothing where there is nothing. */
export function beside(t: Words, title: string, cards: readonly ItemCard[]): SafeHtml | undefined {
  if (cards.length === 0) return undefined;
  return html`<section class="side-box">
    <h2>${title}</h2>
    ${lines(t, cards)}
  </section>`;
}

/** The name of a department, linked while its page stands. */
export function departmentLink(source: Source, id: ItemId): SafeHtml | undefined {
  const department = liveItem(source, id, 'department');
  if (!department) return undefined;
  if (department.path === null) return html`${department.fields.title}`;
  return html`<a href="${department.path}">${department.fields.title}</a>`;
}

export function bullets(texts: readonly string[]): SafeHtml {
  return html`<ul class="plain-list">
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;
}
