import { html, type SafeHtml } from '@chengmen/html';
import { type Words } from '../words.ts';

/** The field that asks the search page, with its label for ears. `id`: of the field. */
export function searchForm(t: Words, id: string): SafeHtml {
  return html`<form class="search-form" role="search" aria-label="${t('检索')}" action="${t.root}/search.html">
    <div class="search-row">
      <label class="hidden" for="${id}">${t('检索词')}</label
      ><input id="${id}" name="q" type="search" maxlength="200" autocomplete="off" required />
      <button class="button">${t('搜索')}</button>
    </div>
  </form>`;
}
