import { html, type SafeHtml } from '@chengmen/html';

/** The field that asks the search page, with its label for ears. `id`: of the field. */
export function searchForm(id: string): SafeHtml {
  return html`<form class="search-form" role="search" aria-label="检索" action="/search.html">
    <div class="search-row">
      <label class="hidden" for="${id}">检索词</label
      ><input id="${id}" name="q" type="search" maxlength="200" autocomplete="off" required />
      <button class="button">搜索</button>
    </div>
  </form>`;
}
