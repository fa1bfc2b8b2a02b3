import type { EventPage, Hold, LiveChannel, LoggedEvent } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import type { Account } from '@chengmen/identity';
import { auditAddress, filtersOf, isFiltered, type AuditQuery } from '../audit-query.ts';
import { actKinds, actName, actNames, commandsOf, detailOf, type ActKind } from '../audit-words.ts';
import { at, frame, type DeskPage } from './frame.ts';
import { holdTable } from './releases.ts';

/** Who did something, by account: its name, or what the house calls one without an account. */
export type Names = ReadonlyMap<string, string>;

export interface AuditState extends EventPage {
  readonly query: AuditQuery;
  readonly channels: readonly LiveChannel[];
  readonly accounts: readonly Account[];
  readonly names: Names;
  /** Every time the site was held at an earlier release. */
  readonly holds: readonly Hold[];
}

/** The log of events: filters, all of them in the address, newest first. */
export function auditPage(page: DeskPage, state: AuditState): SafeHtml {
  const { events, newer, older, query, holds } = state;
  const filters = filtersOf(query);
  const [first, last] = [events[0]?.seq, events.at(-1)?.seq];
  return frame(
    page,
    '审计',
    html`${auditTabs('/audit')}
      ${
        page.emergencies.ever > 0 &&
        html`<p>
          紧急上线共 <a href="/emergencies">${page.emergencies.ever} 次</a>，待补审 ${page.emergencies.waiting} 件，超时
          ${page.emergencies.late} 件。
          <span lang="en">Publications before their reviews: ${page.emergencies.ever}.</span>
        </p>`
      }
      ${holds.length > 0 && !isFiltered(query) && !newer && holdTable(page, holds)} ${filterForm(state)}
      ${events.length === 0 ? nothing(query) : eventTable(state)}
      <nav class="pages" aria-label="翻页">
        ${newer && html`<a href="${auditAddress(filters)}">最新</a>`}
        ${newer && first !== undefined && html`<a rel="prev" href="${auditAddress({ ...filters, after: String(first) })}">较新的</a>`}
        ${older && last !== undefined && html`<a rel="next" href="${auditAddress({ ...filters, before: String(last) })}">较早的</a>`}
      </nav>
      ${events.length > 0 && exports(filters)}`,
  );
}

/** The pages of the audit. */
export function auditTabs(now: string): SafeHtml {
  const tab = (href: string, zh: string, en: string): SafeHtml =>
    html`<li>
      <a href="${href}" ${href === now ? html` aria-current="page"` : undefined}>${zh} <span lang="en">${en}</span></a>
    </li>`;
  return html`<nav class="tabs" aria-label="审计">
    <ul>
      ${tab('/audit', '事件', 'Events')} ${tab('/audit/refused', '被拒绝与放行', 'Refused and let pass')}
      ${tab('/audit/chain', '校验事件链', 'Verify the chain')}
    </ul>
  </nav>`;
}

function filterForm({ query, channels, accounts, names }: AuditState): SafeHtml {
  const option = (value: string, text: string, chosen: string): SafeHtml =>
    html`<option value="${value}" ${value === chosen ? html` selected` : undefined}>${text}</option>`;
  const known = accounts.map(({ account, name, username }) => [account, `${name}（${username}）`] as const);
  const others = [...names].filter(([account]) => !accounts.some((one) => one.account === account));
  const people = [...known, ...others];
  const who =
    query.who === '' || people.some(([account]) => account === query.who) ? [] : [[query.who, query.who] as const];
  return html`<form class="filter" method="get" action="/audit" role="search" aria-label="筛选事件">
    <label
      >人员
      <select name="who">
        ${option('', '全部', query.who)} ${[...who, ...people].map(([value, text]) => option(value, text, query.who))}
      </select></label
    >
    <label
      >做了什么
      <select name="act">
        ${option('', '全部', query.act)}
        ${(Object.keys(actKinds) as ActKind[]).map(
          (kind) =>
            html`<optgroup label="${actKinds[kind].zh} ${actKinds[kind].en}">
              ${option(kind, `${actKinds[kind].zh}：全部`, query.act)}
              ${(commandsOf(kind) ?? []).map((name) => option(name, actName(name), query.act))}
            </optgroup>`,
        )}
      </select></label
    >
    <label
      >条目编号或门户地址
      <input name="item" value="${query.item}" maxlength="300" autocomplete="off" spellcheck="false"
    /></label>
    <label
      >栏目及其下级
      <select name="channel">
        ${option('', '全部', query.channel)}
        ${channels.map(({ id, name, depth }) => option(id, `${'　'.repeat(depth)}${name}`, query.channel))}
      </select></label
    >
    <label>从 <input type="date" name="from" value="${query.from}" /></label>
    <label>至 <input type="date" name="to" value="${query.to}" /></label>
    <button class="quiet">筛选</button>
    ${isFiltered(query) && html`<a class="clear" href="/audit">清除筛选</a>`}
  </form>`;
}

function eventTable({ events, names }: AuditState): SafeHtml {
  return html`<table class="list">
    <caption class="unseen">
      事件，最新的在前
    </caption>
    <thead>
      <tr>
        ${['序号', '时间', '谁', '做了什么', '条目', '原文'].map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${events.map((event) => eventRow(event, names))}
    </tbody>
  </table>`;
}

function eventRow(event: LoggedEvent, names: Names): SafeHtml {
  const { seq, account, command, item, title, payload, hash, previous_hash: previous } = event;
  return html`<tr id="e${seq}">
    <td class="number">${seq}</td>
    <td>${at(event.at)}</td>
    <td><a href="/audit/people/${account}">${names.get(account) ?? account}</a></td>
    <td>
      ${actName(command)} <small lang="en">${Object.hasOwn(actNames, command) ? actNames[command]?.en : ''}</small>
      <span class="detail">${detailOf(event)}</span>
    </td>
    <td>${item !== null && html`<a href="/audit/items/${item}">${title ?? item}</a>`}</td>
    <td>
      <details>
        <summary>查看 <span class="unseen">第 ${seq} 条</span></summary>
        <p><code>${command}</code></p>
        <code class="payload">${payload}</code>
        <p>哈希 <code>${hash}</code></p>
        <p>上一条 <code>${previous}</code></p>
      </details>
    </td>
  </tr>`;
}

/** What the list shows, to take along. */
export function exports(filters: AuditQuery): SafeHtml {
  return html`<section>
    <h2>导出 <small lang="en">Export</small></h2>
    <p class="buttons">
      <a class="button quiet" href="${auditAddress(filters, '/audit.jsonl')}" download>带证明导出</a>
      <a class="button quiet" href="${auditAddress(filters, '/audit.csv')}" download>导出 CSV</a>
    </p>
    <p>
      带证明的文件含这段时间的全部事件，筛出的另有标记；不用数据库即可校验：<code>chengmen audit verify 文件</code>。CSV
      只有筛出的，供阅读，不能校验。
      <span lang="en"
        >The file with its proof holds every event of the stretch, those asked for marked, and is verified without the
        database. CSV is for reading and proves nothing.</span
      >
    </p>
  </section>`;
}

function nothing(query: AuditQuery): SafeHtml {
  if (query.before !== '' || query.after !== '')
    return html`<p class="empty">
      这里没有了。<a href="${auditAddress(filtersOf(query))}">回到最新的</a
      ><span lang="en">Nothing further. Back to the newest.</span>
    </p>`;
  return html`<p class="empty">
    没有符合的事件。${isFiltered(query) && html`<a href="/audit">清除筛选</a>`}<span lang="en">No event matches.</span>
  </p>`;
}
