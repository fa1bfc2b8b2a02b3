import { gapMarkup, gapSign, html, raw, type SafeHtml } from '@chengmen/html';

/** Text in which gap signs carry their text alternative. */
export function gapped(text: string): SafeHtml | string {
  if (!text.includes(gapSign)) return text;
  return html`${text.split(gapSign).flatMap((part, index) => (index === 0 ? [part] : [raw(gapMarkup), part]))}`;
}
