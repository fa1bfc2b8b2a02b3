import { sha256, type FieldsOf, type Output, type PagePath } from '@chengmen/model';
import { hexOf, type Hex } from './colour.ts';
import { scripts, styles } from './generated/assets.ts';
import { defaultHue, palette, tokensCss } from './tokens.ts';

/** Where the site's styles, scripts and sign stand. The names hold the hash of the bytes, so they may be kept for ever. */
export interface Assets {
  readonly style: PagePath;
  /** Sets what the reader chose before anything is painted. */
  readonly early: PagePath;
  readonly script: PagePath;
  readonly icon: PagePath;
  /** Colours for the browser's own frame, by the system's scheme. */
  readonly frame: { readonly light: Hex; readonly dark: Hex };
  readonly outputs: readonly Output[];
}

const known = new Map<number, Assets>();

/** The assets of a site; they differ between sites by the main colour alone. */
export function assetsOf(site: FieldsOf<'site'>): Assets {
  const hue = site.hue ?? defaultHue;
  const made = known.get(hue) ?? makeAssets(hue);
  known.set(hue, made);
  return made;
}

function makeAssets(hue: number): Assets {
  const style = asset('site', 'css', 'text/css; charset=utf-8', `${tokensCss(hue)}\n${styles}`);
  const early = asset('early', 'js', 'text/javascript; charset=utf-8', scripts.early);
  const script = asset('site', 'js', 'text/javascript; charset=utf-8', scripts.site);
  const icon = asset('icon', 'svg', 'image/svg+xml', iconSvg(hue));
  return {
    style: style.path,
    early: early.path,
    script: script.path,
    icon: icon.path,
    frame: { light: palette('light', hue).deep, dark: palette('dark', hue).deep },
    outputs: [style, early, script, icon],
  };
}

function asset(name: string, extension: string, type: string, body: string): Output {
  return { path: `/assets/${name}.${sha256(body).slice(0, 12)}.${extension}`, status: 200, type, body };
}

/** The gate of the city above its river, on a 48 × 48 field. */
export const gatePaths = [
  'M3 19c5.4 0 9.6-2.4 12-6.4L17.5 8h13l2.5 4.6c2.4 4 6.6 6.4 12 6.4v3.5H3z',
  'M8 25h32v9.5h-9V34a7 7 0 0 0-14 0v.5H8z',
  'M4 40.2c3.4 0 3.4-2 6.7-2s3.3 2 6.7 2 3.3-2 6.6-2 3.3 2 6.7 2 3.3-2 6.6-2 3.3 2 6.7 2v3c-3.4 0-3.4-2-6.7-2s-3.3 2-6.6 2-3.4-2-6.7-2-3.3 2-6.6 2-3.4-2-6.7-2-3.3 2-6.7 2z',
] as const;

function iconSvg(hue: number): string {
  const ground = hexOf({ l: 0.4, c: 0.09, h: hue });
  const paths = gatePaths.map((path) => `<path d="${path}"/>`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${ground}"/><g transform="translate(8 7)" fill="#fff">${paths}</g></svg>`;
}
