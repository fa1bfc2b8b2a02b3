import type { ElementNode } from '@chengmen/html';

/** How a part of a page is kept from being seen. */
export interface Hiding {
  readonly how: string;
  /**
   * `trick`: a way that has no use but to hide from people and not from machines. `plain`: also how menus, tabs and
   * notices are made. `tiny`: letters without size, which children may undo.
   */
  readonly strength: 'trick' | 'plain' | 'tiny';
}

export interface HidingRules {
  /** By class (`.x`) or id (`#x`): what a style sheet in the page does to it. */
  readonly selectors: ReadonlyMap<string, Hiding>;
  /** Ids that a script hides. */
  readonly ids: ReadonlySet<string>;
}

type Style = ReadonlyMap<string, string>;

const maxDeclarations = 2000;

function parseStyle(text: string): Style {
  const style = new Map<string, string>();
  for (const part of text.slice(0, maxDeclarations).toLowerCase().split(';')) {
    const colon = part.indexOf(':');
    if (colon > 0)
      style.set(
        part.slice(0, colon).trim(),
        part
          .slice(colon + 1)
          .replace('!important', '')
          .trim(),
      );
  }
  return style;
}

/** A length in CSS pixels; `em` counts 16, other units as they are. Undefined when it is none. */
function pixels(value: string | undefined): number | undefined {
  const match = /^(-?\d{0,9}\.?\d{0,4})\s*(px|em|rem|pt|%|)$/.exec(value ?? '');
  if (!match || match[1] === '' || match[1] === '-') return undefined;
  const number = Number(match[1]);
  if (match[2] === '%') return number <= -500 ? number : undefined;
  return match[2] === 'em' || match[2] === 'rem' ? number * 16 : number;
}

const isNothing = (value: number | undefined): boolean => value !== undefined && value >= 0 && value <= 1.5;
const isFarOff = (value: number | undefined): boolean => value !== undefined && value <= -400;

