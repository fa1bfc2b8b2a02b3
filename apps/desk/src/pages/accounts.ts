import { html, type SafeHtml } from '@chengmen/html';
import type { Account } from '@chengmen/identity';
import { roleNames, roles, type Role } from '@chengmen/model';
import { frame, problemBox, tokenField, type DeskPage } from './frame.ts';

function roleBoxes(held: readonly Role[]): SafeHtml[] {
  return roles.map(
    (role) =>
      html`<label
        ><input type="checkbox" name="roles" value="${role}" ${held.includes(role) ? html` checked` : undefined} />
        ${roleNames[role].zh}</label
      > `,
  );
}

export function accountsPage(
  page: DeskPage,
  state: {
    readonly accounts: readonly Account[];
    readonly shown?: { username: string; password: string } | undefined;
    readonly problem?: { zh: string; en: string } | undefined;
  },
): SafeHtml {
  const { accounts, shown, problem } = state;
  return frame(
    page,
    '账号',
    html`${problemBox(problem)}
      ${shown && html`<p class="notice" role="status">${shown.username} 的口令（只显示这一次）：<code>${shown.password}</code></p>`}
      <ul class="accounts">
        ${accounts.map(
          (account) =>
            html`<li>
              <h2>${account.name} <code>${account.username}</code></h2>
              ${
                account.account === page.actor.account
                  ? html`<p>${account.roles.map((role) => roleNames[role].zh).join('、')}（这是您自己）</p>`
                  : html`<form method="post" action="/accounts/${account.account}/roles">
                        ${tokenField(page)}
                        <fieldset>
                          <legend>${account.name}的角色</legend>
                          ${roleBoxes(account.roles)}
                        </fieldset>
                        <button class="quiet">更改角色</button>
                      </form>
                      <form method="post" action="/accounts/${account.account}/password">
                        ${tokenField(page)}<button class="quiet">重置口令</button>
                      </form>`
              }
            </li>`,
        )}
      </ul>
      <section>
        <h2>新账号</h2>
        <form method="post" action="/accounts">
          ${tokenField(page)}
          <p>
            <label for="username">账号（小写字母开头）</label
            ><input id="username" name="username" required pattern="[a-z][a-z0-9._\\-]{2,31}" />
          </p>
          <p><label for="name">姓名</label><input id="name" name="name" required maxlength="40" /></p>
          <fieldset>
            <legend>角色</legend>
            ${roleBoxes([])}
          </fieldset>
          <p><button>建立账号</button></p>
        </form>
      </section>`,
  );
}

export function myPage(page: DeskPage, problem?: { zh: string; en: string }): SafeHtml {
  return frame(
    page,
    '我的账号',
    html`${problemBox(problem)}
      <form method="post" action="/me/password">
        ${tokenField(page)}
        <p>
          <label for="current">现在的口令</label
          ><input id="current" name="current" type="password" required autocomplete="current-password" />
        </p>
        <p>
          <label for="next">新口令（至少 12 个字符）</label
          ><input id="next" name="next" type="password" required minlength="12" autocomplete="new-password" />
        </p>
        <p><button>修改口令</button></p>
      </form>`,
  );
}
