import type { HoldState } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { may, mayAnywhere, roleNames, type Actor, type SiteId } from '@chengmen/model';
import type { EmergencyCounts } from '@chengmen/revision';
import { deskScripts } from '../desk-scripts.ts';
import { siteBase } from '../site-base.ts';
import { holdBox } from './hold-box.ts';

export { at } from './instant.ts';

/** What every page of the desk needs. */
export interface DeskPage {
  readonly actor: Actor;
  /** Nothing works before they have set up a second factor. */
  readonly mustEnrol: boolean;
  readonly token: string;
  readonly siteName: string;
  readonly portal: string;
  readonly stylesheet: string;
  /** The sites the actor works on, where there are several. */
  readonly sites?: readonly {
    readonly site: SiteId;
    readonly name: string;
    readonly here: boolean;
    /** Where a switch leads: the screen one is on, where there is such a one for the actor. */
    readonly screen: string;
  }[];
  /** What waits for the actor, on all of them. */
  readonly waiting: number;
  /** Scheduled acts that are late, or could not be done. */
  readonly alarms: { readonly late: number; readonly failed: number };
  /** What went live before its reviews. */
  readonly emergencies: EmergencyCounts;
  /** Whether the site is held at an earlier release. */
  readonly hold: HoldState;
  /** By what time something is late. */
  readonly now: Date;
  readonly lateMinutes: number;
  /** Said once after something was done. */
  readonly notice?: string | undefined;
  readonly nonce?: string | undefined;
  /** Lets the script of the palette in. */
  readonly palette: string;
}

/** The hidden field that shows a form is ours. */
export function tokenField({ token }: Pick<DeskPage, 'token'>): SafeHtml {
  return html`<input type="hidden" name="_token" value="${token}" />`;
}

export function frame(page: DeskPage, title: string, content: SafeHtml): SafeHtml {
  const { actor, siteName, portal, waiting, notice } = page;
  const link = (href: string, zh: string, en: string): SafeHtml =>
    html`<li>
      <a href="${href}">${zh} <span lang="en">${en}</span></a>
    </li>`;
  return shell(
    page.stylesheet,
    `${title} - ${siteName}工作台`,
    html`<header>
        <p class="brand">
          <a href="/">${siteName}<span>工作台</span></a>
        </p>
        ${siteSwitch(page.sites)}
        <nav aria-label="工作台">
          <ul>
            ${
              !page.mustEnrol &&
              html`<li>
                <a href="/"
                  >待我处理 <span lang="en">Inbox</span>${waiting > 0 && html` <b class="count">${waiting}</b>`}</a
                >
              </li>`
            }
            ${mayAnywhere(actor, 'item.read-unpublished') && link('/items', '条目', 'Items')}
            ${mayAnywhere(actor, 'item.read-unpublished') && link('/channels', '栏目', 'Channels')}
            ${mayAnywhere(actor, 'item.read-unpublished') && link('/pages', '版面', 'Pages')}
            ${(mayAnywhere(actor, 'item.write') || mayAnywhere(actor, 'channel.write')) && link('/items/new', '写稿', 'Write')}
            ${mayAnywhere(actor, 'item.read-unpublished') && link('/schedule', '定时', 'Schedule')}
            ${mayAnywhere(actor, 'item.read-unpublished') && page.emergencies.ever > 0 && link('/emergencies', '紧急', 'Emergencies')}
            ${mayAnywhere(actor, 'item.read-unpublished') && link('/releases', '发布', 'Releases')}
            ${mayAnywhere(actor, 'item.read-unpublished') && link('/media', '媒体', 'Media')}
            ${mayAnywhere(actor, 'item.read-unpublished') && link('/intake', '采集', 'Intake')}
            ${mayAnywhere(actor, 'item.read-unpublished') && link('/checks', '检查', 'Checks')}
            ${mayAnywhere(actor, 'item.read-unpublished') && link('/statistics', '统计', 'Visits')}
            ${may(actor, 'letter.read') && link('/letters', '来信', 'Letters')}
            ${may(actor, 'audit.read') && link('/audit', '审计', 'Audit')}
            ${may(actor, 'account.manage') && link('/accounts', '账号', 'Accounts')}
            <li>
              <a href="${portal}" rel="noreferrer">门户 <span lang="en">Portal</span></a>
            </li>
          </ul>
        </nav>
        <div class="who">
          ${
            !page.mustEnrol &&
            html`<script src="${deskScripts.palette.path}" nonce="${page.palette}" defer></script>
              <a id="go" class="go" href="/go"
                ><span>查找<span>、前往</span></span> <kbd>Ctrl K</kbd></a
              >`
          }
          <a href="/me">${actor.name}</a><span>${rolesOf(actor)}</span>
          <form method="post" action="/sign-out">${tokenField(page)}<button class="quiet">退出</button></form>
        </div>
      </header>
      <main id="main" tabindex="-1">
        ${holdBox(page)} ${mayAnywhere(actor, 'item.read-unpublished') && alarmBox(page.alarms)}
        ${mayAnywhere(actor, 'item.read-unpublished') && emergencyBox(page.emergencies)}
        ${notice && html`<p class="notice" role="status">${notice}</p>`}
        <h1>${title}</h1>
        ${content}
      </main>`,
    page.nonce,
  );
}