function hidingOfStyle(style: Style): Hiding | undefined {
  const get = (name: string): number | undefined => pixels(style.get(name));
  const placed = /absolute|fixed|relative/.test(style.get('position') ?? '');
  for (const side of ['left', 'top', 'right', 'bottom', 'margin-left', 'margin-top', 'margin-right'])
    if ((placed || side.startsWith('margin')) && isFarOff(get(side)))
      return { how: `${side} off the screen`, strength: 'trick' };
  if (isFarOff(get('text-indent'))) return { how: 'text-indent', strength: 'trick' };
  if (/translate\w{0,2}\(\s*-\d{4,}/.test(style.get('transform') ?? '')) return { how: 'transform', strength: 'trick' };
  const clipped = /hidden|clip/.test(style.get('overflow') ?? '');
  const small = ['height', 'width', 'max-height', 'max-width', 'line-height'].some((name) => isNothing(get(name)));
  if (clipped && small) return { how: 'zero size', strength: 'trick' };
  if (/^rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?/.test(style.get('clip') ?? ''))
    return { how: 'clip', strength: 'trick' };
  if (sameColour(style.get('color'), style.get('background-color') ?? style.get('background')))
    return { how: 'colour of the background', strength: 'trick' };
  if (/^none\b/.test(style.get('display') ?? '')) return { how: 'display:none', strength: 'plain' };
  if (/^(?:hidden|collapse)\b/.test(style.get('visibility') ?? ''))
    return { how: 'visibility:hidden', strength: 'plain' };
  if (style.get('opacity') !== undefined && Number(style.get('opacity')) < 0.05)
    return { how: 'opacity', strength: 'plain' };
  if (/alpha\(\s*opacity\s*=\s*0\s*\)/.test(style.get('filter') ?? '')) return { how: 'opacity', strength: 'plain' };
  const size = get('font-size');
  return size !== undefined && size >= 0 && size <= 2 ? { how: 'font-size', strength: 'tiny' } : undefined;
}

const named: Readonly<Record<string, string>> = {
  white: 'ffffff',
  black: '000000',
  '#fff': 'ffffff',
  '#000': '000000',
  red: 'ff0000',
  blue: '0000ff',
};

function colour(value: string | undefined): string | undefined {
  const word = /#[0-9a-f]{6}|#[0-9a-f]{3}\b|\b(?:white|black|red|blue)\b|rgb\([\d\s,]{5,20}\)/.exec(value ?? '')?.[0];
  if (word === undefined) return undefined;
  if (word.startsWith('rgb'))
    return (word.match(/\d+/g) ?? []).map((part) => Number(part).toString(16).padStart(2, '0')).join('');
  const known = named[word];
  if (known !== undefined) return known;
  return word.length === 4 ? word.slice(1).replace(/./g, '$&$&') : word.slice(1);
}

function sameColour(text: string | undefined, ground: string | undefined): boolean {
  const one = colour(text);
  return one !== undefined && !/url|gradient/.test(ground ?? '') && one === colour(ground);
}

/** How an element is hidden by its own attributes, by a style sheet in the page or by a script. */
export function hidingOf(node: ElementNode, above: readonly ElementNode[], rules: HidingRules): Hiding | undefined {
  const { attributes, name } = node;
  if (name === 'marquee') return hidingOfMarquee(node);
  if (name === 'noscript') return { how: 'noscript', strength: 'plain' };
  const own = attributes.style === undefined ? undefined : hidingOfStyle(parseStyle(attributes.style));
  if (own) return own;
  if (attributes.hidden !== undefined) return { how: 'hidden', strength: 'plain' };
  if (attributes.id !== undefined && rules.ids.has(attributes.id))
    return { how: 'hidden by script', strength: 'plain' };
  if (isTextOnGround(node, above)) return { how: 'colour of the background', strength: 'trick' };
  if (rules.selectors.size === 0) return undefined;
  for (const selector of selectorsOf(attributes)) {
    const hiding = rules.selectors.get(selector);
    if (hiding) return hiding;
  }
  return undefined;
}

const selectorsOf = ({ id, class: classes }: ElementNode['attributes']): string[] => [
  ...(id === undefined ? [] : [`#${id}`]),
  ...(classes ?? '')
    .slice(0, 400)
    .split(/\s+/)
    .slice(0, 12)
    .map((one) => `.${one}`),
];

function hidingOfMarquee({ attributes }: ElementNode): Hiding | undefined {
  const style = parseStyle(attributes.style ?? '');
  const sizes = [attributes.height, attributes.width, style.get('height'), style.get('width')].map(pixels);
  const fast = Number(attributes.scrollamount ?? 0) >= 500;
  return fast || sizes.some((size) => size !== undefined && size >= 0 && size <= 8)
    ? { how: 'marquee', strength: 'trick' }
    : undefined;
}

/** `<font color>` or a colour of its own that equals the ground of what holds it, at most three levels up. */
function isTextOnGround(node: ElementNode, above: readonly ElementNode[]): boolean {
  const text = node.attributes.color ?? (node.attributes.style && parseStyle(node.attributes.style).get('color'));
  if (text === undefined || text === '') return false;
  const holder = above.findLast(
    ({ attributes }) => attributes.bgcolor !== undefined || /background/i.test(attributes.style ?? ''),
  );
  if (!holder) return false;
  const style = parseStyle(holder.attributes.style ?? '');
  const ground = style.get('background-color') ?? style.get('background') ?? holder.attributes.bgcolor?.toLowerCase();
  return sameColour(text.toLowerCase(), ground);
}

const maxSheet = 300_000;

/**
 * What the style sheets in the page hide, by class and id; only selectors of one part, and none inside `@media`: what a
 * narrow screen or paper does not show is no secret. Letters without size are left out: other rules undo them.
 */
export function styleRules(sheet: string): { readonly selectors: ReadonlyMap<string, Hiding> } {
  const selectors = new Map<string, Hiding>();
  for (const { prelude, body } of topRules(sheet.slice(0, maxSheet))) {
    const hiding = hidingOfStyle(parseStyle(body));
    if (!hiding || hiding.strength === 'tiny') continue;
    for (const selector of prelude.split(',')) {
      const simple = /^\s*[a-z]{0,10}([.#][\w-]{1,60})\s*$/i.exec(selector)?.[1];
      if (simple !== undefined) selectors.set(simple, hiding);
    }
  }
  return { selectors };
}

function topRules(sheet: string): { prelude: string; body: string }[] {
  const rules: { prelude: string; body: string }[] = [];
  let depth = 0;
  let from = 0;
  let prelude = '';
  for (const { 0: sign, index } of sheet.matchAll(/\/\*|[{}]/g)) {
    if (sign === '/*') continue;
    if (sign === '{') {
      if (depth === 0) prelude = sheet.slice(from, index);
      depth++;
    } else if (depth > 0) {
      depth--;
      if (depth === 0 && !prelude.includes('@'))
        rules.push({ prelude: cleaned(prelude), body: sheet.slice(from, index) });
    }
    from = index + 1;
  }
  return rules;
}

const cleaned = (prelude: string): string => prelude.slice(-2000).replace(/\/\*[^*]{0,400}\*\/|<!--/g, ' ');
