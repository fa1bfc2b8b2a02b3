import { html, type SafeHtml } from '@chengmen/html';
import type { DocumentFields } from '@chengmen/model';
import { type Words } from '../words.ts';

/** 已归档: before the text, so that nobody takes what was for what is (ARCH-01). */
export function archivedNotice(t: Words, archived: DocumentFields['archived']): SafeHtml | undefined {
  if (!archived) return undefined;
  return html`<aside class="archived" aria-label="${t('归档说明')}">
    <p>
      <strong>${t('本页已归档。')}</strong>${t.rich('自 {day} 起不再更新，内容保持当时的原貌，仅供查考。', {
        day: html`<time datetime="${archived.on}">${t.day(archived.on)}</time>`,
      })}${archived.why}
    </p>
  </aside>`;
}
