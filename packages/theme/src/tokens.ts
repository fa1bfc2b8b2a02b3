import { hexOf, readable, type Hex } from './colour.ts';

/** Deep river blue; a site may set its own hue. */
export const defaultHue = 226;
/** The one accent beside the main colour, amber: warnings, gaps, the demonstration mark. Where the main colour is near it, a violet. */
const accentOf = (hue: number): number => (hue > 36 && hue < 106 ? 320 : 66);

export type PaletteName = 'light' | 'dark' | 'contrast' | 'ink' | 'blue';

/** Colours by role. Every text role is readable on every ground it may stand on: see `tokens.test.ts`. */
export interface Palette {
  readonly paper: Hex;
  readonly wash: Hex;
  readonly tint: Hex;
  readonly ink: Hex;
  readonly soft: Hex;
  readonly line: Hex;
  readonly edge: Hex;
  readonly main: Hex;
  readonly deep: Hex;
  readonly 'on-deep': Hex;
  readonly 'on-deep-soft': Hex;
  readonly accent: Hex;
  readonly 'accent-wash': Hex;
}

/** The colours of a site with this main hue (degrees in OKLCH). */
export function palette(name: PaletteName, hue: number): Palette {
  if (name === 'light') return light(hue);
  if (name === 'dark') return dark(hue);
  return twoColours[name];
}

function light(h: number): Palette {
  const paper = '#ffffff';
  const wash = hexOf({ l: 0.977, c: 0.007, h });
  const tint = hexOf({ l: 0.945, c: 0.022, h });
  const accentWash = hexOf({ l: 0.965, c: 0.035, h: accentOf(h) });
  const grounds = [paper, wash, tint, accentWash];
  const deep = readable({ start: { l: 0.34, c: 0.075, h }, grounds: ['#ffffff'], least: 9, towards: 0 });
  return {
    paper,
    wash,
    tint,
    ink: readable({ start: { l: 0.25, c: 0.025, h }, grounds, least: 12, towards: 0 }),
    soft: readable({ start: { l: 0.47, c: 0.025, h }, grounds, least: 5.5, towards: 0 }),
    line: hexOf({ l: 0.9, c: 0.012, h }),
    edge: readable({ start: { l: 0.66, c: 0.03, h }, grounds, least: 3, towards: 0 }),
    main: readable({ start: { l: 0.44, c: 0.1, h }, grounds, least: 6, towards: 0 }),
    deep,
    'on-deep': '#ffffff',
    'on-deep-soft': readable({ start: { l: 0.86, c: 0.03, h }, grounds: [deep], least: 5.5, towards: 1 }),
    accent: readable({ start: { l: 0.48, c: 0.115, h: accentOf(h) }, grounds, least: 5, towards: 0 }),
    'accent-wash': accentWash,
  };
}

function dark(h: number): Palette {
  const paper = hexOf({ l: 0.195, c: 0.016, h });
  const wash = hexOf({ l: 0.235, c: 0.019, h });
  const tint = hexOf({ l: 0.285, c: 0.03, h });
  const accentWash = hexOf({ l: 0.28, c: 0.035, h: accentOf(h) });
  const grounds = [paper, wash, tint, accentWash];
  const deep = hexOf({ l: 0.15, c: 0.02, h });
  return {
    paper,
    wash,
    tint,
    ink: readable({ start: { l: 0.93, c: 0.01, h }, grounds, least: 10, towards: 1 }),
    soft: readable({ start: { l: 0.76, c: 0.018, h }, grounds, least: 5.5, towards: 1 }),
    line: hexOf({ l: 0.34, c: 0.022, h }),
    edge: readable({ start: { l: 0.56, c: 0.03, h }, grounds, least: 3, towards: 1 }),
    main: readable({ start: { l: 0.8, c: 0.085, h }, grounds, least: 6.5, towards: 1 }),
    deep,
    'on-deep': '#ffffff',
    'on-deep-soft': readable({ start: { l: 0.78, c: 0.025, h }, grounds: [deep], least: 5.5, towards: 1 }),
    accent: readable({ start: { l: 0.83, c: 0.1, h: accentOf(h) }, grounds, least: 6, towards: 1 }),
    'accent-wash': accentWash,
  };
}

/** A ground, a colour to write with, one for what can be pressed: 黑底黄字, 白底黑字, 蓝底黄字. */
const twoColours = {
  contrast: ofThree('#000000', '#ffe66d', '#ffffff'),
  ink: ofThree('#ffffff', '#000000', '#00309c'),
  blue: ofThree('#002060', '#fff36b', '#ffffff'),
} as const;

function ofThree(ground: Hex, words: Hex, press: Hex): Palette {
  return {
    paper: ground,
    wash: ground,
    tint: ground,
    ink: words,
    soft: words,
    line: words,
    edge: words,
    main: press,
    deep: ground,
    'on-deep': words,
    'on-deep-soft': words,
    accent: press,
    'accent-wash': ground,
  };
}

/** The palettes as custom properties: by the system's wish, and by the reader's own choice, which goes first. */
export function tokensCss(hue: number): string {
  const day = declarations(palette('light', hue));
  const night = declarations(palette('dark', hue));
  return [
    `:root{color-scheme:light;${day}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme]){color-scheme:dark;${night}}}`,
    `:root[data-theme=dark]{color-scheme:dark;${night}}`,
    `@media (prefers-contrast:more){:root:not([data-theme]){--soft:var(--ink);--line:var(--edge);--edge:var(--ink)}}`,
    `:root[data-theme=contrast]{color-scheme:dark;${declarations(twoColours.contrast)}}`,
    `:root[data-theme=ink]{color-scheme:light;${declarations(twoColours.ink)}}`,
    `:root[data-theme=blue]{color-scheme:dark;${declarations(twoColours.blue)}}`,
    `@media print{:root:root:root{color-scheme:light;${declarations(printed(hue))}}}`,
  ].join('\n');
}

function printed(hue: number): Palette {
  return { ...palette('light', hue), wash: '#ffffff', tint: '#ffffff', ink: '#000000', 'accent-wash': '#ffffff' };
}

function declarations(colours: Palette): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');
}
