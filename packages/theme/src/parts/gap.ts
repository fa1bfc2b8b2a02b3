import { html, type SafeHtml } from '@chengmen/html';

/** The typographers' sign for a missing glyph: something stood here and cannot be restored. */
export const gapSign = '〓';

export const gapMarkup = html`<span class="gap" role="img" aria-label="此处原文缺损，无法复原">${gapSign}</span>`;

/** Text in which gap signs carry their text alternative. */
export function gapped(text: string): SafeHtml | string {
  if (!text.includes(gapSign)) return text;
  return html`${text.split(gapSign).flatMap((part, index) => (index === 0 ? [part] : [gapMarkup, part]))}`;
}
