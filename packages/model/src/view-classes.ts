/** Rules by which views of pages are classed. Data with what they rest on; nothing of what they look at is kept. */

/** Programs that say what they are. Whoever hides it counts as people: nothing is kept that could tell. */
const robot =
  /bot\b|bot[/;_-]|crawl|spider|slurp|archiver|monitor|preview|curl\/|wget\/|python-|java\/|go-http-client|node-fetch|headless|lighthouse/i;

/** Whether a User-Agent says that a program asks. No browser sends an empty one. */
export function isRobot(agent: string): boolean {
  return agent === '' || robot.test(agent);
}

export const devices = {
  phone: { zh: '手机', en: 'phone' },
  tablet: { zh: '平板', en: 'tablet' },
  computer: { zh: '电脑', en: 'computer' },
  other: { zh: '其他', en: 'other' },
} as const;
export type Device = keyof typeof devices;

/** By what browsers say of themselves; an iPad that calls itself a Macintosh counts as a computer. */
export function deviceOf(agent: string): Device {
  if (/iPad|Tablet|PlayBook|Silk|Kindle|Android(?!.*Mobi)/i.test(agent)) return 'tablet';
  if (/Mobi|iPhone|iPod|HarmonyOS|OpenHarmony|MicroMessenger/i.test(agent)) return 'phone';
  return /Windows NT|Macintosh|X11|CrOS|Linux/i.test(agent) ? 'computer' : 'other';
}

export const origins = {
  direct: { zh: '直接访问', en: 'directly' },
  inside: { zh: '站内', en: 'from this site' },
  search: { zh: '搜索引擎', en: 'search engines' },
  government: { zh: '政府网站', en: 'government sites' },
  social: { zh: '社交平台', en: 'social networks' },
  other: { zh: '其他网站', en: 'other sites' },
} as const;
export type ViewOrigin = keyof typeof origins;

const engines =
  /(?:^|\.)(?:baidu|sogou|so|sm|bing|chinaso|yandex|duckduckgo|google(?:\.com)?|so\.toutiao|search\.yahoo)\.(?:com|cn|ru|hk|tw|co\.\w\w|\w\w)$/;
const networks =
  /(?:^|\.)(?:weixin\.qq\.com|qzone\.qq\.com|weibo\.(?:com|cn)|zhihu\.com|douyin\.com|toutiao\.com|xiaohongshu\.com|bilibili\.com|t\.co|facebook\.com|x\.com)$/;

/** From where a page was reached, by the host of the page before: `''` where none was told. `own`: hosts of this site. */
export function originOf(host: string, own: readonly string[]): ViewOrigin {
  if (host === '') return 'direct';
  if (own.includes(host)) return 'inside';
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (engines.test(name)) return 'search';
  if (/(?:^|\.)gov\.cn$/.test(name)) return 'government';
  return networks.test(name) ? 'social' : 'other';
}

export const viewEditions = {
  standard: { zh: '标准版', en: 'standard' },
  traditional: { zh: '繁體版', en: 'Traditional' },
  elder: { zh: '长者版', en: 'elder' },
} as const;
export type ViewEdition = keyof typeof viewEditions;

const editionRoots = [
  ['/zh-hant/', 'traditional'],
  ['/elder/', 'elder'],
] as const;

/** One page in several editions is one page: its address in the standard edition, and the edition it was read in. */
export function viewedPage(path: string): { readonly path: string; readonly edition: ViewEdition } {
  let rest = path;
  let edition: ViewEdition = 'standard';
  for (const [root, name] of editionRoots) {
    if (!rest.startsWith(root)) continue;
    rest = rest.slice(root.length - 1);
    edition = name;
  }
  return { path: rest, edition };
}

/** What has views: a page, not a file. */
export function isPage(path: string): boolean {
  return /(?:\/|\.html)$/.test(path);
}

/** Data sets that stand on the page of visit statistics once they are live, in this order. */
export const figureItems = {
  days: 'figures-days',
  sections: 'figures-sections',
  devices: 'figures-devices',
  origins: 'figures-origins',
  contents: 'figures-contents',
} as const;
