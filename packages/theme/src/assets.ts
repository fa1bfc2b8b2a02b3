import { sha256, type FieldsOf, type Output, type PagePath } from '@chengmen/model';
import { hexOf, type Hex } from './colour.ts';
import { scripts, styles } from './generated/assets.ts';
import { madeOnce } from './made-once.ts';
import { focusStyles } from './parts/picture.ts';
import { defaultHue, palette, tokensCss } from './tokens.ts';
import type { Phrase, Words } from './words.ts';

/** Where the site's styles, scripts and sign stand. The names hold the hash of the bytes, so they may be kept for ever. */
/** What the scripts say, by its Chinese text. */
const spoken = [
  '字号',
  '标准',
  '大',
  '特大',
  '两倍',
  '行距',
  '宽',
  '更宽',
  '配色',
  '跟随系统',
  '白底黑字',
  '黑底黄字',
  '蓝底黄字',
  '深色',
  '光标',
  '辅助线',
  '无',
  '阅读线',
  '遮罩',
  '语速',
  '慢',
  '正常',
  '快',
  '回首页',
  '到正文',
  '到搜索框',
  '朗读或停止',
  '打开或关闭工具栏',
  '恢复默认',
  '浏览次数：',
  '无障碍工具栏',
  '朗读正文',
  '停止朗读',
  '关闭工具栏',
  '键盘操作',
  '：',
  '这台设备没有可用的中文语音',
  '网址已复制',
  '无法自动复制，网址是 ',
  '已恢复默认显示',
  '您即将离开本网站',
  '继续访问',
  '留在本站',
  '将要前往 ',
  '。该网站不是政府网站，内容由其自行负责。',
] as const satisfies readonly Phrase[];

/** The words of the scripts in another language, as a script that stands before them. */
export const scriptWords = madeOnce((t: Words): Output => {
  const table = JSON.stringify({
    '/': `${t.root}/`,
    ...Object.fromEntries(spoken.map((phrase) => [phrase, t(phrase)])),
  });
  return asset('words', 'js', 'text/javascript; charset=utf-8', `globalThis.siteWords=${table};\n`);
});

export interface Assets {
  readonly style: PagePath;
  /** Sets what the reader chose before anything is painted. */
  readonly early: PagePath;
  readonly script: PagePath;
  /** The bar of 无障碍浏览, fetched when it is wanted. */
  readonly reader: PagePath;
  readonly icon: PagePath;
  /** Drawings that stand on every page, by name. */
  readonly signs: PagePath;
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
  const style = asset('site', 'css', 'text/css; charset=utf-8', `${tokensCss(hue)}\n${styles}${focusStyles}`);
  const early = asset('early', 'js', 'text/javascript; charset=utf-8', scripts.early);
  const script = asset('site', 'js', 'text/javascript; charset=utf-8', scripts.site);
  const reader = asset('reader', 'js', 'text/javascript; charset=utf-8', scripts.reader);
  const icon = asset('icon', 'svg', 'image/svg+xml', iconSvg(hue));
  const signs = asset('signs', 'svg', 'image/svg+xml', signsSvg());
  return {
    style: style.path,
    early: early.path,
    script: script.path,
    reader: reader.path,
    icon: icon.path,
    signs: signs.path,
    frame: { light: palette('light', hue).deep, dark: palette('dark', hue).deep },
    outputs: [style, early, script, reader, icon, signs],
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

/** Each on a field of 24 × 24. */
const marks = {
  police:
    '<path d="M12 2l8 3v6c0 5-3.4 8.7-8 11-4.6-2.3-8-6-8-11V5z" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M12 7.5l1.2 2.6 2.8.3-2.1 1.9.6 2.8-2.5-1.4-2.5 1.4.6-2.8L8 10.400l2.800-.3z" fill="currentColor"/>',
  state:
    '<circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M6.500 16.500h11M8 16v-5M12 16v-5M16 16v-5M6 10.500l6-3.700 6 3.700z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>',
  error:
    '<circle cx="10.500" cy="10.500" r="6.500" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M15.500 15.500L21 21M10.500 7.500v3.800M10.500 13.300v.4" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/>',
} as const;

function signsSvg(): string {
  const drawings = { gate: gatePaths.map((path) => `<path d="${path}"/>`).join(''), ...marks };
  const named = Object.entries(drawings).map(([name, drawing]) => `<g id="${name}">${drawing}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg"><defs>${named.join('')}</defs></svg>`;
}

function iconSvg(hue: number): string {
  const ground = hexOf({ l: 0.4, c: 0.09, h: hue });
  const paths = gatePaths.map((path) => `<path d="${path}"/>`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${ground}"/><g transform="translate(8 7)" fill="#fff">${paths}</g></svg>`;
}