/** From one site's desk to another's, without a script. */
function siteSwitch(sites: DeskPage['sites'] = []): SafeHtml | undefined {
  if (sites.length === 0) return undefined;
  return html`<details class="sites">
    <summary>换网站 <span lang="en">Switch site</span></summary>
    <ul>
      ${sites.map(({ site, name, here, screen }) => html`<li><a href="${siteBase(site)}${screen}" ${here && html` aria-current="true"`}>${name}</a></li>`)}
    </ul>
  </details>`;
}

/** What the actor is, in words: 采编、初审（部分栏目）. */
function rolesOf({ roles, within = [] }: Actor): string {
  const parts = [...new Set(within.map(({ role }) => role))].filter((role) => !roles.includes(role));
  return [...roles.map((role) => roleNames[role].zh), ...parts.map((role) => `${roleNames[role].zh}（部分栏目）`)].join(
    '、',
  );
}

function emergencyBox({ waiting, late, refused }: EmergencyCounts): SafeHtml | undefined {
  if (waiting + refused === 0) return undefined;
  return html`<div class="problem" role="alert">
    <p>
      <a href="/emergencies"
        >紧急上线：${waiting}
        件待补审${late > 0 && html`，<strong>${late} 件已超时</strong>`}${refused > 0 && html`，<strong>${refused} 件补审未通过，仍在线</strong>`}。</a
      >
    </p>
    <p lang="en">
      Live before their reviews: ${waiting}
      waiting${late > 0 && `, ${late} overdue`}${refused > 0 && `, ${refused} refused and still live`}.
    </p>
  </div>`;
}

function alarmBox({ late, failed }: DeskPage['alarms']): SafeHtml | undefined {
  if (late + failed === 0) return undefined;
  return html`<div class="problem" role="alert">
    <p><a href="/schedule">定时上线或撤回：${late} 项迟到，${failed} 项失败。</a></p>
    <p lang="en">Scheduled acts: ${late} late, ${failed} failed.</p>
  </div>`;
}

/** `nonce`: the page needs the script of passkeys, and its policy names this. */
export function shell(stylesheet: string, title: string, body: SafeHtml, nonce?: string): SafeHtml {
  return html`<!doctype html>
    <html lang="zh-Hans">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title}</title>
        <link rel="stylesheet" href="${stylesheet}" />
        ${nonce !== undefined && html`<script src="${deskScripts.passkey.path}" nonce="${nonce}" defer></script>`}
      </head>
      <body>
        <a class="skip" href="#main">跳到正文 <span lang="en">Skip to content</span></a>
        ${body}
      </body>
    </html> `;
}

export function problemBox(problem: { readonly zh: string; readonly en: string } | undefined): SafeHtml | undefined {
  return (
    problem &&
    html`<div class="problem" role="alert">
      <p>${problem.zh}</p>
      <p lang="en">${problem.en}</p>
    </div>`
  );
}

export function shortHash(hash: string): SafeHtml {
  return html`<code title="${hash}">${hash.slice(0, 12)}</code>`;
}

export const revisionStates: Record<string, string> = {
  draft: '草稿',
  submitted: '待初审',
  'first-reviewed': '待复审',
  'second-reviewed': '待终审',
  scheduled: '已审定，定时上线',
  approved: '已审定',
  emergency: '紧急上线，待补审',
  returned: '已退回',
  superseded: '已被取代',
};

export const itemStates: Record<string, string> = { never: '未上线', live: '在线', withdrawn: '已撤回' };
