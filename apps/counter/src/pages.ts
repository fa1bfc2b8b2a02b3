import { html, type SafeHtml } from '@chengmen/html';
import { isLetterKind, letterKinds, type SubmittedLetter, type TrackedLetter } from '@chengmen/interaction';

/** What every page of the counter shows of its site. */
export interface Furniture {
  readonly siteName: string;
  readonly demonstration?: string;
  readonly portal: string;
  readonly phone: string;
  readonly stylesheet?: string;
}

export interface Problem {
  readonly zh: string;
  readonly en: string;
  /** The field it is about; empty when about none. */
  readonly field: string;
}

function frame(furniture: Furniture, title: string, content: SafeHtml): SafeHtml {
  return html`<!doctype html>
    <html lang="zh-Hans">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} - ${furniture.siteName}窗口</title>
        <link rel="stylesheet" href="${furniture.stylesheet ?? ''}" />
      </head>
      <body>
        <a class="skip" href="#main">跳到正文 <span lang="en">Skip to content</span></a>
        <header class="masthead">
          ${furniture.demonstration && html`<p class="demonstration">${furniture.demonstration}</p>`}
          <div class="measure">
            <p class="brand">
              <a href="/">${furniture.siteName}<span>窗口</span></a>
            </p>
            <nav aria-label="窗口">
              <a href="/letters/new">写信</a><a href="/letters/new?kind=correction">网站纠错</a
              ><a href="/letters/track">查询进度</a><a href="${furniture.portal}">返回门户</a>
            </nav>
          </div>
        </header>
        <main id="main" class="measure" tabindex="-1">
          <h1>${title}</h1>
          ${content}
        </main>
        <footer class="measure">
          <p>联系电话 ${furniture.phone}。您留下的姓名和电话只用于办理这封信，不会公开。</p>
          <p lang="en">Your name and telephone number are used to handle this letter only and are never published.</p>
        </footer>
      </body>
    </html> `;
}

export function frontPage(furniture: Furniture): SafeHtml {
  return frame(
    furniture,
    '有什么可以帮您',
    html`<p class="lead">
        写给市政府的信，有编号，有期限，有答复。<span lang="en"
          >Every letter gets a number, a deadline and an answer.</span
        >
      </p>
      <ul class="choices">
        ${(Object.keys(letterKinds) as (keyof typeof letterKinds)[]).map(
          (kind) =>
            html`<li>
              <a href="/letters/new?kind=${kind}"
                ><strong>${letterKinds[kind].zh}</strong><span>${letterKinds[kind].days} 个工作日内答复</span></a
              >
            </li>`,
        )}
        <li>
          <a href="/letters/track"><strong>查询进度</strong><span>凭查询码看办理情况和答复</span></a>
        </li>
      </ul>`,
  );
}

export function letterForm(
  furniture: Furniture,
  state: { readonly values: Readonly<Record<string, string>>; readonly problem?: Problem },
): SafeHtml {
  const { values, problem } = state;
  const kind = isLetterKind(values['kind'] ?? '') ? (values['kind'] as keyof typeof letterKinds) : 'consultation';
  const value = (name: string): string => values[name] ?? '';
  const wrong = (name: string): SafeHtml | undefined =>
    problem?.field.startsWith(name) && name !== '' ? html` aria-invalid="true" aria-describedby="problem"` : undefined;
  const correction = kind === 'correction';
  return frame(
    furniture,
    correction ? '网站纠错' : '写信',
    html`${
        problem &&
        html`<div class="problem" id="problem" role="alert">
          <p>${problem.zh}</p>
          <p lang="en">${problem.en}</p>
        </div>`
      }
      <form method="post" action="/letters">
        <fieldset>
          <legend>类别</legend>
          <div class="options">
            ${(Object.keys(letterKinds) as (keyof typeof letterKinds)[]).map(
              (each) =>
                html`<label
                  ><input type="radio" name="kind" value="${each}" ${each === kind ? html` checked` : undefined} />
                  ${letterKinds[each].zh}</label
                >`,
            )}
          </div>
        </fieldset>
        <p>
          <label for="subject">标题</label
          ><input
            id="subject"
            name="subject"
            required
            maxlength="100"
            value="${value('subject')}"
            ${wrong('subject')}
          />
        </p>
        ${
          correction
            ? html`<p>
                  <label for="page">出错页面的地址</label><span class="hint">例如 /news/headlines/</span
                  ><input id="page" name="page" maxlength="500" value="${value('page')}" ${wrong('page')} />
                </p>
                <p>
                  <label for="passage">有问题的原文</label
                  ><textarea id="passage" name="passage" rows="2" maxlength="500" ${wrong('passage')}>
${value('passage')}</textarea>
                </p>`
            : undefined
        }
        <p>
          <label for="body">${correction ? '问题是什么' : '内容'}</label
          ><textarea id="body" name="body" rows="8" required maxlength="5000" ${wrong('body')}>
${value('body')}</textarea>
        </p>
        <p>
          <label for="sender">怎么称呼您</label
          ><input
            id="sender"
            name="sender"
            required
            maxlength="40"
            autocomplete="name"
            value="${value('sender')}"
            ${wrong('sender')}
          />
        </p>
        <p>
          <label for="phone">电话（选填）</label
          ><input
            id="phone"
            name="phone"
            type="tel"
            maxlength="20"
            autocomplete="tel"
            value="${value('phone')}"
            ${wrong('phone')}
          />
        </p>
        <p><button>提交</button></p>
      </form>`,
  );
}

