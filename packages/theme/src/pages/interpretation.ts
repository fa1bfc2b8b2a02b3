import { html, type SafeHtml } from '@chengmen/html';
import type { LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { validityBadge } from '../parts/rows.ts';
import { liveItem } from '../read.ts';
import { documentPage } from './document.ts';
import { type Words, wordsOf } from '../words.ts';

/** An interpretation, linked to what it interprets (POL-06). */
export function interpretationPage(source: Source, item: LiveItem<'interpretation'>, path: PagePath): Output {
  const t = wordsOf(source);
  const documents = item.fields.interprets.flatMap((id) => liveItem(source, id, 'policy') ?? []);
  return documentPage(source, item, path, {
    before: documents.length > 0 ? original(t, documents) : undefined,
  });
}

function original(t: Words, documents: readonly LiveItem<'policy'>[]): SafeHtml {
  return html`<aside class="linked" aria-label="${t('解读的文件')}">
    <p class="linked-label">${t('本文解读的文件')}</p>
    <ul>
      ${documents.map(
        ({ path, fields }) =>
          html`<li>
            ${path === null ? fields.title : html`<a href="${path}">${fields.title}</a>`}
            <span class="meta"
              ><span class="code">${fields.documentNumber}</span>${validityBadge(t, fields.validity)}</span
            >
          </li>`,
      )}
    </ul>
  </aside>`;
}
