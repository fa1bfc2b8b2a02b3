import { actColumns, type ActColumn, type Acts, type Done } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import type { Account } from '@chengmen/identity';
import { roleNames } from '@chengmen/model';
import { auditAddress, auditQuery, filtersOf } from '../audit-query.ts';
import { auditTabs, exports, type Names } from './audit.ts';
import { at, frame, type DeskPage } from './frame.ts';

const columns: Record<ActColumn, string> = {
  wrote: '写',
  saw: '看过预览',
  reviewed: '审',
  published: '上线',
  withdrew: '撤回',
};

export const actsAtOnce = 50;

/** Who wrote, saw, reviewed, published and withdrew one item, and when last. */
export function itemActsPage(
  page: DeskPage,
  { item, title, acts, names }: { item: string; title: string; acts: readonly Acts[]; names: Names },
): SafeHtml {
  const filters = filtersOf(auditQuery({ item }));
  return frame(
    page,
    `审计：${title}`,
    html`${auditTabs('')}
      <p class="facts">
        条目 <code>${item}</code>　<a href="/items/${item}">看条目</a>　<a href="${auditAddress(filters)}">逐条事件</a>
      </p>
      ${seenNote}
      ${actsTable(
        '谁做过什么',
        '谁',
        acts,
        ({ key }) => html`<a href="/audit/people/${key}">${names.get(key) ?? key}</a>`,
        ({ key }) => auditAddress({ who: key, item }),
      )}
      ${acts.length > 0 && exports(filters)}`,
  );
}

/** What one account wrote, saw, reviewed, published and withdrew, the latest first. */
export function personActsPage(
  page: DeskPage,
  {
    account,
    name,
    known,
    acts,
    older,
  }: { account: string; name: string; known: Account | undefined; acts: readonly Acts[]; older: boolean },
): SafeHtml {
  const filters = filtersOf(auditQuery({ who: account }));
  const last = acts.at(-1)?.newest;
  return frame(
    page,
    `审计：${name}`,
    html`${auditTabs('')}
      <p class="facts">
        ${known ? html`账号 <code>${known.username}</code>　${rolesOf(known)}` : html`<code>${account}</code>`}　<a
          href="${auditAddress(filters)}"
          >逐条事件，连同对其账号所做的</a
        >
      </p>
      ${seenNote}
      ${actsTable(
        '对哪些条目做过什么，最近的在前',
        '条目',
        acts,
        ({ key, title }) => html`<a href="/audit/items/${key}">${title ?? key}</a>`,
        ({ key }) => auditAddress({ who: account, item: key }),
      )}
      <nav class="pages" aria-label="翻页">
        ${older && last !== undefined && html`<a rel="next" href="/audit/people/${account}?before=${last}">较早的</a>`}
      </nav>
      ${exports(filters)}`,
  );
}

/** What the log knows of looking, and what it does not. */
const seenNote = html`<p class="notice">
  “看过预览”是审核链上的人打开过某一修订的预览（同一页面记一次）。只打开条目页、列表、对照，或由审计、运维打开的，没有记录。
  <span lang="en"
    >“Saw” means that somebody of the chain opened the preview of a revision, once for each page shown. Opening the
    item’s page, a list or a comparison is not recorded, nor what auditors and operators look at.</span
  >
</p>`;

function actsTable(
  caption: string,
  heading: string,
  acts: readonly Acts[],
  nameOf: (one: Acts) => SafeHtml,
  eventsOf: (one: Acts) => string,
): SafeHtml {
  if (acts.length === 0) return html`<p class="empty">没有记录。<span lang="en">Nothing is recorded.</span></p>`;
  return html`<div class="screen" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${heading}</th>
          ${actColumns.map((name) => html`<th scope="col">${columns[name]}</th>`)}
          <th scope="col">事件</th>
        </tr>
      </thead>
      <tbody>
        ${acts.map(
          (one) =>
            html`<tr>
              <th scope="row">${nameOf(one)}</th>
              ${actColumns.map((name) => html`<td>${done(one[name])}</td>`)}
              <td><a href="${eventsOf(one)}" aria-label="逐条，到第 ${one.newest} 条">逐条</a></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const done = ({ times, last }: Done): SafeHtml | string =>
  last === null ? '—' : html`${times} 次<br /><small>${at(last)}</small>`;

/** Roles held now; for a part of the site, which. */
function rolesOf({ grants }: Account): string {
  if (grants.length === 0) return '现无角色';
  return `现任：${grants.map(({ role, channel }) => roleNames[role].zh + (channel === null ? '' : `（${channel}）`)).join('、')}`;
}
