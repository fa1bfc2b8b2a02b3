import { overrulerOf, ruleTable, type CheckContext, type Finding, type Severity } from '@chengmen/checks';
import { html, type SafeHtml } from '@chengmen/html';
import { reviewStages, stages, writePermission, type Permission } from '@chengmen/model';
import type { Revision } from '@chengmen/revision';
import { at, tokenField, type DeskPage } from './frame.ts';

export const severityNames: Record<Severity, { zh: string; en: string }> = {
  must: { zh: '必须改', en: 'must' },
  should: { zh: '应当改', en: 'should' },
  hint: { zh: '提示', en: 'hint' },
};

/** Names of fields as the editor's form has them. */
const fieldNames: Readonly<Record<string, string>> = {
  title: '标题',
  channel: '栏目',
  date: '发布时间',
  source: '来源',
  author: '作者',
  summary: '摘要',
  keywords: '关键词',
  image: '题图',
  attachments: '附件',
  translates: '译自',
  body: '正文',
  answer: '答复',
  alt: '替代文字',
  file: '文件',
};

/** What the checks found, the graver first, and what was decided about it; with forms where the revision and its overrulers are known. */
export function findingList(
  findings: readonly Finding[],
  decide?: (finding: Finding) => SafeHtml | undefined,
): SafeHtml {
  if (findings.length === 0)
    return html`<p class="good">没有发现问题。<span lang="en">The checks found nothing.</span></p>`;
  return html`<ul class="findings">
    ${findings.map((finding) => oneFinding(finding, decide?.(finding)))}
  </ul>`;
}

function oneFinding(finding: Finding, decision: SafeHtml | undefined): SafeHtml {
  const { id, rule, severity, where, shown, message, suggestion, overruled } = finding;
  const { zh, en } = ruleTable[rule];
  return html`<li class="${overruled ? 'overruled' : severity}" id="finding-${id}">
    <p>
      <b>${overruled ? '已放行' : severityNames[severity].zh}</b> ${zh}（${fieldNames[where.field] ?? where.field}）${
        shown !== '' && html`<q>${shown}</q>`
      }${suggestion !== undefined && suggestion !== shown && html` → <q>${suggestion}</q>`}
    </p>
    <p>${message.zh}<span lang="en">${en}: ${message.en}</span></p>
    ${overruled && html`<blockquote>${overruled.by}，${at(overruled.at)}：${overruled.reason}</blockquote>`} ${decision}
  </li>`;
}

export interface FindingSection {
  readonly findings: readonly Finding[];
  readonly shown: Revision;
  readonly context: Pick<CheckContext, 'settings'>;
  readonly allowed: (permission: Permission) => boolean;
  readonly contributors: ReadonlySet<string>;
}

const reviews = reviewStages.map((stage) => stages[stage].permission);

/** The checks on an item's page: for its writer before submission, for its reviewers, and for whoever reads it later. */
export function findingSection(page: DeskPage, section: FindingSection): SafeHtml {
  const { findings, shown } = section;
  const count = (severity: Severity): number =>
    findings.filter((one) => one.severity === severity && !one.overruled).length;
  return html`<section id="checks">
    <h2>
      写稿检查
      <small
        >必须改 ${count('must')}，应当改 ${count('should')}，提示 ${count('hint')}，已放行
        ${findings.filter(({ overruled }) => overruled).length}</small
      >
    </h2>
    ${findingList(findings, shown.state === 'superseded' ? undefined : (finding) => decision(page, section, finding))}
    <p><a href="/items/${shown.item}?revision=${shown.revision}&links=ask#checks">检查站外链接是否打得开</a></p>
  </section>`;
}

function decision(page: DeskPage, section: FindingSection, finding: Finding): SafeHtml | undefined {
  const { shown } = section;
  const { id, rule, overruled } = finding;
  const mayReview = reviews.some(section.allowed);
  const mayDecide = mayReview || section.allowed(writePermission(shown.kind));
  if (!mayDecide) return undefined;
  const bound = html`${tokenField(page)}<input type="hidden" name="hash" value="${shown.hash}" /><input
      type="hidden"
      name="finding"
      value="${id}"
    />`;
  if (overruled)
    return html`<form method="post" action="/revisions/${shown.revision}/withdraw-overrule">
      ${bound}<button class="quiet">收回放行</button>
    </form>`;
  const who = overrulerOf(rule, section.context);
  if (who === 'nobody') return undefined;
  if (who === 'reviewer' && (!mayReview || section.contributors.has(page.actor.account)))
    return html`<p>
      须由没有参与撰写的审核人放行。<span lang="en">A reviewer who wrote none of it may overrule this.</span>
    </p>`;
  return html`<details>
    <summary>放行</summary>
    <form method="post" action="/revisions/${shown.revision}/overrule">
      ${bound}
      <p>
        <label for="reason-${id}">为什么可以保留（审核和审计人员会看到）</label
        ><input id="reason-${id}" name="reason" required minlength="4" maxlength="500" />
      </p>
      <p><button class="quiet">放行</button></p>
    </form>
  </details>`;
}
