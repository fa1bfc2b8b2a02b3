import { html, type SafeHtml } from '@chengmen/html';
import type { Assets } from './assets.ts';

/** The drawings that stand on every page, each on a field of its own. */
const signs = {
  gate: { class: 'gate', side: 48 },
  police: { class: 'icon', side: 24 },
  state: { class: 'icon', side: 24 },
  error: { class: 'icon', side: 24 },
} as const;

/**
 * One of them, out of the one file all pages share: drawn into each page they were a twelfth of what it takes to compress
 * and to send it. They have the colour of the text round them, as if they stood there.
 */
export function sign(name: keyof typeof signs, { signs: file }: Pick<Assets, 'signs'>): SafeHtml {
  const { class: look, side } = signs[name];
  return html`<svg class="${look}" viewBox="0 0 ${side} ${side}" aria-hidden="true">
    <use href="${`${file}#${name}`}" />
  </svg>`;
}
