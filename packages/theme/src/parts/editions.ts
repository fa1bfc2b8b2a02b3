import { html, type SafeHtml } from '@chengmen/html';
import type { Edition } from '@chengmen/model';
import { type Words } from '../words.ts';

/** Beside the date: that what is read is not what was first published. */
export function editionsHint(t: Words, editions: readonly Edition[] | undefined): SafeHtml | undefined {
  const newest = editions?.at(-1);
  if (!newest || editions?.length === 1) return undefined;
  return html`<span
    ><a href="#editions"
      >${t.rich('{day} 有修改', { day: html`<time datetime="${newest.on}">${t.day(newest.on)}</time>` })}</a
    ></span
  >`;
}

/** 历次修改: every approved revision with its day and its hash, by which a copy can be told to be one of them. */
export function editionsPart(t: Words, editions: readonly Edition[] | undefined): SafeHtml | undefined {
  if (!editions || editions.length < 2) return undefined;
  return html`<section class="part editions" id="editions">
    <h2>${t('历次修改')}</h2>
    <p>
      ${t('本文发布后修改过 {n} 次。每一版都经审签，摘要（SHA-256）可用来核对手中的文本是哪一版。', { n: editions.length - 1 })}
    </p>
    <ol>
      ${editions.map(
        ({ on, hash }, at) =>
          html`<li>
            <time datetime="${on}">${t.day(on)}</time> ${at === 0 ? t('首次发布') : t('第 {n} 次修改', { n: at })}${
              at === editions.length - 1 && t('（现行）')
            }
            <span class="code hash">${hash}</span>
          </li>`,
      )}
    </ol>
  </section>`;
}
