import { html, printHtml, raw, type SafeHtml } from '@chengmen/html';
import { shadeNames, verdicts, type ReportEntry } from './report-entry.ts';
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

/** Stands where the parts are put in. */
const here = '<!--parts-->';

/**
 * A page of its own that shows what mending did, as what stands before and after its parts: nothing in it is loaded from
 * elsewhere, nothing in it runs. Several pages are listed first.
 */
export function reportPage(rows: readonly ReportEntry['row'][]): readonly [before: string, after: string] {
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
        ${rows.length > 1 && listOf(rows)} ${raw(here)}
      </main>
    </body>
  </html>`;
  const [before = '', after = ''] = `<!doctype html>\n${printHtml(page)}\n`.split(here);
  return [before, after];
}

/** Where a part stands in the page. */
export const partOf = (number: number, markup: string): string =>
  `<section id="page-${number}">\n${markup}\n</section>\n`;

function listOf(rows: readonly ReportEntry['row'][]): SafeHtml {
  return html`<h2>各页 <span class="en" lang="en">Pages</span></h2>
    <div class="wide" tabindex="0" role="group" aria-label="各页 Pages">
      <table>
        <thead>
          <tr>
            <th scope="col">网页 Page</th>
            <th scope="col">结论 Verdict</th>
            ${shadeNames.map((shade) => html`<th scope="col"><mark class="${shade}">${names[shade] ?? shade}</mark></th>`)}
            <th scope="col">告警 Alarms</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, verdict, counts, alarms }, i) =>
              html`<tr>
                <th scope="row"><a href="#page-${i + 1}">${name}</a></th>
                <td>${verdicts[verdict].zh}</td>
                ${counts.map((count) => html`<td>${count === 0 ? '' : count}</td>`)}
                <td>${alarms === 0 ? '' : alarms}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}
