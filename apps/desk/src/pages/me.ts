import { html, raw, type SafeHtml } from '@chengmen/html';
import type { SecondFactor, Session, TotpOffer } from '@chengmen/identity';
import encodeQR from 'qr';
import type { Problem } from '../desk-forms.ts';
import { at, frame, problemBox, tokenField, type DeskPage } from './frame.ts';

export function mePage(
  page: DeskPage,
  state: {
    readonly factor: SecondFactor;
    readonly sessions: readonly Session[];
    /** The session that asks. */
    readonly here: string;
    readonly passkeyAt: string;
    readonly oidcName: string | null;
    readonly notices: NoticesState;
    readonly problem?: Problem | undefined;
  },
): SafeHtml {
  const { factor, sessions, here, passkeyAt, oidcName, notices, problem } = state;
  return frame(
    page,
    '我的账号',
    html`${problemBox(problem)}
      <section>
        <h2>第二要素 <span lang="en">Second factor</span></h2>
        ${factor.totp === null ? noFactor(page, factor) : factorForms(page, factor)}
        ${(factor.totp !== null || factor.passkeys.length > 0) && recoveryForm(page, factor)}
      </section>
      <section>
        <h2>通行密钥 <span lang="en">Passkeys</span></h2>
        ${passkeyForms(page, factor, passkeyAt)}
      </section>
      ${oidcName !== null && identityForms(page, factor, oidcName)}
      <section>
        <h2>口令 <span lang="en">Password</span></h2>
        <form class="narrow" method="post" action="/me/password">
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
        </form>
      </section>
      ${noticesForm(page, notices)}
      <section>
        <h2>登录在哪里 <span lang="en">Where you are signed in</span></h2>
        ${sessionTable(page, sessions, { here, action: (session) => `/me/sessions/${session}/end` })}
      </section>`,
  );
}

interface NoticesState {
  readonly mail: string;
  readonly webhook: string;
  /** Whether there is a mail server. */
  readonly canMail: boolean;
  /** Shown this once. */
  readonly madeSecret?: string | undefined;
}

function noticesForm(page: DeskPage, { mail, webhook, canMail, madeSecret }: NoticesState): SafeHtml {
  return html`<section>
    <h2>通知 <span lang="en">Notices</span></h2>
    <p>
      有稿件等您审核、您的稿件被退回、审定或有了批注时告诉您；不填就不发。<span lang="en"
        >When something waits for you, or something of yours came back, was approved or remarked on.</span
      >
    </p>
    ${!canMail && html`<p class="facts">本站还没有设邮件服务器，填了邮箱也暂时收不到邮件。</p>`}
    ${
      madeSecret !== undefined &&
      html`<div class="notice" role="status">
        <p>回调的签名密钥，只显示这一次：<code class="secret">${madeSecret}</code></p>
        <p lang="en">The secret that signs what is sent to your webhook, shown only now.</p>
      </div>`
    }
    <form class="narrow" method="post" action="/me/notices">
      ${tokenField(page)}
      <p>
        <label for="mail">邮箱</label
        ><input id="mail" name="mail" type="email" maxlength="200" value="${mail}" autocomplete="email" />
      </p>
      <p>
        <label for="webhook">回调地址（https）</label
        ><input id="webhook" name="webhook" type="url" maxlength="500" value="${webhook}" autocomplete="off" />
      </p>
      <p><button class="quiet">保存通知方式</button></p>
    </form>
  </section>`;
}

function noFactor(page: DeskPage, { passkeys }: SecondFactor): SafeHtml {
  if (passkeys.length > 0)
    return html`<p>通行密钥就是第二要素。<span lang="en">Your passkey is your second factor.</span></p>
      <p>
        <a class="button quiet" href="/me/authenticator"
          >再设置一个身份验证器 <span lang="en">An authenticator too</span></a
        >
      </p>`;
  return html`<p>
      ${
        page.mustEnrol
          ? html`您的角色须用第二要素登录；设置之前，不能做别的事。<span lang="en"
                >Your roles need a second factor; until you have one, nothing else works.</span
              >`
          : html`除口令外，再用手机上的身份验证器登录，口令泄露了也进不来。<span lang="en"
                >An authenticator beside the password keeps out who has learnt it.</span
              >`
      }
    </p>
    <p>
      <a class="button" href="/me/authenticator">设置身份验证器 <span lang="en">Set up</span></a>
    </p>`;
}

