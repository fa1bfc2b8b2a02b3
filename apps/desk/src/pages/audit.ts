import { ruleTable } from '@chengmen/checks';
import type { Hold } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import type { ChainReport, EventTable } from '@chengmen/ledger';
import type { KeptOverrule } from '@chengmen/proofreading';
import { at, frame, shortHash, type DeskPage } from './frame.ts';
import { holdTable } from './releases.ts';

export function auditPage(
  page: DeskPage,
  state: {
    readonly events: readonly EventTable[];
    readonly chain: ChainReport;
    readonly refusals: readonly { at: string; account: string; command: string; code: string }[];
    readonly names: ReadonlyMap<string, string>;
    /** Findings of the checks that somebody let pass. */
    readonly overrules: readonly KeptOverrule[];
    /** Every time the site was held at an earlier release. */
    readonly holds: readonly Hold[];
  },
): SafeHtml {
  const { events, chain, refusals, names, overrules, holds } = state;
  const who = (account: string): string => names.get(account) ?? account;
  return frame(
    page,
    '审计',
    html`${
      chain.broken
        ? html`<div class="problem" role="alert">
            <p>事件链在第 ${chain.broken.seq} 条断开：${chain.broken.problem}</p>
            <p lang="en">The event chain breaks at ${chain.broken.seq}.</p>
          </div>`
        : html`<p class="notice">
            事件链完整：${chain.events} 条，逐条校验通过。<span lang="en"
              >The chain of ${chain.events} events verifies.</span
            >
          </p>`
    }
    ${
      page.emergencies.ever > 0 &&
      html`<p>
        紧急上线共 <a href="/emergencies">${page.emergencies.ever} 次</a>，待补审 ${page.emergencies.waiting} 件，超时
        ${page.emergencies.late} 件。
        <span lang="en">Publications before their reviews: ${page.emergencies.ever}.</span>
      </p>`
    }
    ${holds.length > 0 && holdTable(page, holds)}
    ${listTable(
      '最近的事件',
      ['序号', '时间', '谁', '命令', '内容', '哈希'],
      events.map(
        (event) =>
          html`<tr>
            <td>${event.seq}</td>
            <td>${at(event.at)}</td>
            <td>${who(event.account)}</td>
            <td>${event.command}</td>
            <td><code class="payload">${event.payload}</code></td>
            <td>${shortHash(event.hash)}</td>
          </tr>`,
      ),
    )}
    ${
      overrules.length > 0 &&
      listTable(
        '写稿检查中放行的',
        ['时间', '谁', '条目', '检查', '理由'],
        overrules.map(
          (one) =>
            html`<tr>
              <td>${at(one.at)}</td>
              <td>${one.by}</td>
              <td><a href="/items/${one.item}">${one.item}</a></td>
              <td>${ruleName(one.rule)} <q>${one.shown}</q></td>
              <td>${one.reason}</td>
            </tr>`,
        ),
      )
    }
    ${listTable(
      '最近被拒绝的命令',
      ['时间', '谁', '命令', '原因'],
      refusals.map(
        (refusal) =>
          html`<tr>
            <td>${at(refusal.at)}</td>
            <td>${who(refusal.account)}</td>
            <td>${refusal.command}</td>
            <td>${refusal.code}</td>
          </tr>`,
      ),
    )}`,
  );
}

function listTable(caption: string, columns: readonly string[], rows: readonly SafeHtml[]): SafeHtml {
  return html`<table class="list">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** A rule that is no more is called by its id. */
const ruleName = (rule: string): string => Object.entries(ruleTable).find(([name]) => name === rule)?.[1].zh ?? rule;
