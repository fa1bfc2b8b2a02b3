/** A colour of the sRGB space as `#rrggbb`. */
export type Hex = string;

/** Lightness 0 … 1, chroma 0 … 0.4, hue in degrees (Björn Ottosson's OKLCH). */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

/** OKLCH in sRGB; where the colour lies outside, its chroma is lowered until it fits. */
export function hexOf({ l, c, h }: Oklch): Hex {
  for (let chroma = c; chroma > 0.001; chroma *= 0.96) {
    const rgb = linearRgb({ l, c: chroma, h });
    if (rgb.every((part) => part >= -0.0005 && part <= 1.0005)) return toHex(rgb);
  }
  return toHex(linearRgb({ l, c: 0, h }));
}

function linearRgb({ l, c, h }: Oklch): [number, number, number] {
  const angle = (h * Math.PI) / 180;
  const a = c * Math.cos(angle);
  const b = c * Math.sin(angle);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

function toHex(rgb: readonly number[]): Hex {
  const digits = rgb.map((part) => {
    const clipped = Math.min(1, Math.max(0, part));
    const gamma = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(gamma * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${digits.join('')}`;
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: Hex): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, 1 … 21 (WCAG 2.2, 1.4.3). */
export function contrast(one: Hex, other: Hex): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The colour of this hue nearest in lightness to `start` whose contrast with every ground is at least `least`:
 * searched darker where `towards` is 0, lighter where it is 1.
 */
export function readable(options: {
  readonly start: Oklch;
  readonly grounds: readonly Hex[];
  readonly least: number;
  readonly towards: 0 | 1;
}): Hex {
  const { start, grounds, least, towards } = options;
  const steps = 200;
  for (let step = 0; step <= steps; step++) {
    const colour = hexOf({ ...start, l: start.l + ((towards - start.l) * step) / steps });
    if (grounds.every((ground) => contrast(colour, ground) >= least)) return colour;
  }
  return towards === 0 ? '#000000' : '#ffffff';
}