function factorForms(page: DeskPage, { totp }: SecondFactor): SafeHtml {
  return html`<p>
      身份验证器自 ${totp !== null && at(totp)} 起启用。<span lang="en">The authenticator is in use.</span>
    </p>
    <form method="post" action="/me/authenticator/remove">
      ${tokenField(page)}<button class="danger">停用身份验证器 <span lang="en">Remove</span></button>
    </form>`;
}

function recoveryForm(page: DeskPage, { recoveryLeft }: SecondFactor): SafeHtml {
  return html`<form method="post" action="/me/recovery">
    ${tokenField(page)}
    <p>还有 ${recoveryLeft} 个恢复码没有用过。<span lang="en">${recoveryLeft} recovery codes are left.</span></p>
    <button class="quiet">换一套恢复码 <span lang="en">New recovery codes</span></button>
  </form>`;
}

function passkeyForms(page: DeskPage, { passkeys }: SecondFactor, passkeyAt: string): SafeHtml {
  return html`<p>
      用指纹、面容或设备密码登录，不用口令，也骗不走。<span lang="en"
        >Sign in with finger, face or device code: no password, nothing to be tricked out of.</span
      >
    </p>
    <ul class="grants">
      ${passkeys.map(
        ({ id, name, addedAt, usedAt }) =>
          html`<li>
            <strong>${name}</strong>
            <small>${at(addedAt)} 添加${usedAt !== null && html`，${at(usedAt)} 用过`}</small>
            <form method="post" action="/me/passkeys/remove">
              ${tokenField(page)}<input type="hidden" name="id" value="${id}" /><button
                class="quiet"
                aria-label="删除通行密钥 ${name}"
              >
                删除
              </button>
            </form>
          </li>`,
      )}
    </ul>
    <div data-passkey="create" data-at="${passkeyAt}" data-token="${page.token}">
      <form class="narrow" data-here hidden>
        <p>
          <label for="passkey-name">给它起个名 <span lang="en">A name for it</span></label
          ><input id="passkey-name" name="name" maxlength="40" value="这台设备" />
        </p>
        <p>
          <button>添加通行密钥 <span lang="en">Add a passkey</span></button>
        </p>
      </form>
      <p data-elsewhere hidden>
        浏览器只在 <a href="${passkeyAt}/me">${passkeyAt}</a> 提供通行密钥。
        <span lang="en">Browsers offer passkeys at that address only.</span>
      </p>
      <p role="alert"></p>
    </div>`;
}

function identityForms(page: DeskPage, { links }: SecondFactor, name: string): SafeHtml {
  return html`<section>
    <h2>${name} <span lang="en">Identity provider</span></h2>
    ${
      links.length === 0
        ? html`<form method="post" action="/me/identity">
            ${tokenField(page)}<button class="quiet">关联我在${name}的账号 <span lang="en">Link</span></button>
          </form>`
        : links.map(
            ({ issuer, shown }) =>
              html`<form method="post" action="/me/identity/remove">
                ${tokenField(page)}<input type="hidden" name="issuer" value="${issuer}" />
                <p>已关联“${shown}”（${issuer}）。</p>
                <button class="quiet">取消关联 <span lang="en">Unlink</span></button>
              </form>`,
          )
    }
  </section>`;
}

/** On the way to the identity provider. */
export function awayPage(page: DeskPage, to: string): SafeHtml {
  return frame(
    page,
    '前往统一身份',
    html`<p>
      <a class="button" href="${to}" rel="noreferrer">继续 <span lang="en">Go on</span></a>
    </p>`,
  );
}

