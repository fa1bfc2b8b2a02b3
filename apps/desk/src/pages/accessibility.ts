import { html, type SafeHtml } from '@chengmen/html';
import {
  accessibilityResultNames,
  accessibilityResults,
  accessibilityStatement,
  changedFacts,
  may,
  type AccessibilityFact,
  type AccessibilityRecord,
  type FieldsOf,
} from '@chengmen/model';
import { frame, problemBox, revisionStates, tokenField, type DeskPage } from './frame.ts';

interface Known {
  readonly revision: string;
  readonly state: string;
  readonly fields: FieldsOf<'statement'>;
}

export interface AccessibilityState {
  /** What the tests found, as it would be signed now. */
  readonly record: AccessibilityRecord;
  /** What the public reads. */
  readonly signed: Known | undefined;
  /** What was signed since and is not live, whatever became of it. */
  readonly newest: Known | undefined;
  /** As typed: nothing is lost when signing is refused. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly problem?: { readonly zh: string; readonly en: string } | undefined;
}

export function accessibilityPage(page: DeskPage, state: AccessibilityState): SafeHtml {
  const { record, signed, problem } = state;
  return frame(
    page,
    '无障碍声明',
    html`${problemBox(problem)}
      <p>
        门户的无障碍声明由检验的结果生成，由人核对、补充、签署，经三审公布。<span lang="en"
          >The accessibility statement: made from tests, signed by a person, published through the three reviews.</span
        >
        <a href="${page.portal}/accessibility-statement.html" rel="noreferrer">公开页面</a>
      </p>
      ${standing(state)} ${since(signed?.fields, record)} ${may(page.actor, 'channel.write') && signForm(page, state)}
      <h2>检验的全部结果</h2>
      <p>${record.checkedOn} 检验，${record.tests} 项测试通过。${tally(record.facts)}</p>
      ${factTable(record.facts)}`,
  );
}

function standing({ signed, newest }: AccessibilityState): SafeHtml {
  const link = ({ revision, fields, state }: Known, words: string): SafeHtml =>
    html`<p>
      ${words}：${fields.signedBy} 签于 ${fields.signedOn}，依据 ${fields.checkedOn}
      的检验，${revisionStates[state]}。<a href="/items/${accessibilityStatement}?revision=${revision}">条目</a>
    </p>`;
  return html`${
    signed
      ? link(signed, '现行')
      : html`<p class="notice">还没有签署过，公开页面写明“尚未由人签署”。<span lang="en">Not signed yet.</span></p>`
  }${newest && link(newest, '最近一次签署')}`;
}

function since(signed: FieldsOf<'statement'> | undefined, { facts }: AccessibilityRecord): SafeHtml {
  const changed = changedFacts(signed?.facts ?? [], facts);
  if (signed && changed.length === 0)
    return html`<h2>签署之后的变化</h2>
      <p class="empty">检验的结果与现行签署的相同。<span lang="en">Nothing has changed since the signature.</span></p>`;
  if (!signed) return html`<p>下面 ${facts.length} 条都还没有人签过。</p>`;
  return html`<h2>签署之后的变化</h2>
    <table class="list">
      <thead>
        <tr>
          <th scope="col">条款</th>
          <th scope="col">签署时</th>
          <th scope="col">现在</th>
        </tr>
      </thead>
      <tbody>
        ${changed.map(
          ({ before, after }) =>
            html`<tr>
              <th scope="row">${nameOf(after ?? before)}</th>
              <td>${resultOf(before)}</td>
              <td>${resultOf(after)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function signForm(page: DeskPage, { record, signed, newest, typed }: AccessibilityState): SafeHtml {
  const last = (newest ?? signed)?.fields;
  const value = (name: string, before: string | undefined): string => typed?.[name] ?? before ?? '';
  const line = (name: string, label: string, before: string | undefined, extra?: SafeHtml): SafeHtml =>
    html`<p>
      <label for="${name}">${label}</label
      ><input id="${name}" name="${name}" value="${value(name, before)}" maxlength="200" ${extra} />
    </p>`;
  const limits = last?.limits.map(({ what, until }) => (until === undefined ? what : `${what}｜${until}`)).join('\n');
  return html`<h2>签署</h2>
    <form class="editor" method="post" action="/accessibility">
      ${tokenField(page)}<input type="hidden" name="checkedOn" value="${record.checkedOn}" />
      <p>
        <label for="limits">已知的不足（一行一条，可在｜后写预计解决的日期：2027-06-30）</label
        ><textarea id="limits" name="limits" rows="5">${value('limits', limits)}</textarea>
      </p>
      ${line('name', '联系人', last?.contact.name, html` required`)} ${line('phone', '联系电话', last?.contact.phone)}
      ${line('email', '电子邮箱', last?.contact.email, html` type="email"`)}
      <p class="check">
        <label
          ><input type="checkbox" name="read" value="yes" required />
          我已读过全部结果和上面的变化，核对过须由人判断的条款，以 ${page.actor.name} 的名义签署。</label
        >
      </p>
      <p><button>签署并送审</button></p>
    </form>`;
}

const nameOf = (fact: AccessibilityFact | undefined): SafeHtml | undefined =>
  fact && html`${fact.criterion} ${fact.zh} <span lang="en">${fact.en}</span>`;

const resultOf = (fact: AccessibilityFact | undefined): SafeHtml | string =>
  fact
    ? html`${accessibilityResultNames[fact.result].zh}${fact.left !== undefined && html`；须由人判断：${fact.left}`}`
    : '—';

function tally(facts: readonly AccessibilityFact[]): string {
  return accessibilityResults
    .map(
      (result) => [accessibilityResultNames[result].zh, facts.filter((fact) => fact.result === result).length] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count} 条`)
    .join('，');
}

function factTable(facts: readonly AccessibilityFact[]): SafeHtml {
  return html`<table class="list">
    <thead>
      <tr>
        <th scope="col">条款</th>
        <th scope="col">级别</th>
        <th scope="col">结果</th>
      </tr>
    </thead>
    <tbody>
      ${facts.map(
        (fact) =>
          html`<tr>
            <th scope="row">${nameOf(fact)}</th>
            <td>${fact.level}</td>
            <td>${resultOf(fact)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
