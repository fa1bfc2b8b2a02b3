import type { LiveChannel } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { kindNames, may, stages, type Kind } from '@chengmen/model';
import type { ReviewTimes } from '@chengmen/revision';
import { tasks, type Due, type DueAt, type InboxQuery } from '../inbox-query.ts';
import { siteBase } from '../site-base.ts';
import { at, frame, problemBox, tokenField, type DeskPage } from './frame.ts';

export interface InboxRow extends DueAt {
  /** It waits on the site whose desk this is. */
  readonly own: boolean;
  /** It can be approved from here. */
  readonly reached: boolean;
  /** This person has opened its preview. */
  readonly seen: boolean;
  /** Open remarks on its item. */
  readonly remarks: number;
}

export interface InboxState {
  /** As much as was asked for, of all sites, oldest first. */
  readonly waiting: readonly InboxRow[];
  /** How many wait in all. */
  readonly all: number;
  readonly query: InboxQuery;
  readonly channels: readonly LiveChannel[];
  readonly times: ReviewTimes;
  readonly problem?: { readonly zh: string; readonly en: string } | undefined;
}

/** What waits for this person on all their sites, in all channels, oldest first, with its deadline; several approved at once where that is safe. */
export function inboxPage(page: DeskPage, state: InboxState): SafeHtml {
  const { waiting, all, problem } = state;
  return frame(
    page,
    '待我处理',
    html`${problemBox(problem)} ${all > 0 && filterForm(page, state)}
    ${waiting.length === 0 ? nothing(all) : table(page, state)} ${timesForm(page, state.times)}`,
  );
}

function nothing(all: number): SafeHtml {
  return all === 0
    ? html`<p class="empty">
        没有等着您的稿件。轮到您时会出现在这里；别的稿件都在<a href="/items">条目</a>里。
        <span lang="en"
          >Nothing is waiting for you; what will be appears here, everything else is among the items.</span
        >
      </p>`
    : html`<p class="empty">
        没有符合条件的，共有 ${all} 件等着您。<a href="/">全部</a
        ><span lang="en">None of the ${all} that wait for you.</span>
      </p>`;
}

function filterForm({ sites = [] }: DeskPage, { query, channels, waiting, all }: InboxState): SafeHtml {
  const select = (
    name: 'site' | 'task' | 'kind' | 'channel',
    label: string,
    options: readonly (readonly [string, string])[],
  ): SafeHtml =>
    html`<label
      >${label}
      <select name="${name}">
        ${[['', '全部'] as const, ...options].map(([value, words]) => html`<option value="${value}" ${value === query[name] ? html` selected` : undefined}>${words}</option>`)}
      </select></label
    >`;
  return html`<form class="filter" method="get" action="/" role="search" aria-label="筛选待办">
    ${
      sites.length > 0 &&
      select(
        'site',
        '网站',
        sites.map(({ site, name }) => [site, name] as const),
      )
    }
    ${select('task', '要做的', Object.entries(tasks))}
    ${select(
      'kind',
      '类别',
      (Object.keys(kindNames) as Kind[]).map((kind) => [kind, kindNames[kind].zh] as const),
    )}
    ${select(
      'channel',
      sites.length > 0 ? '本站栏目及其下级' : '栏目及其下级',
      channels.map(({ id, name, depth }) => [id, `${'　'.repeat(depth)}${name}`] as const),
    )}
    <label class="tick"
      ><input type="checkbox" name="late" value="yes" ${query.late ? html` checked` : undefined} /> 只看超时</label
    >
    <button class="quiet">筛选</button>
    <span role="status">${waiting.length}／${all} 件</span>
  </form>`;
}

/** Whether it may be approved with others; the command asks again. */
function isSafe({ reached, seen, remarks, task, kind, state }: InboxRow): boolean {
  return (
    reached &&
    Object.hasOwn(stages, task) &&
    state !== 'emergency' &&
    kind !== 'site' &&
    kind !== 'channel' &&
    seen &&
    remarks === 0
  );
}

