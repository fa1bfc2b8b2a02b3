import type { CheckContext, Finding } from '@chengmen/checks';
import type { IntakeRecord, MediaUse } from '@chengmen/content';
import { html, raw, sanitise, type SafeHtml } from '@chengmen/html';
import {
  kindNames,
  may,
  reviewStages,
  stages,
  writePermission,
  type Actor,
  type FieldsOf,
  type Permission,
  type ReviewStage,
} from '@chengmen/model';
import {
  emergencyHours,
  mayGoFirst,
  missingStage,
  scheduleAccount,
  titleIn,
  type Emergency,
  type ItemState,
  type PassageComment,
  type SeenPreview,
  type Revision,
  type Scheduled,
} from '@chengmen/revision';
import { fieldText, labelOf } from '../field-words.ts';
import { at, frame, itemStates, problemBox, revisionStates, shortHash, tokenField, type DeskPage } from './frame.ts';
import { editAt } from './editor.ts';
import { emergencyTable } from './emergencies.ts';
import { differenceSection, type DifferenceView } from './difference.ts';
import { findingSection } from './findings.ts';
import { remarksSection, type RemarksView } from './remarks.ts';
import { scheduleTable } from './schedule.ts';
import type { Probe } from '../removals.ts';
import { canCrop, usesList } from './media.ts';
import { shownFile } from './upload.ts';
import { probeSection } from './withdrawal.ts';

export interface ItemView {
  readonly state: ItemState;
  /** Newest first. */
  readonly history: readonly Revision[];
  readonly shown: Revision;
  readonly address: string | null;
  readonly intake: IntakeRecord | undefined;
  /** Where its mending is shown, when it was taken in at the desk. */
  readonly intakePage: { readonly run: number; readonly number: number } | undefined;
  /** What is planned for it, or was. */
  readonly scheduled: readonly Scheduled[];
  /** Publications of it before their reviews. */
  readonly emergencies: readonly Emergency[];
  /** What this person may do with the shown revision where it stands. The commands ask again. */
  readonly allowed: (permission: Permission) => boolean;
  /** Whose work the shown revision may hold: they review none of it. */
  readonly contributors: ReadonlySet<string>;
  readonly problem?: { readonly zh: string; readonly en: string } | undefined;
  /** What the shown revision changes in the live one, where it is another. */
  readonly compared?: Pick<DifferenceView, 'difference' | 'media' | 'titles'> | undefined;
  readonly comments: readonly PassageComment[];
  readonly seen: readonly SeenPreview[];
  /** A passage that was chosen for a remark. */
  readonly chosen?: RemarksView['chosen'];
  /** What the checks find in the shown revision. */
  readonly findings: readonly Finding[];
  readonly context: CheckContext;
  /** Of a picture or file: the pages that show it. */
  readonly uses: readonly MediaUse[];
  /** Whether what was withdrawn is gone; `unread`: the release that serves could not be read. */
  readonly probed?: Probe | 'unread' | undefined;
}

