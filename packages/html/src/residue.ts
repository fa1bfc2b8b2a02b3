import type { ElementNode } from './parse-tree.ts';
import type { RemovalName } from './removals.ts';

const marks: readonly (readonly [RemovalName, RegExp])[] = [
  ['kindeditor', /__kindeditor|\bke-|data-ke-/i],
  ['ueditor', /ueditor|edui-|_baidu_bookmark|\bpasteContent_/i],
  ['ckeditor', /\bcke_|data-cke-|_moz_dirty/i],
  ['word', /\bMso|mso-|\bwps\b|urn:schemas-microsoft/i],
];

/** Which editor left this element or its attributes; `attribute` when it is only styled; undefined when it is bare. */
export function residueOf(node: ElementNode): RemovalName | undefined {
  if (node.name.includes(':')) return 'word';
  const given = Object.entries(node.attributes);
  if (given.length === 0) return undefined;
  const text = given
    .map(([name, value]) =>
      name === 'href' || name === 'src' || name === 'alt' ? name : `${name}=${value.slice(0, 400)}`,
    )
    .join(' ');
  return marks.find(([, pattern]) => pattern.test(text))?.[0];
}

const hidingStyle = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i;

/** A browser would not show it. */
export function isHidden({ attributes }: ElementNode): boolean {
  return attributes['hidden'] !== undefined || hidingStyle.test(attributes['style'] ?? '');
}
