import { ruleTable } from '@chengmen/checks';
import { html, type SafeHtml } from '@chengmen/html';
import type { RefusalLine } from '@chengmen/identity';
import { errorWords } from '@chengmen/model';
import type { KeptOverrule } from '@chengmen/proofreading';
import { actName } from '../audit-words.ts';
import { auditTabs, type Names } from './audit.ts';
import { at, frame, type DeskPage } from './frame.ts';

/** Commands that were refused, and findings of the checks that somebody let pass. */
export function refusedPage(
  page: DeskPage,
  state: {
    readonly refusals: readonly RefusalLine[];
    readonly older: boolean;
    readonly overrules: readonly KeptOverrule[];
    readonly names: Names;
  },
): SafeHtml {
  const { refusals, older, overrules, names } = state;
  const last = refusals.at(-1)?.id;
  return frame(
    page,
    '审计：被拒绝与放行',
    html`${auditTabs('/audit/refused')}
      ${listTable(
        '被拒绝的命令，最近的在前',
        ['时间', '谁', '想做什么', '原因'],
        refusals.map(
          (one) =>
            html`<tr>
              <td>${at(one.at)}</td>
              <td><a href="/audit/people/${one.account}">${names.get(one.account) ?? one.account}</a></td>
              <td>${actName(one.command)} <small>${one.command}</small></td>
              <td>${errorWords(one.code)?.zh} <small>${one.code}</small></td>
            </tr>`,
        ),
      )}
      <nav class="pages" aria-label="翻页">
        ${older && last !== undefined && html`<a rel="next" href="/audit/refused?before=${last}">较早的</a>`}
      </nav>
      ${listTable(
        '写稿检查中放行的',
        ['时间', '谁', '条目', '检查', '理由'],
        overrules.map(
          (one) =>
            html`<tr>
              <td>${at(one.at)}</td>
              <td>${one.by}</td>
              <td><a href="/audit/items/${one.item}">${one.item}</a></td>
              <td>${ruleName(one.rule)} <q>${one.shown}</q></td>
              <td>${one.reason}</td>
            </tr>`,
        ),
      )}`,
  );
}

function listTable(caption: string, columns: readonly string[], rows: readonly SafeHtml[]): SafeHtml {
  if (rows.length === 0)
    return html`<h2>${caption}</h2>
      <p>没有。<span lang="en">None.</span></p>`;
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