const dueLater = '待次年节假日安排公布后确定';

export function letterReceived(furniture: Furniture, letter: SubmittedLetter): SafeHtml {
  return frame(
    furniture,
    '收到了',
    html`<dl class="facts">
        <div>
          <dt>编号</dt>
          <dd>${letter.reference}</dd>
        </div>
        <div>
          <dt>查询码</dt>
          <dd class="code">${letter.code}</dd>
        </div>
        <div>
          <dt>答复期限</dt>
          <dd>${letter.due?.date ?? dueLater}</dd>
        </div>
      </dl>
      <p>请记下查询码：它只显示这一次，凭它可以随时查看办理情况和答复。</p>
      <p lang="en">Write the code down: it is shown only once, and lets you follow the letter and read the answer.</p>
      ${
        letter.due !== null &&
        letter.due.skipped.length > 0 &&
        html`<details>
          <summary>期限怎么算的</summary>
          <p>收到的第二天起算，以下各天不计：</p>
          <ul>
            ${letter.due.skipped.map(({ date, why }) => html`<li>${date} ${why}</li>`)}
          </ul>
        </details>`
      }
      <p><a class="button" href="/letters/track">去查询</a></p>`,
  );
}

export function trackingPage(
  furniture: Furniture,
  state: { readonly letter?: TrackedLetter; readonly problem?: Problem },
): SafeHtml {
  const { letter, problem } = state;
  if (letter) {
    return frame(
      furniture,
      letter.subject,
      html`<dl class="facts">
          <div>
            <dt>编号</dt>
            <dd>${letter.reference}</dd>
          </div>
          <div>
            <dt>类别</dt>
            <dd>${letterKinds[letter.kind].zh}</dd>
          </div>
          <div>
            <dt>收到</dt>
            <dd>${letter.receivedOn}</dd>
          </div>
          <div>
            <dt>答复期限</dt>
            <dd>${letter.dueOn ?? dueLater}</dd>
          </div>
          <div>
            <dt>状态</dt>
            <dd>${letter.state === 'answered' ? '已答复' : '办理中'}</dd>
          </div>
        </dl>
        <h2>来信</h2>
        ${paragraphs(letter.body)}
        ${letter.page && html`<p>页面：${letter.page}</p>`}${letter.passage && html`<blockquote>${letter.passage}</blockquote>`}
        ${
          letter.answer &&
          html`<h2>答复</h2>
            <p class="by">${letter.department}，${letter.answeredOn}</p>
            ${paragraphs(letter.answer)}`
        }`,
    );
  }
  return frame(
    furniture,
    '查询进度',
    html`${
        problem &&
        html`<div class="problem" id="problem" role="alert">
          <p>${problem.zh}</p>
          <p lang="en">${problem.en}</p>
        </div>`
      }
      <form method="post" action="/letters/track">
        <p>
          <label for="code">查询码</label
          ><input
            id="code"
            name="code"
            required
            autocomplete="off"
            maxlength="20"
            class="code"
            ${problem?.field === 'code' ? html` aria-invalid="true" aria-describedby="problem"` : undefined}
          />
        </p>
        <p><button>查询</button></p>
      </form>`,
  );
}

export function messagePage(
  furniture: Furniture,
  message: { readonly title: string; readonly zh: string; readonly en: string },
): SafeHtml {
  return frame(
    furniture,
    message.title,
    html`<p>${message.zh}</p>
      <p lang="en">${message.en}</p>
      <p><a class="button" href="/">回到窗口首页</a></p>`,
  );
}

function paragraphs(text: string): SafeHtml[] {
  return text.split(/\n+/).map((line) => html`<p>${line}</p>`);
}
