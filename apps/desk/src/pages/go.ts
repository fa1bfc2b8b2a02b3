import { html, type SafeHtml } from '@chengmen/html';
import { goGroups, type GoPlace } from '../go-places.ts';
import { frame, type DeskPage } from './frame.ts';

/** Where one may go, by words: what the palette shows, as a page. */
export function goPage(
  page: DeskPage,
  { words, places }: { readonly words: string; readonly places: readonly GoPlace[] },
): SafeHtml {
  const groups = Map.groupBy(places, ({ group }) => group);
  return frame(
    page,
    '查找、前往',
    html`<form class="filter" method="get" action="/go">
        <p>
          <label for="words">界面、栏目，或条目的标题、编号</label
          ><input id="words" name="words" value="${words}" maxlength="100" />
        </p>
        <p><button>查找</button></p>
      </form>
      ${
        places.length === 0
          ? html`<p class="empty">没有找到。<span lang="en">Nothing found.</span></p>`
          : [...groups].map(
              ([group, all]) =>
                html`<h2>${goGroups[group]}</h2>
                  <ul>
                    ${all.map(({ name, detail, href }) => html`<li><a href="${href}">${name}</a> <small>${detail}</small></li>`)}
                  </ul>`,
            )
      }`,
  );
}
