import { html, printHtml, raw } from '@chengmen/html';
import type { Output, PagePath, Source } from '@chengmen/model';
import { wordsOf } from '../words.ts';

/** A lasting redirect with a page for readers whose browser does not follow it. */
export function redirect(source: Source, from: PagePath, to: PagePath): Output {
  const t = wordsOf(source);
  const { origin, name } = source.site().fields;
  const markup = html`<!doctype html>
    <html lang="${t.language}" ${t.direction === 'rtl' && raw(' dir="rtl"')}>
      <head>
        <meta charset="utf-8" />
        <title>${t('地址已变更')} - ${name}</title>
        <link rel="canonical" href="${origin + to}" />
      </head>
      <body>
        <p>${t('此页的地址已变更为：')}<a href="${to}">${origin + to}</a></p>
      </body>
    </html> `;
  return { path: from, status: 301, type: 'text/html; charset=utf-8', body: printHtml(markup), location: to };
}

/** From each former address, for ever. An address the page has come back to redirects nowhere. */
export function redirects(source: Source, from: readonly PagePath[], to: PagePath): readonly Output[] {
  return [...new Set(from)].filter((path) => path !== to).map((path) => redirect(source, path, to));
}
