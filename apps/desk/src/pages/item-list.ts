import type { ItemFilter, ListedItem } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { kindNames, type Kind } from '@chengmen/model';
import { at, frame, itemStates, revisionStates, type DeskPage } from './frame.ts';

export function itemListPage(
  page: DeskPage,
  state: {
    readonly items: readonly ListedItem[];
    readonly more: boolean;
    readonly filter: ItemFilter;
    readonly channels: readonly { id: string; name: string }[];
  },
): SafeHtml {
  const { items, more, filter, channels } = state;
  const option = (value: string, text: string, chosen: string | undefined): SafeHtml =>
    html`<option value="${value}" ${value === (chosen ?? '') ? html` selected` : undefined}>${text}</option>`;
  const address = (offset: number): string =>
    `/items?${new URLSearchParams({ kind: filter.kind ?? '', channel: filter.channel ?? '', state: filter.state ?? '', offset: String(offset) }).toString()}`;
  return frame(
    page,
    '条目',
    html`<form class="filter" method="get" action="/items">
        <label
          >类别
          <select name="kind">
            ${option('', '全部', filter.kind)}${(Object.keys(kindNames) as Kind[]).map((kind) => option(kind, kindNames[kind].zh, filter.kind))}
          </select></label
        >
        <label
          >栏目
          <select name="channel">
            ${option('', '全部', filter.channel)}${channels.map(({ id, name }) => option(id, name, filter.channel))}
          </select></label
        >
        <label
          >状态
          <select name="state">
            ${option('', '全部', filter.state)}${Object.entries(itemStates).map(([value, text]) => option(value, text, filter.state))}
          </select></label
        >
        <button class="quiet">筛选</button>
      </form>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">标题</th>
            <th scope="col">类别</th>
            <th scope="col">公众所见</th>
            <th scope="col">最新修订</th>
            <th scope="col">作者</th>
            <th scope="col">时间</th>
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
      </table>
      <p class="pages">
        ${filter.offset > 0 && html`<a href="${address(Math.max(0, filter.offset - filter.limit))}">上一页</a>`}
        ${more && html`<a href="${address(filter.offset + filter.limit)}">下一页</a>`}
      </p>`,
  );
}
