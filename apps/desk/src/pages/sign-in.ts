import { html, type SafeHtml } from '@chengmen/html';
import { keptFields, type KeptForm } from '../kept-form.ts';
import { problemBox, shell } from './frame.ts';

export interface SignInState {
  readonly siteName: string;
  readonly stylesheet: string;
  /** Of the script of passkeys. */
  readonly nonce: string;
  /** Where browsers offer passkeys. */
  readonly passkeyAt: string;
  /** The identity elsewhere, where there is one. */
  readonly oidcName: string | null;
  readonly username: string;
  readonly next: string;
  readonly problem?: { readonly zh: string; readonly en: string };
  /** A form to go on with afterwards. */
  readonly kept?: KeptForm | undefined;
}

export function signInPage(state: SignInState): SafeHtml {
  const { username } = state;
  return door(
    state,
    '/sign-in',
    html`<p>
        <label for="username">账号 <span lang="en">Account</span></label
        ><input
          id="username"
          name="username"
          required
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          value="${username}"
        />
      </p>
      <p>
        <label for="password">口令 <span lang="en">Password</span></label
        ><input id="password" name="password" type="password" required autocomplete="current-password" />
      </p>
      <p>
        <button>登录 <span lang="en">Sign in</span></button>
      </p>`,
  );
}

/** The second step. */
export function codePage(state: SignInState): SafeHtml {
  return door(
    state,
    '/sign-in/code',
    html`<p>
        <label for="code">验证码 <span lang="en">Code of your authenticator</span></label
        ><input
          id="code"
          name="code"
          required
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck="false"
          maxlength="20"
          autofocus
          aria-describedby="code-help"
        />
      </p>
      <p id="code-help">
        身份验证器显示的六位数字；手机不在身边的，用一个恢复码。
        <span lang="en">The six digits your authenticator shows, or a recovery code.</span>
      </p>
      <p>
        <button>继续 <span lang="en">Go on</span></button>
        <a href="/sign-in">换个账号 <span lang="en">Another account</span></a>
      </p>`,
  );
}

function door(state: SignInState, action: string, fields: SafeHtml): SafeHtml {
  const { siteName, stylesheet, nonce, next, problem, kept } = state;
  return shell(
    stylesheet,
    `登录 - ${siteName}工作台`,
    html`<main id="main" class="sign-in" tabindex="-1">
      <h1>${siteName}<span>工作台</span></h1>
      ${problemBox(problem)}
      <form method="post" action="${action}">
        <input type="hidden" name="next" value="${next}" />
        ${kept && keptFields(kept)} ${fields}
      </form>
      ${otherWays(state)}
    </main>`,
    nonce,
  );
}

/** A kept form goes with the password only: the others leave this page. */
function otherWays({ passkeyAt, oidcName, next, kept }: SignInState): SafeHtml | undefined {
  if (kept) return undefined;
  return html`<div data-passkey="get" data-at="${passkeyAt}" data-next="${next}">
      <p data-here hidden>
        <button class="quiet" type="button">用通行密钥登录 <span lang="en">Use a passkey</span></button>
      </p>
      <p data-elsewhere hidden>
        有通行密钥的，请到 <a href="${passkeyAt}/sign-in">${passkeyAt}</a> 登录。
        <span lang="en">Passkeys work at that address.</span>
      </p>
      <p role="alert"></p>
    </div>
    ${
      oidcName !== null &&
      html`<p>
        <a class="button quiet" href="/sign-in/oidc?${new URLSearchParams({ next }).toString()}"
          >用${oidcName}登录 <span lang="en">Use the identity provider</span></a
        >
      </p>`
    }`;
}

/** Sent where the browser has just come from elsewhere: from here on it is at home. */
export function onwardPage(next: string): SafeHtml {
  return html`<!doctype html>
    <html lang="zh-Hans">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="refresh" content="0;url=${next}" />
        <title>登录成功</title>
      </head>
      <body>
        <main>
          <p>
            <a href="${next}">继续 <span lang="en">Go on</span></a>
          </p>
        </main>
      </body>
    </html> `;
}
