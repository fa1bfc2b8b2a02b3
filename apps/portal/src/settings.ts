import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ChengmenError } from '@chengmen/model';
import { clientOf } from './client-address.ts';

/** What the portal has to know to run by itself. */
export interface PortalSettings {
  readonly releases: string;
  readonly key: string;
  readonly host: string;
  readonly port: number;
  readonly seenFile: string;
  readonly https: boolean;
  /** Processes that share the port. */
  readonly workers: number;
  /** Where `/live`, `/ready` and `/metrics` are answered; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Folder of the access log; undefined: none is kept. */
  readonly accessLog: string | undefined;
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Socket of the search process; undefined: no search. */
  readonly search: string | undefined;
  /** Socket where views are counted; undefined: nowhere. */
  readonly views: string | undefined;
  readonly limits: { readonly connections: number };
}

interface Setting {
  readonly variable: string;
  /** What stands for its value in the help. */
  readonly value: string;
  readonly zh: string;
  readonly en: string;
}

/** Each setting by its flag. Flags come before the environment, the environment before defaults. */
export const portalSettings = {
  releases: {
    variable: 'CHENGMEN_RELEASES',
    value: 'FOLDER',
    zh: '发布库文件夹（必填）；存储桶请先用 chengmen mirror 拉到文件夹',
    en: 'folder of the releases (required); pull a bucket into one with chengmen mirror',
  },
  key: {
    variable: 'CHENGMEN_KEY',
    value: 'FILE|KEY',
    zh: '验证公钥：文件或公钥文本（必填）',
    en: 'verifier key: a file or the text of a key (required)',
  },
  host: {
    variable: 'CHENGMEN_HOST',
    value: 'HOST',
    zh: '监听地址，默认 127.0.0.1；:: 为全部 IPv6 与 IPv4',
    en: 'address to listen on, default 127.0.0.1; :: is all of IPv6 and IPv4',
  },
  port: {
    variable: 'CHENGMEN_PORTAL_PORT',
    value: 'PORT',
    zh: '监听端口，默认 8080',
    en: 'port to listen on, default 8080',
  },
  seen: {
    variable: 'CHENGMEN_SEEN',
    value: 'FILE',
    zh: '记住已见过的最新发布的文件，默认 发布库.seen',
    en: 'file that remembers the newest release seen, default FOLDER.seen',
  },
  workers: {
    variable: 'CHENGMEN_PORTAL_WORKERS',
    value: 'N',
    zh: '共用端口的进程数（1–64），默认 1',
    en: 'processes that share the port (1–64), default 1',
  },
  'metrics-port': {
    variable: 'CHENGMEN_METRICS_PORT',
    value: 'PORT',
    zh: '内部端口，提供 /live、/ready、/metrics，默认 9080；0 或空为关闭。切勿对公众开放',
    en: 'private port for /live, /ready and /metrics, default 9080; 0 or empty: off. Never open it to the public',
  },
  'metrics-host': {
    variable: 'CHENGMEN_METRICS_HOST',
    value: 'HOST',
    zh: '内部端口的监听地址，默认 127.0.0.1',
    en: 'address of the private port, default 127.0.0.1',
  },
  'access-log': {
    variable: 'CHENGMEN_ACCESS_LOG',
    value: 'FOLDER',
    zh: '访问日志文件夹，按天分文件，只记网段不记完整地址；默认不记',
    en: 'folder of the access log, a file a day, networks in place of whole addresses; default: none',
  },
  'trusted-proxies': {
    variable: 'CHENGMEN_TRUSTED_PROXIES',
    value: 'CIDR,…',
    zh: '可信代理的地址或网段，只采信它们写的 X-Forwarded-For；默认无',
    en: 'addresses or networks of proxies whose X-Forwarded-For is believed; default none',
  },
  search: {
    variable: 'CHENGMEN_SEARCH_SOCKET',
    value: 'SOCKET',
    zh: '检索进程的套接字；默认不提供检索',
    en: 'socket of the search process; default: no search',
  },
  views: {
    variable: 'CHENGMEN_VIEWS_SOCKET',
    value: 'SOCKET',
    zh: '浏览计数的套接字；默认不计数',
    en: 'socket where views are counted; default: none are',
  },
  'max-connections': {
    variable: 'CHENGMEN_MAX_CONNECTIONS',
    value: 'N',
    zh: '每个进程同时连接数上限，默认 10000',
    en: 'most connections at the same time in each process, default 10000',
  },
} as const satisfies Readonly<Record<string, Setting>>;

