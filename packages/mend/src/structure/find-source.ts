import { authorLabel, nextLabel, ownerEnd, ownerLabels, sourceLabel } from './labels.ts';
import { gapMark } from './marked-page.ts';
import type { PageLine, PageView } from './page-lines.ts';

export interface FoundSource {
  readonly name: string;
  readonly from: 'label' | 'head' | 'footer' | 'hint';
  readonly line?: PageLine;
}

const metaNames = ['contentsource', 'source', 'article:author', 'sitename', 'og:site_name'];

/**
 * Who says what the page says: by its own label, its head, or the owner its footer names. A name with a gap is none. A label
 * inside the body counts where the body ends.
 */
export function findSource(
  view: PageView,
  body: { readonly start: number; readonly end: number } | undefined,
  hints: readonly string[],
): FoundSource | undefined {
  const { lines, meta } = view;
  const inside = body ? lines.filter(({ start, end }) => start >= body.start && end <= body.end) : [];
  const amid = new Set(inside.slice(0, -2));
  for (const line of lines) {
    if (amid.has(line)) continue;
    const name = labelled(line.text, sourceLabel, nextLabel);
    if (name !== undefined) return { name, from: 'label', line };
  }
  const inHead = metaNames.map((name) => meta[name]).find((value) => value !== undefined && isName(value));
  if (inHead !== undefined) return { name: inHead, from: 'head' };
  const owner = ownerOf(lines);
  if (owner) return owner;
  return hints[0] === undefined ? undefined : { name: hints[0], from: 'hint' };
}

function ownerOf(lines: readonly PageLine[]): FoundSource | undefined {
  for (const label of ownerLabels) {
    for (const line of lines.toReversed()) {
      const name = labelled(line.text, label, ownerEnd);
      if (name !== undefined) return { name, from: 'footer', line };
    }
  }
  for (const line of lines.toReversed()) {
    const name = line.text.length <= 200 ? ownerBefore.exec(line.text)?.[1] : undefined;
    if (name !== undefined && isName(name)) return { name, from: 'footer', line };
  }
  return undefined;
}

/** `某某区教育局版权所有`. */
const ownerBefore = /(?:^|[\s|｜©])([一-鿿（）]{4,30}?)\s*(?:版权所有|主办)(?:$|[\s|｜])/;

export function findAuthor(lines: readonly PageLine[]): string | undefined {
  for (const line of lines) {
    if (line.text.length > 200) continue;
    const names = authorNames.exec(line.text)?.[1];
    const name = names ?? labelled(line.text, authorLabel, nextLabel);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** People's names set apart by spaces or commas. */
const authorNames = new RegExp(
  `${authorLabel.source}((?!.{0,2}(?:来源|编辑|时间|日期|浏览))[一-鿿·]{2,4}(?:[ 、，,](?!来源|编辑|时间|日期|浏览|点击|阅读|字号|发布|审核|打印)[一-鿿·]{2,4}(?=$|[\\s、，,]))+)`,
);

function labelled(text: string, label: RegExp, end: RegExp): string | undefined {
  const at = label.exec(text);
  if (!at || (at.index > 0 && text.length > 400)) return undefined;
  const value = text.slice(at.index + at[0].length);
  const stop = value.search(end);
  const name = (stop < 0 ? value : value.slice(0, stop)).replace(/^[（(【[]|[）)】\]]$/g, '').trim();
  return isName(name) ? name : undefined;
}

const isName = (text: string): boolean =>
  text.length >= 2 && text.length <= 60 && !text.includes(gapMark) && /\p{L}{2}/u.test(text);