/** An item: what may be done with it, what the shown revision changes, who signed what, where it came from. */
export function itemPage(page: DeskPage, view: ItemView): SafeHtml {
  const { state, history, shown, address, intake } = view;
  const live = history.find(({ revision }) => revision === state.live);
  return frame(
    page,
    titleIn(shown.fields, shown.item),
    html`${problemBox(view.problem)}
      <p class="facts">
        ${kindNames[state.kind].zh}
        <code>${state.item}</code
        >　公众所见：<strong>${itemStates[state.state]}</strong>${page.hold.held && '（解除封存后；现在是退回的那一版）'}
        ${address && state.state === 'live' && html` 　<a href="${page.portal}${address}" rel="noreferrer">${address}</a>`}
        ${state.withdrawal && html` 　${state.withdrawal.on} 撤回：${state.withdrawal.reason}`}
        ${may(page.actor, 'audit.read') && html` 　<a href="/audit/items/${state.item}">谁看过、写过、审过</a>`}
      </p>
      ${view.probed && probeSection(state.item, view.probed, page.hold)} ${itemActions(page, view)}
      ${shown.kind !== 'site' && findingSection(page, view)}
      ${view.emergencies.length > 0 && emergencyTable(page, view.emergencies)} ${scheduleTable(page, view.scheduled)}
      <section>
        <h2>修订 ${shown.revision} <small>${revisionStates[shown.state]}</small></h2>
        <p>
          ${shown.authorName} 写于 ${at(shown.createdAt)}，内容哈希
          ${shortHash(shown.hash)}${
            shown.number >= (live?.number ?? 0) && html` 　<a href="/preview/${shown.revision}">按上线的样子预览</a>`
          }
        </p>
        ${shown.kind === 'media' && html`${shownFile(shown.revision, shown.fields as FieldsOf<'media'>)} ${usesList(view.uses)}`}
        ${
          live && live.revision !== shown.revision
            ? html`<p>
                  与在线修订 <a href="?revision=${live.revision}">${live.revision}</a> 相比（<a
                    href="/items/${shown.item}/difference?from=${live.revision}&amp;to=${shown.revision}&amp;as=side"
                    >左右对照</a
                  >）：
                </p>
                ${view.compared && differenceSection({ ...view.compared, before: live, after: shown }, 'inline')}`
            : fieldTable(shown)
        }
      </section>
      ${remarksSection(page, view)} ${intake && mending(intake, view.intakePage)}
      <section>
        <h2>历次修订与审签</h2>
        <ol class="history" reversed>
          ${history.map(
            (revision) =>
              html`<li>
                <a href="?revision=${revision.revision}">${revision.revision}</a>
                ${revisionStates[revision.state]}${
                  revision.revision !== shown.revision &&
                  html` 　<a
                      href="/items/${shown.item}/difference?from=${revision.number < shown.number ? revision.revision : shown.revision}&amp;to=${revision.number < shown.number ? shown.revision : revision.revision}"
                      >与所示修订比较</a
                    >`
                }　${revision.authorName}，${at(revision.createdAt)}，${shortHash(revision.hash)}
                ${seenBy(view.seen.filter((one) => one.revision === revision.revision))}
                ${revision.author === scheduleAccount && html`<br /><small>依<a href="/items/site">网站信息</a>的常设审定自动公布，不逐件审签。</small>`}
                ${
                  revision.reviews.length > 0 &&
                  html`<ul>
                    ${revision.reviews.map(
                      (review) =>
                        html`<li>
                          ${stages[review.stage].zh}${review.decision === 'approve' ? '通过' : '退回'}：${review.name}，${at(review.at)}，所签
                          ${shortHash(review.hash)}${review.comment && html`<blockquote>${review.comment}</blockquote>`}
                        </li>`,
                    )}
                  </ul>`
                }
              </li>`,
          )}
        </ol>
      </section>`,
  );
}

function seenBy(seen: readonly SeenPreview[]): SafeHtml | undefined {
  if (seen.length === 0) return undefined;
  return html`<br /><small
      >看过预览：${seen.map(({ name, at: when, page }) => html`${name}（${at(when)}${page !== '' && html`，页面 ${shortHash(page)}`}）　 `)}</small
    >`;
}

/** The stage this person may decide on this revision, if any. The command asks again. */
function stageFor(
  actor: Actor,
  { shown: revision, allowed, contributors, emergencies }: ItemView,
): ReviewStage | undefined {
  if (contributors.has(actor.account) || revision.reviews.some(({ account }) => account === actor.account))
    return undefined;
  if (revision.state === 'emergency') {
    const waits = emergencies.some((one) => one.revision === revision.revision && one.state === 'waiting');
    const missing = waits ? missingStage(revision.reviews) : undefined;
    return missing !== undefined && allowed(stages[missing].permission) ? missing : undefined;
  }
  return reviewStages.find((stage) => stages[stage].from === revision.state && allowed(stages[stage].permission));
}

