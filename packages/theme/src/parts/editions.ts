import { html, type SafeHtml } from '@chengmen/html';
import type { Edition } from '@chengmen/model';

/** Beside the date: that what is read is not what was first published. */
export function editionsHint(editions: readonly Edition[] | undefined): SafeHtml | undefined {
  const newest = editions?.at(-1);
  if (!newest || editions?.length === 1) return undefined;
  return html`<span
    ><a href="#editions"><time datetime="${newest.on}">${newest.on}</time> 有修改</a></span
  >`;
}

/** 历次修改: every approved revision with its day and its hash, by which a copy can be told to be one of them. */
export function editionsPart(editions: readonly Edition[] | undefined): SafeHtml | undefined {
  if (!editions || editions.length < 2) return undefined;
  return html`<section class="part editions" id="editions">
    <h2>历次修改</h2>
    <p>本文发布后修改过 ${editions.length - 1} 次。每一版都经审签，摘要（SHA-256）可用来核对手中的文本是哪一版。</p>
    <ol>
      ${editions.map(
        ({ on, hash }, at) =>
          html`<li>
            <time datetime="${on}">${on}</time> ${at === 0 ? '首次发布' : `第 ${at} 次修改`}${
              at === editions.length - 1 && '（现行）'
            }
            <span class="code hash">${hash}</span>
          </li>`,
      )}
    </ol>
  </section>`;
}