/** Where somebody is signed in, each with a way out. */
export function sessionTable(
  page: DeskPage,
  sessions: readonly Session[],
  options: { readonly here?: string; readonly action: (session: string) => string },
): SafeHtml {
  return html`<table class="list">
    <thead>
      <tr>
        <th scope="col">登录时间</th>
        <th scope="col">最近使用</th>
        <th scope="col">网络地址</th>
        <th scope="col">浏览器</th>
        <th scope="col">方式</th>
        <th scope="col">退出</th>
      </tr>
    </thead>
    <tbody>
      ${sessions.map(
        (one) =>
          html`<tr>
            <td>${at(one.begunAt)}</td>
            <td>${at(one.usedAt)}</td>
            <td>${one.address || '—'}</td>
            <td>${browserOf(one.browser)}</td>
            <td>${methods[one.method] ?? one.method}${one.secondFactor && ' + 第二要素'}</td>
            <td>
              ${
                one.session === options.here
                  ? '就是这里'
                  : html`<form method="post" action="${options.action(one.session)}">
                      ${tokenField(page)}<button class="quiet" aria-label="退出 ${one.begunAt} 的登录">退出</button>
                    </form>`
              }
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const methods: Record<string, string> = { password: '口令', passkey: '通行密钥', oidc: '统一身份' };

/** The part of a browser's name people know. */
function browserOf(agent: string): string {
  const found = /(Edg|OPR|Firefox|Chrome|Version)\/(\d+)/.exec(agent);
  if (!found) return agent.slice(0, 40) || '—';
  const [, name = '', version = ''] = found;
  return `${{ Edg: 'Edge', OPR: 'Opera', Version: 'Safari' }[name] ?? name} ${version}`;
}

export function enrolPage(
  page: DeskPage,
  {
    offer,
    must,
    problem,
  }: { readonly offer: TotpOffer; readonly must: boolean; readonly problem?: Problem | undefined },
): SafeHtml {
  return frame(
    page,
    '设置身份验证器',
    html`${problemBox(problem)}
      ${
        must &&
        html`<p class="notice">
          审核、审定、运维和安全管理员须用第二要素登录。<span lang="en"
            >Reviewers, approvers, operators and administrators sign in with a second factor.</span
          >
        </p>`
      }
      <ol class="steps">
        <li>
          <p>
            用手机上的身份验证器（任何支持 TOTP 的应用）扫描这个二维码，或输入下面的密钥。
            <span lang="en">Scan this with an authenticator (any TOTP application), or type the key.</span>
          </p>
          ${qrCode(offer.address)}
          <p class="secret"><code>${offer.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
        </li>
        <li>
          <form class="narrow" method="post" action="/me/authenticator">
            ${tokenField(page)}
            <p>
              <label for="code">输入它显示的六位验证码 <span lang="en">Type the six digits it shows</span></label
              ><input
                id="code"
                name="code"
                required
                inputmode="numeric"
                autocomplete="one-time-code"
                pattern="[0-9 ]{6,7}"
                maxlength="7"
              />
            </p>
            <p>
              <button>启用 <span lang="en">Use it</span></button>
            </p>
          </form>
        </li>
      </ol>`,
  );
}

export function recoveryPage(page: DeskPage, codes: readonly string[]): SafeHtml {
  return frame(
    page,
    '恢复码',
    html`<p>
        手机不在身边时，用其中一个代替验证码登录；每个只能用一次，只显示这一次。请抄写或打印，放在安全的地方。
        <span lang="en"
          >Without your phone, one of these stands in for the code, once. They are shown only now: print them and keep
          them safe.</span
        >
      </p>
      <ul class="codes">
        ${codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ul>
      <p>
        <a class="button" href="/">已经保存好，继续 <span lang="en">I have kept them, go on</span></a>
      </p>`,
  );
}

/** Black on white in every theme, because cameras want it so. */
function qrCode(address: string): SafeHtml {
  const rows = encodeQR(address, 'raw', { ecc: 'medium', border: 2 });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return html`<svg
    class="qr"
    viewBox="0 0 ${rows.length} ${rows.length}"
    role="img"
    aria-label="身份验证器的二维码，内容就是下面的密钥"
    shape-rendering="crispEdges"
  >
    <rect width="${rows.length}" height="${rows.length}" fill="#fff" />
    <path d="${raw(path)}" fill="#000" />
  </svg>`;
}