/** What this person may do with the shown revision, as forms. */
export function itemActions(page: DeskPage, view: ItemView): SafeHtml {
  const { actor } = page;
  const { state, shown, allowed } = view;
  const stage = stageFor(actor, view);
  const bound = html`${tokenField(page)}<input type="hidden" name="hash" value="${shown.hash}" />`;
  return html`<div class="actions">
    ${shown.state === 'draft' && shown.author === actor.account && html`<form method="post" action="/revisions/${shown.revision}/submit">${bound}<button>送审</button></form>`}
    ${allowed(writePermission(shown.kind)) && html`<a class="button quiet" href="${editAt(shown)}">${shown.state === 'draft' && shown.author === actor.account ? '继续写' : '写新修订'}</a>`}
    ${(shown.kind === 'topic' || shown.kind === 'channel') && allowed(writePermission(shown.kind)) && html`<a class="button quiet" href="/pages/${state.item}">编辑版面</a>`}
    ${shown.kind === 'media' && allowed(writePermission(shown.kind)) && canCrop(shown.fields as FieldsOf<'media'>) && html`<a class="button quiet" href="/media/${state.item}/crop">裁剪、焦点</a>`}
    ${shown.kind === 'media' && allowed(writePermission(shown.kind)) && html`<a class="button quiet" href="/media/${state.item}/replace">换掉</a>`}
    ${
      stage &&
      html`<form class="review" method="post" action="/revisions/${shown.revision}/review">
        ${bound}<input type="hidden" name="stage" value="${stage}" />
        <p>
          <label for="comment">意见（退回必填）</label
          ><textarea id="comment" name="comment" rows="2" maxlength="2000"></textarea>
        </p>
        ${
          stage === 'final' &&
          shown.state !== 'emergency' &&
          html`<p>
            <label for="at">定时上线（北京时间；不填即刻上线）</label><input id="at" name="at" type="datetime-local" />
          </p>`
        }
        <p>
          <button name="decision" value="approve">${stages[stage].zh}通过</button>
          <button class="danger" name="decision" value="return">退回</button>
        </p>
      </form>`
    }
    ${
      mayGoFirst(shown, actor.account) &&
      allowed('item.publish-emergency') &&
      html`<details class="withdraw">
        <summary>紧急上线</summary>
        <form method="post" action="/revisions/${shown.revision}/emergency">
          ${bound}
          <p>
            不等三审，即刻上线；记入审计，${emergencyHours} 小时内必须由其他人补审。<span lang="en"
              >Live at once, before its reviews; others must review it within ${emergencyHours} hours.</span
            >
          </p>
          <p>
            <label for="why">为什么不能等（至少 10 个字）</label
            ><input id="why" name="reason" required minlength="10" maxlength="500" />
          </p>
          <p><button class="danger">紧急上线</button></p>
        </form>
      </details>`
    }
    ${
      state.state === 'live' &&
      state.kind !== 'site' &&
      allowed('item.withdraw') &&
      html`<a class="button quiet" href="/items/${state.item}/withdraw">撤回…</a>`
    }
  </div>`;
}

