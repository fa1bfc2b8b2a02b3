import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, hexOf } from './colour.ts';
import { palette, tokensCss, type Palette, type PaletteName } from './tokens.ts';

const names: readonly PaletteName[] = ['light', 'dark', 'contrast', 'ink', 'blue'];
const hues = Array.from({ length: 36 }, (_, index) => index * 10);

test('contrast: black on white is 21, a colour on itself is 1 (WCAG 2.2)', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.equal(contrast('#336699', '#336699'), 1);
});

test('hexOf: known colours come out right, and what sRGB cannot show is brought inside', () => {
  assert.equal(hexOf({ l: 1, c: 0, h: 0 }), '#ffffff');
  assert.equal(hexOf({ l: 0.627955, c: 0.257683, h: 29.2339 }), '#ff0000');
  assert.match(hexOf({ l: 0.5, c: 0.4, h: 150 }), /^#[0-9a-f]{6}$/);
});

test('palette: text is readable on every ground it stands on, for every hue a city may choose', () => {
  const grounds = ['paper', 'wash', 'tint', 'accent-wash'] as const;
  for (const name of names) {
    for (const hue of hues) {
      const colours = palette(name, hue);
      for (const ground of grounds) {
        atLeast(colours, 'ink', ground, 7, `${name} ${hue}`);
        for (const text of ['soft', 'main', 'accent'] as const) atLeast(colours, text, ground, 4.5, `${name} ${hue}`);
        atLeast(colours, 'edge', ground, 3, `${name} ${hue}`);
      }
      atLeast(colours, 'on-deep', 'deep', 7, `${name} ${hue}`);
      atLeast(colours, 'on-deep-soft', 'deep', 4.5, `${name} ${hue}`);
    }
  }
});

test('tokensCss: every palette is there for the system wish and for the reader’s own choice', () => {
  const css = tokensCss(226);
  for (const part of [
    'prefers-color-scheme:dark',
    'data-theme=dark',
    'data-theme=contrast',
    'prefers-contrast:more',
    'print',
  ])
    assert.ok(css.includes(part), part);
});

function atLeast(colours: Palette, one: keyof Palette, other: keyof Palette, least: number, where: string): void {
  const found = contrast(colours[one], colours[other]);
  assert.ok(found >= least, `${where}: ${one} on ${other} is ${found.toFixed(2)}`);
}
