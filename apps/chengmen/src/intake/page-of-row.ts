import { html, printHtml, raw, type SafeHtml } from '@chengmen/html';

/** What a table or a feed says of one article. */
export interface Row {
  readonly title: string;
  readonly date?: string | undefined;
  readonly source?: string | undefined;
  readonly author?: string | undefined;
  readonly address?: string | undefined;
  /** What its channel was called. */
  readonly channel?: string | undefined;
  readonly body: string;
  readonly form: 'html' | 'text';
}

/** The row as a page whose head labels everything: it is then read like any other page. The same row gives the same bytes. */
export function pageOfRow({ title, date, source, author, address, channel, body, form }: Row): Uint8Array {
  const meta = (name: string, content: string | undefined): SafeHtml | false =>
    content !== undefined && content.trim() !== '' && html`<meta name="${name}" content="${content.trim()}" />`;
  const words = form === 'html' ? raw(body) : paragraphs(body);
  const page = html`<html>
    <head>
      <meta charset="utf-8" />
      <title>${title}</title>
      ${meta('ArticleTitle', title)} ${meta('PubDate', date)} ${meta('ContentSource', source)} ${meta('Author', author)}
      ${address !== undefined && /^https?:/.test(address) && html`<link rel="canonical" href="${address}" />`}
    </head>
    <body>
      ${channel !== undefined && html`<div>当前位置：<a href="/">首页</a> &gt; <a href="/">${channel}</a> &gt; 正文</div>`}
      <h1>${title}</h1>
      ${author !== undefined && author.trim() !== '' && html`<p>作者：${author.trim()}</p>`}
      <div>${words}</div>
    </body>
  </html>`;
  return new TextEncoder().encode(printHtml(page));
}

const paragraphs = (text: string): SafeHtml[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => html`<p>${line.trim()}</p>`);
