import { html, type SafeHtml } from '@chengmen/html';

const moment = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });

/** An instant as people at the desk read it: Asia/Shanghai, to the minute. */
export function at(instant: string): SafeHtml {
  return html`<time datetime="${instant}">${moment.format(new Date(instant))}</time>`;
}
