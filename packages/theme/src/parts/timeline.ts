import { html, type SafeHtml } from '@chengmen/html';
import { type Words } from '../words.ts';

export interface TimelineEvent {
  /** Civil date. */
  readonly date: string;
  readonly text: string;
  readonly done: boolean;
}

/** What happened and what is planned, oldest first; which of the two is said in words, not by colour alone. */
export function timeline(t: Words, events: readonly TimelineEvent[]): SafeHtml {
  const inOrder = [...events].sort((a, b) => (a.date < b.date ? -1 : 1));
  return html`<ol class="timeline">
    ${inOrder.map(
      ({ date, text, done }) =>
        html`<li class="${done ? 'done' : 'ahead'}">
          <p class="timeline-date">
            <time datetime="${date}">${t.day(date)}</time><span>${done ? t('已完成') : t('计划')}</span>
          </p>
          <p>${text}</p>
        </li> `,
    )}
  </ol>`;
}
