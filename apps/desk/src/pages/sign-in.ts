import { html, type SafeHtml } from '@chengmen/html';
import { keptFields, type KeptForm } from '../kept-form.ts';
import { problemBox, shell } from './frame.ts';

export function signInPage(state: {
  readonly siteName: string;
  readonly stylesheet: string;
  readonly username: string;
  readonly next: string;
  readonly problem?: { zh: string; en: string };
  /** A form to go on with afterwards. */
  readonly kept?: KeptForm | undefined;
}): SafeHtml {
  const { siteName, stylesheet, username, next, problem, kept } = state;
  return shell(
    stylesheet,
    `登录 - ${siteName}工作台`,
    html`<main id="main" class="sign-in" tabindex="-1">
      <h1>${siteName}<span>工作台</span></h1>
      ${problemBox(problem)}
      <form method="post" action="/sign-in">
        <input type="hidden" name="next" value="${next}" />
        ${kept && keptFields(kept)}
        <p>
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
        </p>
      </form>
    </main>`,
  );
}