function table(page: DeskPage, state: InboxState): SafeHtml {
  const anySafe = state.waiting.some(isSafe);
  const anyReview = state.waiting.some(({ reached, task }) => reached && Object.hasOwn(stages, task));
  const names = new Map(page.sites?.map(({ site, name }) => [site, name]));
  return html`<form method="post" action="/inbox/approve">
    ${tokenField(page)}
    <table class="list">
      <thead>
        <tr>
          ${anyReview && html`<th scope="col">选</th>`} ${names.size > 0 && html`<th scope="col">网站</th>`}
          <th scope="col">要做的</th>
          <th scope="col">标题</th>
          <th scope="col">类别</th>
          <th scope="col">作者</th>
          <th scope="col">等候自</th>
          <th scope="col">期限</th>
        </tr>
      </thead>
      <tbody>
        ${state.waiting.map((one) => row(one, { picks: anyReview, names }))}
      </tbody>
    </table>
    ${
      anyReview &&
      html`<p>
        <button ${!anySafe && html` disabled`}>通过所选</button>
        <small
          >看过预览、没有未处理批注、检查没有拦下的，可以一起通过；栏目、网站信息和紧急上线的要单独办理。<span lang="en"
            >Several at once: those whose preview you have opened, with no open remarks.</span
          ></small
        >
      </p>`
    }
  </form>`;
}

interface Columns {
  readonly picks: boolean;
  /** Of sites; empty where there is one alone. */
  readonly names: ReadonlyMap<string, string>;
}

function row(one: InboxRow, { picks, names }: Columns): SafeHtml {
  const { site, own, seen, remarks, revision, hash, item, task, title, kind, authorName, since } = one;
  const base = own ? '' : siteBase(site);
  const isReview = Object.hasOwn(stages, task);
  return html`<tr>
    ${picks && html`<td>${isSafe(one) && html`<input type="checkbox" name="pick" value="${site} ${revision} ${hash} ${task}" aria-label="选中：${title}" />`}</td>`}
    ${names.size > 0 && html`<td class="site">${names.get(site) ?? site}</td>`}
    <td><span class="task ${task}">${tasks[task]}</span></td>
    <td>
      <a href="${base}/items/${item}?revision=${revision}">${title}</a>
      ${isReview && html` 　<a href="${base}/preview/${revision}" aria-label="预览：${title}">预览</a>${seen && html`<small>（看过）</small>`}`}
      ${remarks > 0 && html` 　<small>${remarks} 条批注未处理</small>`}
    </td>
    <td>${kindNames[kind].zh}</td>
    <td>${authorName}</td>
    <td>${at(since)}</td>
    <td>${deadline(one)}</td>
  </tr>`;
}

function deadline({ dueOn, isLate }: Due): SafeHtml | string {
  if (dueOn === undefined) return '—';
  const day = dueOn.length > 10 ? at(dueOn) : html`<time datetime="${dueOn}">${dueOn}</time>`;
  return isLate ? html`<strong class="late">${day} 已超时</strong>` : day;
}

const timeNames = { first: '初审', second: '复审', final: '终审', rewrite: '退回后修改' } as const;

function timesForm(page: DeskPage, times: ReviewTimes): SafeHtml | undefined {
  if (!may(page.actor, 'review-times.change')) return undefined;
  return html`<details>
    <summary>各审期限（工作日） <span lang="en">Working days for each step</span></summary>
    <form class="filter" method="post" action="/review-times">
      ${tokenField(page)}
      ${Object.entries(timeNames).map(
        ([name, zh]) =>
          html`<label
            >${zh}
            <input type="number" name="${name}" min="1" max="60" required value="${times[name as keyof ReviewTimes]}"
          /></label>`,
      )}
      <button class="quiet">保存</button>
    </form>
  </details>`;
}
