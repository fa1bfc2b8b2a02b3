import type { ChannelOverview, ChannelRow, UpdateState } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { mayAnywhere, mayWithin } from '@chengmen/model';
import { deskScripts } from '../desk-scripts.ts';
import { mayChange } from '../channel-places.ts';
import { frame, itemStates, problemBox, revisionStates, tokenField, type DeskPage } from './frame.ts';

export interface ChannelsState {
  readonly overview: ChannelOverview;
  /** Only channels of this light, in one list; of any where there is none of this name. */
  readonly light: string;
  readonly nonce: string;
  readonly problem: { readonly zh: string; readonly en: string } | undefined;
}

const lights = [
  ['red', '逾期或空'],
  ['amber', '将到期'],
  ['green', '正常'],
  ['none', '未设要求'],
] as const;

/** The tree with its numbers and lights; where somebody may, with what moves a channel. */
export function channelsPage(page: DeskPage, state: ChannelsState): SafeHtml {
  const { overview, light, nonce, problem } = state;
  const { channels, others, newest } = overview;
  const chosen = lights.find(([name]) => name === light);
  const shown = chosen ? channels.filter((row) => row.light === light) : channels;
  return frame(
    page,
    '栏目',
    html`<script src="${deskScripts.channels.path}" nonce="${nonce}" defer></script>
      ${problemBox(problem)}
      <p>
        首页：${lightOf(newest)}（要求两周内更新）。${mayAnywhere(page.actor, 'channel.write') && html`<a class="button quiet" href="/channels/new">新建栏目</a>`}
      </p>
      <nav class="lights" aria-label="按更新情况筛选">
        <a href="/channels" ${chosen ? undefined : html` aria-current="page"`}>全部 <b>${channels.length}</b></a>
        ${lights.map(
          ([name, zh]) =>
            html`<a href="/channels?light=${name}" ${name === light ? html` aria-current="page"` : undefined}
              ><span class="light ${name}">${zh}</span> <b>${channels.filter((row) => row.light === name).length}</b></a
            > `,
        )}
      </nav>
      ${
        shown.length === 0
          ? nothing(page, channels.length > 0)
          : html`<form class="tree" method="post" action="/channels">
              ${tokenField(page)}${
                chosen
                  ? html`<ul>
                      ${shown.map((row) => html`<li>${rowOf(page, row, false)}</li>`)}
                    </ul>`
                  : branch(page, shown, null)
              }
            </form>`
      }
      ${others.length > 0 && !chosen && otherChannels(others)}`,
  );
}

function nothing({ actor }: DeskPage, filtered: boolean): SafeHtml {
  if (filtered)
    return html`<p class="empty">
      没有这样的栏目。<a href="/channels">看全部</a><span lang="en">No channel is so.</span>
    </p>`;
  return html`<p class="empty">
    还没有开通的栏目。${mayAnywhere(actor, 'channel.write') && html`<a href="/channels/new">新建第一个</a>，送审、审定后开通。`}<span
      lang="en"
      >No channel is live yet.</span
    >
  </p>`;
}

/** Channels below one; the rows stand in the order of the tree. */
function branch(page: DeskPage, rows: readonly ChannelRow[], parent: string | null): SafeHtml {
  const under = Map.groupBy(rows, ({ fields }) => fields.parent);
  const list = (of: string | null, depth: number): SafeHtml =>
    html`<ul>
      ${(under.get(of) ?? []).map((row) =>
        row.children === 0
          ? html`<li>${rowOf(page, row, true)}</li>`
          : html`<li>
              ${rowOf(page, row, true)}
              <details ${depth === 0 ? html` open` : undefined}>
                <summary>${row.fields.name}的下级 ${row.children} 个</summary>
                ${list(row.id, depth + 1)}
              </details>
            </li>`,
      )}
    </ul>`;
  return list(parent, 0);
}

function rowOf({ actor }: DeskPage, row: ChannelRow, inTree: boolean): SafeHtml {
  const { id, fields, live, below, unfinished, pending } = row;
  const movable = inTree && mayChange(actor, row);
  return html`<div
    class="channel"
    data-channel="${id}"
    data-parent="${fields.parent ?? ''}"
    ${movable ? html` data-movable` : undefined}
  >
    <a href="/channels/${id}">${fields.name}</a> ${lightOf(row)}
    <a class="number" href="/items?channel=${id}&amp;state=live">${below} 篇</a
    >${below !== live && html`<small>（本级 ${live}）</small>`}
    ${unfinished > 0 && html`<small>在写在审 ${unfinished}</small>`}
    ${pending && html`<a class="task" href="/items/${id}?revision=${pending.revision}">改动${revisionStates[pending.state]}</a>`}
    ${!movable && mayWithin(actor, 'item.write', row.line) && html`<small>可写稿</small>`}
    ${
      movable &&
      html`<span class="order">
        <button class="quiet up" formaction="/channels/${id}/up" aria-label="上移 ${fields.name}">↑</button
        ><button class="quiet down" formaction="/channels/${id}/down" aria-label="下移 ${fields.name}">↓</button>
        <a href="/channels/${id}/move?parent=${fields.parent ?? ''}" aria-label="移到… ${fields.name}">移到…</a>
      </span>`
    }
  </div>`;
}

/** Told by words as well as by colour. */
export function lightOf({ light, days, left }: UpdateState): SafeHtml {
  const when = days === undefined ? '没有在线的文章' : days === 0 ? '今天更新' : `${days} 天前更新`;
  const more = left === undefined ? '' : left < 0 ? `，逾期 ${-left} 天` : light === 'amber' ? `，还剩 ${left} 天` : '';
  return html`<span class="light ${light}">${when}${more}</span>`;
}

function otherChannels(others: ChannelOverview['others']): SafeHtml {
  return html`<h2>未开通和已撤销的栏目 <small lang="en">Not live</small></h2>
    <ul>
      ${others.map(
        ({ id, name, state, newestState }) =>
          html`<li><a href="/items/${id}">${name}</a> ${itemStates[state]}，${revisionStates[newestState]}</li>`,
      )}
    </ul>`;
}
