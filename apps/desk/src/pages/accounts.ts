import { html, type SafeHtml } from '@chengmen/html';
import type { Account, Grant, Session } from '@chengmen/identity';
import { conflictOf, roleNames, roles, subtreeRoles } from '@chengmen/model';
import type { Choice } from '../desk-forms.ts';
import { at, frame, problemBox, tokenField, type DeskPage } from './frame.ts';
import { sessionTable } from './me.ts';

export interface AccountsState {
  readonly accounts: readonly Account[];
  readonly channels: readonly Choice[];
  readonly sessions: readonly Session[];
  readonly shown?: { readonly username: string; readonly password: string };
  readonly done?: string;
  readonly problem?: { readonly zh: string; readonly en: string };
}

export function accountsPage(page: DeskPage, state: AccountsState): SafeHtml {
  const { accounts, channels, sessions, shown, done, problem } = state;
  return frame(
    page,
    '账号',
    html`${problemBox(problem)} ${done && html`<p class="notice" role="status">${done}</p>`}
      ${shown && html`<p class="notice" role="status">${shown.username} 的口令（只显示这一次）：<code>${shown.password}</code></p>`}
      <ul class="accounts">
        ${accounts.map((account) => accountCard(page, account, channels))}
      </ul>
      ${
        sessions.length > 0 &&
        html`<details>
          <summary>全部登录（${sessions.length} 处）</summary>
          ${accounts
            .filter(({ account }) => sessions.some((one) => one.account === account))
            .map(
              ({ account, name }) =>
                html`<h3>${name}</h3>
                  ${sessionTable(
                    page,
                    sessions.filter((one) => one.account === account),
                    { action: (session) => `/accounts/sessions/${session}/end` },
                  )}`,
            )}
        </details>`
      }
      ${grantForm(page, accounts, channels)}
      <section>
        <h2>新账号 <span lang="en">New account</span></h2>
        <form method="post" action="/accounts">
          ${tokenField(page)}
          <div class="row">
            <p>
              <label for="username">账号（小写字母开头）</label
              ><input id="username" name="username" required pattern="[a-z][a-z0-9._\\-]{2,31}" autocomplete="off" />
            </p>
            <p>
              <label for="name">姓名</label><input id="name" name="name" required maxlength="40" autocomplete="off" />
            </p>
            <p>${channelChoice('new-channel', channels)}</p>
          </div>
          <fieldset>
            <legend>角色</legend>
            ${roles.map(
              (role) =>
                html`<label
                  ><input type="checkbox" name="roles" value="${role}" />
                  ${roleNames[role].zh}${!subtreeRoles.includes(role) && '（全站）'}</label
                > `,
            )}
          </fieldset>
          <p>
            审计和安全管理员不能兼任其他角色。
            <span lang="en">An auditor or security administrator holds no other role.</span>
          </p>
          <p><button>建立账号</button></p>
        </form>
      </section>`,
  );
}

function accountCard(page: DeskPage, account: Account, channels: readonly Choice[]): SafeHtml {
  const own = account.account === page.actor.account;
  const named = (channel: string | null): string =>
    channel === null ? '全站' : (channels.find(({ id }) => id === channel)?.name ?? channel);
  const conflict = conflictOf(account.grants.map(({ role }) => role));
  return html`<li>
    <h2>${account.name} <code>${account.username}</code></h2>
    ${
      conflict &&
      html`<p class="problem" role="alert">
        角色冲突：收回其他角色之前，只有“${roleNames[conflict].zh}”有效。
        <span lang="en">Conflicting roles: only “${roleNames[conflict].en}” is in force.</span>
      </p>`
    }
    ${account.grants.length === 0 && html`<p>没有角色，不能做任何事。</p>`}
    <ul class="grants">
      ${account.grants.map(
        (grant) =>
          html`<li>
            <strong>${roleNames[grant.role].zh}</strong> ${named(grant.channel)}
            <small>${grant.by}，${at(grant.at)}</small>
            ${!own && revokeForm(page, account, grant, named(grant.channel))}
          </li>`,
      )}
    </ul>
    <p>${account.sessions > 0 ? `在 ${account.sessions} 处登录` : '没有登录'}</p>
    ${own ? html`<p>这是您自己，角色由另一位安全管理员更改。</p>` : accountForms(page, account)}
  </li>`;
}

function revokeForm(page: DeskPage, account: Account, { role, channel }: Grant, place: string): SafeHtml {
  return html`<form method="post" action="/accounts/${account.account}/revoke">
    ${tokenField(page)}<input type="hidden" name="role" value="${role}" /><input
      type="hidden"
      name="channel"
      value="${channel ?? ''}"
    /><button class="quiet" aria-label="收回${account.name}的${roleNames[role].zh}（${place}）">收回</button>
  </form>`;
}

function accountForms(page: DeskPage, account: Account): SafeHtml {
  const { account: id, name } = account;
  return html`<div class="buttons">
    <form method="post" action="/accounts/${id}/password">
      ${tokenField(page)}<button class="quiet" aria-label="重置口令：${name}">重置口令</button>
    </form>
    <form method="post" action="/accounts/${id}/second-factor">
      ${tokenField(page)}<button class="quiet" aria-label="重置第二要素：${name}">重置第二要素</button>
    </form>
    ${
      account.sessions > 0 &&
      html`<form method="post" action="/accounts/${id}/sessions">
        ${tokenField(page)}<button class="quiet" aria-label="退出全部登录：${name}">退出全部登录</button>
      </form>`
    }
  </div>`;
}

/** One form for all: hundreds of accounts and channels make one list each. */
function grantForm(page: DeskPage, accounts: readonly Account[], channels: readonly Choice[]): SafeHtml {
  return html`<section>
    <h2>授予角色 <span lang="en">Grant a role</span></h2>
    <form method="post" action="/accounts/grant">
      ${tokenField(page)}
      <div class="row">
        <p>
          <label for="grant-account">给谁</label
          ><select id="grant-account" name="account" required>
            ${accounts
              .filter(({ account }) => account !== page.actor.account)
              .map(({ account, name, username }) => html`<option value="${account}">${name} ${username}</option>`)}
          </select>
        </p>
        <p>
          <label for="grant-role">角色</label
          ><select id="grant-role" name="role" required>
            ${roles.map((role) => html`<option value="${role}">${roleNames[role].zh} ${roleNames[role].en}</option>`)}
          </select>
        </p>
        <p>${channelChoice('grant-channel', channels)}</p>
      </div>
      <p><button>授予</button></p>
    </form>
  </section>`;
}

function channelChoice(id: string, channels: readonly Choice[]): SafeHtml {
  return html`<label for="${id}">范围（审计、运维、安全管理员只有全站）</label
    ><select id="${id}" name="channel">
      <option value="">全站</option>
      ${channels.map((channel) => html`<option value="${channel.id}">${channel.name}及其下</option>`)}
    </select>`;
}
