import {
  inParallel,
  pieceOf,
  problemOf,
  readHead,
  type Coding,
  type Entry,
  type LogHead,
  type ReleaseHead,
} from '@chengmen/release';
import {
  difference,
  fetchRaw,
  securityHeaders,
  sitePages,
  siteProofs,
  type RawAnswer,
  type RawFetch,
} from '@chengmen/serve';
import { leafAt } from './leaf-at.ts';
import { readHome, type HomePage } from './read-home.ts';

export const checkNames = [
  'reachable',
  'https',
  'headers',
  'checkpoint',
  'pages',
  'labels',
  'sitemap',
  'robots',
  'security',
  'links',
] as const;
export type CheckName = (typeof checkNames)[number];

/** One thing looked at. */
export interface Check {
  readonly name: CheckName;
  /** undetermined: it does not apply, or there was nothing to judge it by; `found` says why. */
  readonly outcome: 'right' | 'wrong' | 'undetermined';
  /** What was found, a line each; where it is wrong, each line is one thing that is wrong. */
  readonly found: readonly string[];
}

export interface Inspection {
  readonly url: string;
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

export interface InspectOptions {
  /** Scheme, host and port; what follows is ignored. */
  readonly url: string;
  /** Verifier keys; without one the release is not judged. */
  readonly key?: string | undefined;
  readonly lastSeen?: LogHead | undefined;
  /** Pages compared with the release. Default 20. */
  readonly sample?: number;
  /** Links of the front page that are followed. Default 40. */
  readonly links?: number;
  readonly fetch?: RawFetch;
  /** 0 ≤ n < 1; which pages the sample takes. */
  readonly random?: () => number;
}

interface Visit {
  readonly options: InspectOptions;
  readonly base: string;
  readonly get: (path: string, coding?: Coding) => Promise<RawAnswer>;
}

const parallel = 4;

/**
 * Looks at a running site from outside, as a stranger may. Asks for nothing but public pages, a bounded number of them.
 * Rejects where the site does not answer at all.
 */
export async function inspectSite(options: InspectOptions): Promise<Inspection> {
  const base = new URL(options.url).origin;
  const fetch = options.fetch ?? fetchRaw;
  const visit: Visit = {
    options,
    base,
    get: (path, coding) => fetch(base + path, { 'accept-encoding': coding ?? 'identity' }),
  };
  const home = await visit.get('/');
  const page = readHome(Buffer.from(home.body).toString('utf8'), base);
  const head = await headOf(visit, fetch);
  const checks = [
    judged('reachable', home.status === 200 ? [] : [`/ 状态 status ${home.status}`], [`/ ${home.status}`]),
    await checkHttps(base, fetch),
    checkHeaders(base, home),
    head.check,
    head.found
      ? await checkPages(visit, head.found, fetch)
      : undetermined('pages', '发布版没有核对 no verified release'),
    checkLabels(page),
    await checkSitemap(visit),
    await checkRobots(visit),
    await checkSecurity(visit),
    await checkLinks(visit, page),
  ];
  return { url: base, ok: checks.every(({ outcome }) => outcome !== 'wrong'), checks };
}

function judged(name: CheckName, wrong: readonly string[], right: readonly string[]): Check {
  return wrong.length > 0 ? { name, outcome: 'wrong', found: wrong } : { name, outcome: 'right', found: right };
}

function undetermined(name: CheckName, why: string): Check {
  return { name, outcome: 'undetermined', found: [why] };
}

/** Whoever comes by http must be sent on to the same host. On an unusual port there is no http to ask. */
async function checkHttps(base: string, fetch: RawFetch): Promise<Check> {
  const { protocol, port, hostname } = new URL(base);
  if (protocol !== 'https:') return undetermined('https', '以 http 查看 looked at over http');
  if (port !== '') return undetermined('https', `端口 port ${port}`);
  try {
    const { status, headers } = await fetch(`http://${hostname}/`, { 'accept-encoding': 'identity' });
    const location = headers['location'] ?? '';
    const good = [301, 308].includes(status) && URL.canParse(location) && new URL(location).origin === base;
    const found = [`http → ${status} ${location}`.trim()];
    return judged('https', good ? [] : found, found);
  } catch (error) {
    // Nothing at all on port 80 lets nobody be led astray either.
    return undetermined('https', `http 没有应答 no answer over http：${messageOf(error)}`);
  }
}

function checkHeaders(base: string, { headers }: RawAnswer): Check {
  const expected = Object.entries(securityHeaders(base.startsWith('https:')));
  const wrong = expected.flatMap(([name, value]) => {
    const is = headers[name];
    if (is === undefined) return [`缺 missing ${name}`];
    return is === value ? [] : [`${name}: ${is}`];
  });
  return judged('headers', wrong, [`${expected.length} 个安全响应头 security headers`]);
}

async function headOf(visit: Visit, fetch: RawFetch): Promise<{ readonly check: Check; readonly found?: ReleaseHead }> {
  const { key, lastSeen } = visit.options;
  if (key === undefined) return { check: undetermined('checkpoint', '没有可信的公钥 no trusted key：--key') };
  try {
    const found = await readHead(siteProofs(visit.base, fetch), { key }, lastSeen);
    const { size } = found.checkpoint;
    const right = [`第 ${size} 版 release，${found.leaf.map.count} 个地址 paths，${found.leaf.map.hash}`];
    return { check: judged('checkpoint', [], right), found };
  } catch (error) {
    const { code, where, problem } = problemOf(error, 'checkpoint');
    return { check: judged('checkpoint', [`${code} ${where}：${problem}`], []) };
  }
}

/** Pages taken evenly from the whole map, one by chance from each part, in every coding they have. */
async function checkPages(visit: Visit, { leaf: { map } }: ReleaseHead, fetch: RawFetch): Promise<Check> {
  const { sample = 20, random = Math.random } = visit.options;
  const number = Math.min(sample, map.count);
  const places = Array.from({ length: number }, (_, at) => Math.floor(((at + random()) * map.count) / number));
  const wrong: string[] = [];
  const read = sitePages(visit.base, fetch);
  await inParallel(places, parallel, async (place) => {
    try {
      const { path, entry } = await leafAt(read, map, place);
      wrong.push(...(await differences(visit, path, entry)));
    } catch (error) {
      wrong.push(messageOf(error));
    }
  });
  return judged('pages', wrong.sort(), [`${number}/${map.count} 页与发布版逐字节相同 pages are those of the release`]);
}

async function differences(visit: Visit, path: string, entry: Entry): Promise<string[]> {
  const found: string[] = [];
  for (const coding of [undefined, 'gzip', 'br'] as const) {
    if (!pieceOf(entry, coding)) continue;
    const problem = difference(await visit.get(path, coding), entry, coding);
    if (problem !== undefined) found.push(`${path} ${coding ?? ''}：${problem}`);
  }
  return found;
}

/** The site group of the page labels, each once and with a value. META-01 … META-03. */
function checkLabels({ labels }: HomePage): Check {
  const wrong = ['SiteName', 'SiteDomain', 'SiteIDCode'].flatMap((name) => {
    const values = labels.get(name.toLowerCase()) ?? [];
    if (values.length === 0) return [`缺 missing ${name}`];
    if (values.length > 1) return [`${name} 有 ${values.length} 个 stands ${values.length} times`];
    return values[0]?.trim() === '' ? [`${name} 是空的 is empty`] : [];
  });
  const said = ['sitename', 'sitedomain', 'siteidcode'].map((name) => labels.get(name)?.[0] ?? '');
  return judged('labels', wrong, [said.join('　')]);
}

async function checkSitemap(visit: Visit): Promise<Check> {
  return checkFile(visit, 'sitemap', '/sitemap.xml', ({ body, headers }) => {
    const text = Buffer.from(body).toString('utf8');
    if (!/<(?:urlset|sitemapindex)[\s>]/.test(text)) return '不是站点地图 not a sitemap';
    return /xml/.test(headers['content-type'] ?? '') ? undefined : `类型 type ${headers['content-type'] ?? ''}`;
  });
}

async function checkRobots(visit: Visit): Promise<Check> {
  return checkFile(visit, 'robots', '/robots.txt', ({ body, headers }) => {
    if (!headers['content-type']?.startsWith('text/plain')) return `类型 type ${headers['content-type'] ?? ''}`;
    return shutsAllOut(Buffer.from(body).toString('utf8'))
      ? '谢绝一切搜索引擎 shuts every search engine out'
      : undefined;
  });
}

/** Days. */
const soon = 30;

/** RFC 9116, where the site has such a file. */
async function checkSecurity(visit: Visit): Promise<Check> {
  const judge = ({ body }: RawAnswer): string | undefined => {
    const text = Buffer.from(body).toString('utf8');
    if (!/^Contact: \S/m.test(text)) return '没有联络办法 no Contact';
    const [, expires = ''] = /^Expires: (\S+)\r?$/m.exec(text) ?? [];
    const days = (Date.parse(expires) - Date.now()) / 86_400_000;
    return days >= soon
      ? undefined
      : `不到 ${soon} 天就期满，或没有期限 less than ${soon} days left, or no Expires：${expires}`;
  };
  return checkFile(visit, 'security', '/.well-known/security.txt', judge, { mayLack: true });
}

/** RFC 9309: a group for `*` that refuses `/`. */
function shutsAllOut(robots: string): boolean {
  let [named, inRules] = [false, false];
  for (const line of robots.split(/\r?\n/)) {
    const [, field = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/i.exec(line) ?? [];
    if (/^user-agent$/i.test(field)) {
      named = (inRules ? false : named) || value === '*';
      inRules = false;
    } else if (/^(?:dis)?allow$/i.test(field)) {
      inRules = true;
      if (named && /^disallow$/i.test(field) && value === '/') return true;
    }
  }
  return false;
}

async function checkFile(
  visit: Visit,
  name: CheckName,
  path: string,
  judge: (answer: RawAnswer) => string | undefined,
  { mayLack = false } = {},
): Promise<Check> {
  try {
    const answer = await visit.get(path);
    if (mayLack && answer.status === 404) return undetermined(name, `${path}：没有 none`);
    const problem = answer.status === 200 ? judge(answer) : `状态 status ${answer.status}`;
    return judged(name, problem === undefined ? [] : [`${path}：${problem}`], [`${path} ${answer.body.length} B`]);
  } catch (error) {
    return judged(name, [`${path}：${messageOf(error)}`], []);
  }
}

async function checkLinks(visit: Visit, { links }: HomePage): Promise<Check> {
  const followed = links.slice(0, visit.options.links ?? 40);
  const wrong: string[] = [];
  await inParallel(followed, parallel, async (path) => {
    try {
      const { status } = await visit.get(path);
      if (status >= 400) wrong.push(`${path} ${status}`);
    } catch (error) {
      wrong.push(`${path}：${messageOf(error)}`);
    }
  });
  return judged('links', wrong.sort(), [
    `首页 ${links.length} 个站内链接，查看 ${followed.length} 个，都有内容 links, all alive`,
  ]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
