import type { Hold } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { may } from '@chengmen/model';
import type { Problem } from '../desk-forms.ts';
import type { AddressCount, ListedRelease, LookBack } from '../look-back.ts';
import { deskScripts } from '../desk-scripts.ts';
import { causeWords, type PressCause, type PressView, type PressWork } from '../press-view.ts';
import { at, frame, problemBox, shortHash, tokenField, type DeskPage } from './frame.ts';

const mayGoBack = ({ actor }: DeskPage): boolean => may(actor, 'release.roll-back');

/** The newest releases with a way back to each, what is held or asked for, and all that ever was. */
export function releasesPage(
  page: DeskPage,
  {
    releases,
    holds,
    press,
    names,
    nonce,
    problem,
  }: {
    readonly releases: readonly ListedRelease[];
    readonly holds: readonly Hold[];
    readonly press: PressView;
    /** Titles of what the reads of the press name. */
    readonly names: ReadonlyMap<string, string>;
    readonly nonce: string;
    readonly problem?: Problem | undefined;
  },
): SafeHtml {
  return frame(
    page,
    '发布',
    html`<script src="${deskScripts.press.path}" nonce="${nonce}" defer></script>
      ${problemBox(problem)}
      <p class="unseen" role="status" id="press-said"></p>
      <div id="press" data-said="${saidOf(page, press, releases)}">
        ${pressSection(page, press, names)}
        ${releases.length === 0 ? html`<p class="empty">还没有发布过。<span lang="en">Nothing has been published yet.</span></p>` : releaseTable(page, { releases, holds, press, names })}
      </div>
      ${holds.length > 0 && holdTable(page, holds)}`,
  );
}

/** One short sentence, said aloud when it changes: quarters of what takes long, and what has gone live. */
function saidOf({ hold }: DeskPage, { now, beside, failed }: PressView, [newest]: readonly ListedRelease[]): string {
  if (hold.held) return `发布已封存于第 ${hold.held.release} 版`;
  if (failed) return '付印没有成功，稍后再试';
  const work = now ?? beside;
  if (!work) return newest ? `第 ${newest.number} 版已上线` : '';
  return `正在付印，已完成 ${Math.floor((work.done / Math.max(1, work.total)) * 4) * 25}%`;
}

function pressSection(
  { hold }: DeskPage,
  { now, beside, failed }: PressView,
  names: ReadonlyMap<string, string>,
): SafeHtml {
  return html`<section class="press">
    <h2>付印 <small lang="en">The press</small></h2>
    ${now && workOf('正在排印', now, names)} ${beside && workOf('全站的改动正在一旁排印，线上照常', beside, names)}
    ${
      failed &&
      html`<div class="problem" role="alert">
        <p>
          ${at(failed.at)} 的一次没有付成，线上仍是原来的；${at(failed.retryAt)}
          再试。原因在后台的标准错误里，请告诉运维人员。
        </p>
        <p lang="en">
          The last round failed; what serves is what served before. It is tried again; standard error says why.
        </p>
      </div>`
    }
    ${
      !now &&
      !beside &&
      !failed &&
      html`<p>
        ${hold.held ? html`封存中，不付印：${hold.waiting} 件在等。<span lang="en">Held: ${hold.waiting} wait.</span>` : html`没有在排印的：批准的都已上线。<span lang="en">Nothing is being made: what is approved is live.</span>`}
      </p>`
    }
    <p><a href="/releases">刷新</a></p>
  </section>`;
}

function workOf(what: string, { since, done, total, causes }: PressWork, names: ReadonlyMap<string, string>): SafeHtml {
  return html`<p>
      ${what}：<b>${done}</b> / ${total} 页，${at(since)} 开始。<span lang="en">${done} of ${total} pages.</span>
    </p>
    <progress max="${Math.max(1, total)}" value="${done}" aria-label="${what}"></progress>
    <p>因为：${causesIn(causes, names)}</p>`;
}

