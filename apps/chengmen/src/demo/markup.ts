import type { ItemId } from '@chengmen/model';

/** Clean bodies from plain words: what an editor's keyboard makes at the desk, writers of the demonstration make here. */
export const p = (...texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('');
export const h2 = (text: string): string => `<h2>${text}</h2>`;
export const ul = (...items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
export const ol = (...items: readonly string[]): string =>
  `<ol>${items.map((item) => `<li>${item}</li>`).join('')}</ol>`;
export const to = (item: ItemId, words: string): string => `<a href="item:${item}">${words}</a>`;
export const figure = (media: ItemId, alt: string, caption: string): string =>
  `<figure><img src="media:${media}" alt="${alt}"><figcaption>${caption}</figcaption></figure>`;

type Cell = string | number;

/** The first cell of each row names it. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const heads = head.map((name) => `<th scope="col">${name}</th>`).join('');
  const body = rows
    .map(
      ([name, ...cells]) => `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    )
    .join('');
  return `<table><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

const digits = '零一二三四五六七八九';

/** 1 to 99 as in the numbering of clauses: 一, 十, 十一, 二十. */
export function inChinese(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return head + (ones === 0 && tens > 0 ? '' : digits[ones]);
}

/**
 * A regulation: clauses numbered through, a heading where a string begins with `#`. A clause of more than one paragraph is a list of them.
 * @example clauses('# 总则', '为了……，制定本办法。') // '<h2>第一章　总则</h2><p><strong>第一条</strong>　为了……，制定本办法。</p>'
 */
export function clauses(...parts: readonly (string | readonly string[])[]): string {
  let [chapter, clause] = [0, 0];
  return parts
    .map((part) => {
      if (typeof part === 'string' && part.startsWith('# ')) return h2(`第${inChinese(++chapter)}章　${part.slice(2)}`);
      const [first = '', ...rest] = typeof part === 'string' ? [part] : part;
      return `<p><strong>第${inChinese(++clause)}条</strong>　${first}</p>${p(...rest)}`;
    })
    .join('');
}
