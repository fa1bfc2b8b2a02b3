import { html, type SafeHtml } from '@chengmen/html';
import type { DocumentFields } from '@chengmen/model';

/** 已归档: before the text, so that nobody takes what was for what is (ARCH-01). */
export function archivedNotice(archived: DocumentFields['archived']): SafeHtml | undefined {
  if (!archived) return undefined;
  return html`<aside class="archived" aria-label="归档说明">
    <p>
      <strong>本页已归档。</strong>自 <time datetime="${archived.on}">${archived.on}</time>
      起不再更新，内容保持当时的原貌，仅供查考。${archived.why}
    </p>
  </aside>`;
}