function fieldTable({ kind, fields }: Revision): SafeHtml {
  return html`<table class="fields">
    <tbody>
      ${Object.entries(fields).map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${labelOf(kind, name)}</th>
            <td>${isMarkup(name, value) ? shownMarkup(value) : fieldText(kind, name, value) || '—'}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const isMarkup = (name: string, value: unknown): value is string =>
  (name === 'body' || name === 'answer') && typeof value === 'string';

/** A text as it reads, cleaned once more; its pictures and links to items lead to those of the desk. */
function shownMarkup(body: string): SafeHtml {
  const own = sanitise(body)
    .html.replaceAll(/ src="media:([a-z0-9-]+)"/g, ' src="/media-of/$1"')
    .replaceAll(/ href="(?:item|media):([a-z0-9-]+)"/g, ' href="/items/$1"');
  return html`<div class="prose">${raw(own)}</div>`;
}

interface PlanRow {
  readonly class: string;
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  readonly candidates?: readonly { readonly text: string; readonly probability: number }[];
  readonly evidence?: string;
}

/** What was decided about a place: at the desk, or in a file of decisions. */
interface Decided {
  readonly at?: number;
  readonly take?: string;
  readonly fill?: string;
  readonly text?: string;
  readonly context?: string;
  readonly source?: string;
  readonly refuse?: boolean;
  readonly rule?: string;
  readonly from?: number;
  readonly upTo?: number;
  readonly by?: string;
  readonly when?: string;
}

function decisionWords({
  at: offset,
  take,
  fill,
  text,
  context,
  source,
  refuse,
  rule,
  from,
  upTo,
  by,
  when,
}: Decided): SafeHtml {
  const place =
    offset === undefined ? (context ?? (rule === undefined ? '不论规则' : `规则 ${rule}`)) : `第 ${offset} 字节`;
  const words = fill ?? text;
  const done =
    words !== undefined
      ? `填“${words}”，出处：${source ?? ''}`
      : take !== undefined
        ? `采用“${take}”`
        : refuse
          ? '不采用'
          : from !== undefined
            ? `${Math.round(from * 1000) / 10}% 及以上的采用`
            : `不超过 ${Math.round((upTo ?? 0) * 1000) / 10}% 的不采用`;
  return html`${place}：${done}${by !== undefined && `，${by}`}${when !== undefined && html` ${at(when)}`}`;
}

const classNames: Record<string, string> = { proved: '必然', likely: '可能', lost: '已失', stated: '有据' };

function mending(intake: IntakeRecord, shown: ItemView['intakePage']): SafeHtml {
  const decisions = (Array.isArray(intake.decisions) ? intake.decisions : []) as readonly Decided[];
  const plan = (Array.isArray(intake.plan) ? intake.plan : []) as readonly PlanRow[];
  const alarms = (Array.isArray(intake.alarms) ? intake.alarms : []) as readonly {
    kind: string;
    evidence: string;
    readings: readonly string[];
  }[];
  return html`<section>
    <h2>采集与修复</h2>
    <p>
      收到 <strong>${intake.name}</strong>，${at(intake.at)}，字节哈希 ${shortHash(intake.received)}，修复规则
      ${intake.mender}。${shown && html`<a href="/intake/${shown.run}/${shown.number}">看逐处对照</a>`}
    </p>
    ${
      alarms.length > 0 &&
      html`<div class="problem">
        <p>发现被篡改的名称，没有采用：</p>
        <ul>
          ${alarms.map(({ evidence, readings }) => html`<li><code>${evidence}</code>${readings.length > 0 && html` 　可读作：${readings.slice(0, 5).join('；')}`}</li>`)}
        </ul>
      </div>`
    }
    ${
      decisions.length > 0 &&
      html`<details>
        <summary>人工的决定（${decisions.length}）</summary>
        <ul>
          ${decisions.map((one) => html`<li>${decisionWords(one)}</li>`)}
        </ul>
      </details>`
    }
    <details>
      <summary>每一处修复（${plan.length}）</summary>
      <table class="fields">
        <thead>
          <tr>
            <th scope="col">类</th>
            <th scope="col">原字节</th>
            <th scope="col">修复为</th>
            <th scope="col">规则</th>
            <th scope="col">候选与依据</th>
          </tr>
        </thead>
        <tbody>
          ${plan.map(
            (place) =>
              html`<tr>
                <td>${classNames[place.class] ?? place.class}</td>
                <td><code>${place.before}</code></td>
                <td>${place.after}</td>
                <td>${place.rule}</td>
                <td>
                  ${(place.candidates ?? []).slice(0, 4).map(({ text, probability }) => html`${text} ${Math.round(probability * 1000) / 10}%　 `)}${place.evidence}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </section>`;
}