function causesIn(causes: readonly PressCause[], names: ReadonlyMap<string, string>): string {
  return causes.map((one) => `${causeWords(one, names)}（${one.targets} 页）`).join('、');
}

function releaseTable(
  page: DeskPage,
  {
    releases,
    holds,
    press,
    names,
  }: {
    readonly releases: readonly ListedRelease[];
    readonly holds: readonly Hold[];
    readonly press: PressView;
    readonly names: ReadonlyMap<string, string>;
  },
): SafeHtml {
  const backTo = new Map(holds.map(({ served, release }) => [served, release]));
  const causes = new Map(press.made.map((one) => [one.release, one.causes]));
  return html`<table class="list">
    <caption>
      最近的发布版
    </caption>
    <thead>
      <tr>
        <th scope="col">版</th>
        <th scope="col">上线（北京时间）</th>
        <th scope="col">因为批准了</th>
        <th scope="col">重做</th>
        <th scope="col">地址数</th>
        <th scope="col">根哈希</th>
        ${mayGoBack(page) && html`<th scope="col">退回</th>`}
      </tr>
    </thead>
    <tbody>
      ${releases.map(
        ({ number, root, paths, at: when, took, items, itemCount = 0, pruned }, index) =>
          html`<tr>
            <td>第 ${number} 版${index === 0 && html` <span class="task">正在服务</span>`}</td>
            <td>${when === undefined ? '没有记下' : at(when)}</td>
            <td>
              ${backTo.has(number) && `退回第 ${backTo.get(number)} 版`}${items?.map(({ item, title }, each) => html`${each > 0 && '、'}<a href="/items/${item}">${title}</a>`)}${items && itemCount > items.length && `等 ${itemCount} 件`}
            </td>
            <td>
              ${took && `${took.rendered} 页，${(took.ms / 1000).toFixed(2)} 秒`}${reasons(causes.get(number), names)}
            </td>
            <td>${paths} 个</td>
            <td>${shortHash(root)}</td>
            ${
              mayGoBack(page) &&
              html`<td>
                ${pruned ? html`<small>文件已清除</small>` : html`<a class="whole" href="/releases/${number}/back">${index === 0 ? '停在这里…' : '退回…'}</a>`}
              </td>`
            }
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function reasons(causes: readonly PressCause[] | undefined, names: ReadonlyMap<string, string>): SafeHtml | undefined {
  if (!causes || causes.length === 0) return undefined;
  return html`<details>
    <summary>为什么</summary>
    <p>${causesIn(causes, names)}</p>
  </details>`;
}

const states: Record<Hold['state'], string> = {
  asked: '待另一人确认',
  held: '封存中',
  ended: '已解除',
  dropped: '已撤销',
};

/** Every time the site was held, or somebody asked that it be. */
export function holdTable(page: DeskPage, holds: readonly Hold[]): SafeHtml {
  return html`<table class="list">
    <caption>
      退回与封存（北京时间）
    </caption>
    <thead>
      <tr>
        <th scope="col">停在</th>
        <th scope="col">提出</th>
        <th scope="col">理由</th>
        <th scope="col">确认</th>
        <th scope="col">解除</th>
        <th scope="col">状态</th>
      </tr>
    </thead>
    <tbody>
      ${holds.map(
        (hold) =>
          html`<tr>
            <td>第 ${hold.release} 版</td>
            <td>${hold.asked.by} ${at(hold.asked.at)}</td>
            <td>${hold.asked.reason}</td>
            <td>
              ${hold.alone ? html`<span class="late">一人，在命令行</span>` : hold.confirmed && html`${hold.confirmed.by} ${at(hold.confirmed.at)}`}
            </td>
            <td>${resumed(hold)}</td>
            <td class="${hold.state === 'held' ? 'late' : ''}">
              ${mayGoBack(page) && (hold.state === 'asked' || hold.state === 'held') ? html`<a href="/holds/${hold.id}">${states[hold.state]}…</a>` : states[hold.state]}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function resumed({ state, resume, ended }: Hold): SafeHtml | undefined {
  if (!resume) return ended && html`${ended.by} ${at(ended.at)}${state === 'ended' && '（改停在另一版）'}`;
  return html`${resume.by} ${at(resume.at)}：${resume.reason}${ended && html`；${ended.by} ${at(ended.at)}`}`;
}

/** What would be otherwise, and the form that asks for it. Looking changes nothing. */
export function lookBackPage(
  page: DeskPage,
  {
    look,
    reason,
    problem,
  }: { readonly look: LookBack; readonly reason: string; readonly problem?: Problem | undefined },
): SafeHtml {
  const { number } = look.release;
  const stays = number === look.serves;
  return frame(
    page,
    stays ? `停在第 ${number} 版` : `退回第 ${number} 版`,
    html`${problemBox(problem)} ${whatFollows(look)} ${differences(look)}
      <form class="editor" method="post" action="/releases/${number}/back">
        ${tokenField(page)}
        <p>
          <label for="reason">理由（至少 10 个字；工作台每一页都显示，审计看得到）</label
          ><input id="reason" name="reason" required minlength="10" maxlength="500" value="${reason}" />
        </p>
        <p>
          <button class="danger">${stays ? '提出停在这一版' : '提出退回这一版'}</button>
          <a class="button quiet" href="/releases">不退回</a>
        </p>
      </form>`,
  );
}

function whatFollows({ release, serves }: LookBack): SafeHtml {
  return html`<p>
    正在服务的是第 ${serves}
    版。另一位终审或运维确认后，网站${release.number === serves ? '停在这一版' : html`换成第 ${release.number} 版${release.at !== undefined && html`（${at(release.at)} 上线）`}的内容`}并封存：此后批准的都先等着，直到两个人解除封存。现在什么也还没有变。
    <span lang="en"
      >Once a second person confirms it, the site shows release ${release.number} and stays there: what is approved
      waits until two people end that. Nothing has changed yet.</span
    >
  </p>`;
}

function differences({ changed, lost, returning, withdrawn, naming }: LookBack): SafeHtml {
  const all = changed.count + lost.count + returning.count;
  if (all + withdrawn.count === 0)
    return html`<p class="notice">没有一个地址不同。<span lang="en">No address differs.</span></p>`;
  return html`<section>
    <h2>${all} 个地址将不同</h2>
    ${addresses('换成那时的内容', 'Show what they showed then', changed)}
    ${addresses('不再有页面', 'Have no page any more', lost)}
    ${addresses('重新露出：现在没有页面，那时有。请逐个看过', 'Come back: no page now, one then. Look at each', returning, 'problem')}
    ${addresses('已撤回，不会重新露出', 'Withdrawn, and stay so', withdrawn)}
    ${withdrawn.count > 0 && stillNamed(naming)}
  </section>`;
}

/** What going back brings back, though the pages themselves stay withdrawn. */
function stillNamed(naming: LookBack['naming']): SafeHtml {
  const { count, unread } = naming;
  return html`<div class="problem">
    <p>
      ${count > 0 || unread > 0 ? '已撤回内容的标题会跟着回来：那一版的列表、订阅和网站地图不重做。' : '那一版里没有读到别的页面提到已撤回的内容。'}
      ${unread > 0 && `另有 ${unread} 个地址没有读，也可能有。`}${count > 0 && '标题也不能露出的，请退回到更早的一版，或不退回。'}
      <span lang="en"
        >${count} pages of that release name what was withdrawn; they are not made
        again.${unread > 0 && ` ${unread} more were not read and may do so too.`}</span
      >
    </p>
    ${addresses('这些页面里会有标题', 'Pages that will name it', naming)}
  </div>`;
}

/** More than so many are folded. */
const foldFrom = 12;

function addresses(zh: string, en: string, { count, some }: AddressCount, kind = ''): SafeHtml | undefined {
  if (count === 0) return undefined;
  return html`<details class="${kind}" ${count <= foldFrom ? html` open` : undefined}>
    <summary>${zh}（${count}）</summary>
    <p lang="en">${en}: ${count}</p>
    <ul class="changed">
      ${some.map((path) => html`<li><code>${path}</code></li>`)}
    </ul>
    ${some.length < count && html`<p>只列出前 ${some.length} 个。<span lang="en">The first ${some.length} are shown.</span></p>`}
  </details>`;
}

/** One that waits for its second person, or is in force: what can be done about it now, and by whom. */
export function holdPage(
  page: DeskPage,
  {
    hold,
    look,
    reason,
    problem,
  }: {
    readonly hold: Hold;
    readonly look: LookBack | undefined;
    readonly reason: string;
    readonly problem?: Problem | undefined;
  },
): SafeHtml {
  const { release, asked, state } = hold;
  return frame(
    page,
    state === 'asked' ? `确认退回第 ${release} 版` : `封存于第 ${release} 版`,
    html`${problemBox(problem)}
      <p>
        ${asked.by} ${at(asked.at)} 提出：${asked.reason}
        ${hold.confirmed && html`<br />${hold.alone ? '一人，在命令行' : `${hold.confirmed.by} 确认`}，${at(hold.confirmed.at)} 起`}
      </p>
      ${look && html`${whatFollows(look)} ${differences(look)}`} ${state === 'asked' && askedForms(page, hold, look)}
      ${state === 'held' && heldForms(page, hold, reason)}
      ${(state === 'ended' || state === 'dropped') && html`<p class="notice">${states[state]}。</p>`}`,
  );
}

const yourOwn = html`<p>
  您提出的，须由另一位终审或运维确认。<span lang="en">You asked for it: another person must confirm it.</span>
</p>`;

/** What is no longer whole can only fall. */
function askedForms(page: DeskPage, { id, asked }: Hold, look: LookBack | undefined): SafeHtml {
  return html`<div class="buttons">
    ${
      look &&
      (asked.account === page.actor.account
        ? yourOwn
        : form(page, `/holds/${id}/confirm`, '确认，即刻退回并封存', 'danger'))
    }
    ${form(page, `/holds/${id}/drop`, '撤销这个提议', 'quiet')}
  </div>`;
}

function heldForms(page: DeskPage, { id, resume }: Hold, reason: string): SafeHtml {
  if (!resume)
    return html`<form class="editor" method="post" action="/holds/${id}/resume">
      ${tokenField(page)}
      <p>
        解除后，封存期间和那一版之后批准的全部内容随即上线。<span lang="en"
          >Once it is ended, everything approved meanwhile and since that release goes live.</span
        >
      </p>
      <p>
        <label for="reason">解除的理由（至少 10 个字）</label
        ><input id="reason" name="reason" required minlength="10" maxlength="500" value="${reason}" />
      </p>
      <p><button>提出解除</button></p>
    </form>`;
  return html`<p>${resume.by} ${at(resume.at)} 提出解除：${resume.reason}</p>
    <div class="buttons">
      ${
        resume.account === page.actor.account
          ? yourOwn
          : form(page, `/holds/${id}/resume/confirm`, '确认解除，上线等着的全部内容', 'danger', resume.at)
      }
      ${form(page, `/holds/${id}/resume/drop`, '撤销解除的提议', 'quiet')}
    </div>`;
}

function form(page: DeskPage, action: string, words: string, kind: string, asked?: string): SafeHtml {
  return html`<form method="post" action="${action}">
    ${tokenField(page)}${asked !== undefined && html`<input type="hidden" name="asked" value="${asked}" />`}<button
      class="${kind}"
    >
      ${words}
    </button>
  </form>`;
}
