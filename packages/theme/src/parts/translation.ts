import { html, type SafeHtml } from '@chengmen/html';
import type { Source } from '@chengmen/model';
import type { DocumentItem } from '../pages/document.ts';
import { wordsOf } from '../words.ts';

/** Before a translation whose original was changed after it: which of the two holds. */
export function translationNotice(source: Source, { fields, editions }: DocumentItem): SafeHtml | undefined {
  const t = wordsOf(source);
  const original = fields.translates === undefined || !t.foreign ? undefined : source.item(fields.translates);
  const changed = original?.state === 'live' ? original.editions?.at(-1)?.on : undefined;
  if (changed === undefined || changed <= (editions?.at(-1)?.on ?? fields.date.slice(0, 10))) return undefined;
  return html`<aside class="archived" aria-label="${t('语言')}">
    <p>${t('中文版其后有修改（{day}），以中文版为准。', { day: t.day(changed) })}</p>
  </aside>`;
}