type Flag = keyof typeof portalSettings;

const https = {
  variable: 'CHENGMEN_HTTPS',
  value: '',
  zh: '网站经 https 访问（变量取 1）：加 Strict-Transport-Security',
  en: 'the site is reached by https (variable: 1): adds Strict-Transport-Security',
} satisfies Setting;

/** The settings in Chinese and English, a flag and its environment variable on the line before them. */
export function portalHelp(): string {
  return Object.entries({ ...portalSettings, https })
    .map(([flag, { variable, value, zh, en }]) => `  --${flag} ${value}  ${variable}\n      ${zh}\n      ${en}`)
    .join('\n');
}

/**
 * Settings from flags, then environment, as `portalSettings` and `--https` CHENGMEN_HTTPS=1 tell.
 * Throws `arguments-invalid`, `setting-invalid`, `key-missing`, `file-unreadable`.
 */
export function readPortalSettings(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): PortalSettings {
  const flags = readFlags(argv);
  const given = (flag: Flag): string | undefined => flags[flag] ?? environment[portalSettings[flag].variable];
  const text = (flag: Flag): string | undefined => (given(flag) === '' ? undefined : given(flag));
  const number = (flag: Flag, value: string, least: number, most: number): number => {
    if (/^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    throw invalid(flag, value, `应为 ${least}–${most} 的整数 (an integer from ${least} to ${most})`);
  };
  const releases = text('releases');
  if (releases === undefined) throw invalid('releases', '', '没有给出 (not given)');
  if (releases.startsWith('s3:'))
    throw invalid('releases', releases, '请用 chengmen mirror 拉到文件夹 (pull it into a folder with chengmen mirror)');
  const key = text('key');
  if (key === undefined) throw new ChengmenError('key-missing');
  const metricsPort =
    given('metrics-port') === '' ? 0 : number('metrics-port', given('metrics-port') ?? '9080', 0, 65535);
  return {
    releases,
    key: readKey(key),
    host: text('host') ?? '127.0.0.1',
    port: number('port', text('port') ?? '8080', 0, 65535),
    seenFile: text('seen') ?? `${releases.replace(/\/+$/, '')}.seen`,
    https: flags.https ?? environment[https.variable] === '1',
    workers: number('workers', text('workers') ?? '1', 1, 64),
    metrics: metricsPort === 0 ? undefined : { host: text('metrics-host') ?? '127.0.0.1', port: metricsPort },
    accessLog: text('access-log'),
    trustedProxies: readProxies(text('trusted-proxies') ?? ''),
    search: text('search'),
    views: text('views'),
    limits: { connections: number('max-connections', text('max-connections') ?? '10000', 1, 999_999) },
  };
}

function readFlags(argv: readonly string[]): Partial<Record<Flag, string>> & { readonly https?: boolean } {
  try {
    const names = Object.keys(portalSettings) as Flag[];
    const texts = Object.fromEntries(names.map((name) => [name, { type: 'string' }])) as Record<
      Flag,
      { type: 'string' }
    >;
    return parseArgs({ args: [...argv], options: { ...texts, https: { type: 'boolean' } } }).values;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('arguments-invalid', { problem: `${problem}\n${portalHelp()}` });
  }
}

function readProxies(list: string): readonly string[] {
  const networks = list.split(',').flatMap((one) => one.trim() || []);
  try {
    clientOf(networks);
  } catch (error) {
    throw invalid('trusted-proxies', list, error instanceof Error ? error.message : String(error));
  }
  return networks;
}

/** A verifier key has plus signs in places no sensible file name has. */
function readKey(given: string): string {
  if (
    given
      .trim()
      .split(/\r?\n/)
      .every((line) => /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*\s*$/.test(line))
  )
    return given.trim();
  try {
    return readFileSync(given, 'utf8');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('file-unreadable', { file: given, problem });
  }
}

function invalid(flag: Flag, value: string, problem: string): ChengmenError {
  return new ChengmenError('setting-invalid', { name: `--${flag} / ${portalSettings[flag].variable}`, value, problem });
}
