import { html, printHtml } from '@chengmen/html';
import type { LiveItem } from '@chengmen/model';

/**
 * 410 without anything of the site round it: what was approved is not to be seen while the site is held at an earlier release, but for
 * the fact that something was withdrawn. No style either: that of the earlier release is not known here.
 */
export function bareGonePage(withdrawal: LiveItem['withdrawal']): string {
  return printHtml(
    html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <title>此页已撤回</title>
        </head>
        <body>
          <main>
            <h1>此页已撤回</h1>
            <p>原来在这个地址的内容已由发布单位撤回，不再提供。</p>
            ${withdrawal && html`<p>撤回日期：${withdrawal.on}。撤回原因：${withdrawal.reason}</p>`}
            <p lang="en">What stood at this address has been withdrawn by its publisher.</p>
            <p>
              <a href="/">返回首页 <span lang="en">Home</span></a>
            </p>
          </main>
        </body>
      </html> `,
  );
}
