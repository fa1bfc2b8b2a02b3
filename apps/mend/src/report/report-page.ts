import { html, printHtml, raw } from '@chengmen/html';
import { reportStyle } from './report-style.ts';

const legend: readonly { readonly shade: string; readonly zh: string; readonly en: string }[] = [
  {
    shade: 'proved',
    zh: '必然：只有一种原文可能，已修复。',
    en: 'Proved: exactly one original is possible; repaired.',
  },
  {
    shade: 'accepted',
    zh: '采纳：最可能的一种，按给定的把握填入。',
    en: 'Accepted: the most probable candidate, put in at the probability asked for.',
  },
  {
    shade: 'likely',
    zh: '可能：列出候选，未采纳的印作〓。',
    en: 'Likely: candidates are listed; not put in, it prints as 〓.',
  },
  { shade: 'lost', zh: '已失：无从知道，印作〓。', en: 'Lost: nothing tells what stood here; it prints as 〓.' },
  { shade: 'stated', zh: '有据：由人填入，注明出处。', en: 'Stated: a person filled it in, with the source.' },
];
const names: Readonly<Record<string, string>> = {
  proved: '必然',
  accepted: '采纳',
  likely: '可能',
  lost: '已失',
  stated: '有据',
};

/** A page of its own that shows what mending did: nothing in it is loaded from elsewhere, nothing in it runs. */
export function reportPage(entries: readonly string[]): string {
  const page = html`<html lang="zh-Hans">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline'" />
      <title>网页修复报告 · Mending report</title>
      <style>
        ${raw(reportStyle)}
      </style>
    </head>
    <body>
      <main>
        <h1>网页修复报告</h1>
        <p class="en" lang="en">Mending report</p>
        <p>左边是收到的文字，右边是修复后的文字；每一处都写明根据。能证明的才修，证明不了的留出〓。</p>
        <p class="en" lang="en">
          Left: what was received. Right: what was mended. Each place says why. Only what is proved is repaired; the
          rest stands as 〓.
        </p>
        <ul class="legend">
          ${legend.map(
            ({ shade, zh, en }) =>
              html`<li>
                <mark class="${shade}">${names[shade] ?? shade}</mark> ${zh} <span class="en" lang="en">${en}</span>
              </li>`,
          )}
        </ul>
        ${raw(entries.join('\n'))}
      </main>
    </body>
  </html>`;
  return `<!doctype html>\n${printHtml(page)}\n`;
}
