import type { ItemPage, LiveChannel } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { kindNames, mayAnywhere, type Kind } from '@chengmen/model';
import { itemAddress, type ItemQuery } from '../item-query.ts';
import { at, frame, itemStates, revisionStates, type DeskPage } from './frame.ts';

export interface ItemListState extends ItemPage {
  readonly query: ItemQuery;
  readonly channels: readonly LiveChannel[];
}

/** The columns and what each is sorted by; time begins with the newest. */
const columns = [
  ['title', '标题'],
  ['kind', '类别'],
  ['state', '公众所见'],
  ['newest', '最新修订'],
  ['author', '作者'],
  ['changed', '时间'],
] as const;

const orders = [
  ['-changed', '最近改的在前'],
  ['changed', '最早改的在前'],
  ...columns.slice(0, -1).flatMap(
    ([name, zh]) =>
      [
        [name, `按${zh}`],
        [`-${name}`, `按${zh}，倒序`],
      ] as const,
  ),
] as const;

/** Items by filters, words and order, all of them in the address. */
export function itemListPage(page: DeskPage, state: ItemListState): SafeHtml {
  const { items, previous, next, query } = state;
  return frame(
    page,
    '条目',
    html`${filterForm(state)}
      ${
        items.length === 0
          ? nothing(page, query)
          : html`<table class="list">
              <thead>
                <tr>
                  ${columns.map(([name, zh]) => heading(query, name, zh))}
                </tr>
              </thead>
              <tbody>
                ${items.map(
                  (item) =>
                    html`<tr>
                      <td><a href="/items/${item.item}">${item.title}</a></td>
                      <td>${kindNames[item.kind].zh}</td>
                      <td>${itemStates[item.state]}</td>
                      <td>${revisionStates[item.newestState]}</td>
                      <td>${item.authorName}</td>
                      <td>${at(item.changedAt)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
      <nav class="pages" aria-label="翻页">
        ${previous && html`<a rel="prev" href="${itemAddress({ ...query, after: '', before: previous })}">上一页</a>`}
        ${next && html`<a rel="next" href="${itemAddress({ ...query, before: '', after: next })}">下一页</a>`}
      </nav>`,
  );
}

function filterForm({ query, channels }: ItemListState): SafeHtml {
  const option = (value: string, text: string, chosen: string): SafeHtml =>
    html`<option value="${value}" ${value === chosen ? html` selected` : undefined}>${text}</option>`;
  const select = (name: keyof ItemQuery, label: string, options: readonly (readonly [string, string])[]): SafeHtml =>
    html`<label
      >${label}
      <select name="${name}">
        ${options.map(([value, text]) => option(value, text, query[name]))}
      </select></label
    >`;
  const all = ['', '全部'] as const;
  return html`<form class="filter" method="get" action="/items" role="search" aria-label="筛选条目">
    <label
      >标题里的字 <input type="search" name="words" value="${query.words}" maxlength="200" autocomplete="off"
    /></label>
    ${select('kind', '类别', [all, ...(Object.keys(kindNames) as Kind[]).map((kind) => [kind, kindNames[kind].zh] as const)])}
    ${select('channel', '栏目及其下级', [all, ...channels.map(({ id, name, depth }) => [id, `${'　'.repeat(depth)}${name}`] as const)])}
    ${select('state', '公众所见', [all, ...Object.entries(itemStates)])}
    ${select('revision', '最新修订', [all, ...Object.entries(revisionStates)])}
    <label>作者 <input name="author" value="${query.author}" maxlength="200" autocomplete="off" /></label>
    ${select(
      'sort',
      '排序',
      orders.map(([value, text]) => [value === '-changed' ? '' : value, text] as const),
    )}
    <button class="quiet">筛选</button>
    ${isFiltered(query) && html`<a class="clear" href="${itemAddress({ sort: query.sort })}">清除筛选</a>`}
  </form>`;
}

/** A heading sorts by its column; again, the other way round. */
function heading(query: ItemQuery, name: (typeof columns)[number][0], zh: string): SafeHtml {
  const now = query.sort || '-changed';
  const sorted = now.replace(/^-/, '') === name;
  const turned = sorted ? (now.startsWith('-') ? name : `-${name}`) : name === 'changed' ? '-changed' : name;
  const address = itemAddress({ ...query, sort: turned === '-changed' ? '' : turned, after: '', before: '' });
  const way = now.startsWith('-') ? 'descending' : 'ascending';
  return html`<th scope="col" ${sorted ? html` aria-sort="${way}"` : undefined}>
    <a href="${address}">${zh}${sorted && html`<span aria-hidden="true">${way === 'ascending' ? '▲' : '▼'}</span>`}</a>
  </th>`;
}

const isFiltered = ({ words, kind, channel, state, revision, author }: ItemQuery): boolean =>
  [words, kind, channel, state, revision, author].some((value) => value !== '');

function nothing({ actor }: DeskPage, query: ItemQuery): SafeHtml {
  if (query.after !== '' || query.before !== '')
    return html`<p class="empty">
      这里没有了。<a href="${itemAddress({ ...query, after: '', before: '' })}">回到第一页</a
      ><span lang="en">Nothing further. Back to the first page.</span>
    </p>`;
  if (isFiltered(query))
    return html`<p class="empty">
      没有符合的条目。标题里的字少写几个，或<a href="${itemAddress({ sort: query.sort })}">清除筛选</a
      >；正文里的字请到门户检索。<span lang="en"
        >No item matches. Try fewer words or clear the filters; words of the text are found by the portal’s
        search.</span
      >
    </p>`;
  return html`<p class="empty">
    还没有条目。${mayAnywhere(actor, 'item.write') && html`<a href="/items/new">写第一篇</a>`}<span lang="en"
      >There are no items yet.</span
    >
  </p>`;
}
