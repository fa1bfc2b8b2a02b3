import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { ChengmenError, type SiteId } from '@chengmen/model';
import { exit, type Console } from '../console.ts';
import { dataFolder, pinnedKeyFile, prepareDataFolder } from '../data-folder.ts';
import { childSettingsVariable, type ChildMessage, type PortalMessage, type ReadySite } from '../messages.ts';
import { progressLine, progressStep } from '../press-progress.ts';
import { isBucket, releasesPlace, servedFolder } from '../release-places.ts';
import type { Settings } from '../settings.ts';
import { firstSite } from '../site-id.ts';
import { otherSites, settingsOfSite } from '../sites.ts';
import { createSupervisor, type ChildPlan } from '../supervisor.ts';

export interface StartOptions {
  readonly settings: Settings;
  readonly pages: readonly string[];
  readonly decisions: readonly string[];
}

const here = import.meta.dirname;
const project = join(here, '..', '..', '..', '..');

/** `chengmen start`: keeps the portal and the back office running until Ctrl-C. Resolves with the exit code. */
export async function start(options: StartOptions, terminal: Console): Promise<number> {
  const { settings } = options;
  const folder = dataFolder(settings.data);
  prepareDataFolder(folder);
  for (const file of [...options.pages, ...options.decisions]) checkReadable(file);

  let finish: (code: number) => void = () => undefined;
  const finished = new Promise<number>((done) => (finish = done));
  /** Addresses of the portals that were started, by site: undefined until it answers, null where it could not. */
  const portals = new Map<SiteId, string | null | undefined>();
  /** At which release each site is held; 0 where it is not. */
  const held = new Map<SiteId, number>();
  let office: Extract<ChildMessage, { type: 'ready' }> | undefined;
  let announced = false;

  const announce = (): void => {
    if (announced || !office || [...portals.values()].includes(undefined)) return;
    announced = true;
    for (const line of banner(portals, office)) terminal.say(line);
  };

  const supervisor = createSupervisor({
    message(name, raw) {
      const [what, site] = childOf(name);
      if (what === 'search') return;
      if (what === 'portal') {
        const { port } = raw as PortalMessage;
        const address = `http://${settings.host}:${port}`;
        // Of a site that was made meanwhile; the others stand in what was printed.
        if (announced && portals.get(site) === undefined) terminal.say(`  ${site}  门户 portal  ${address}`);
        portals.set(site, address);
        const release = held.get(site);
        if (release !== undefined) supervisor.send(name, { type: 'held', site, release } satisfies ChildMessage);
        announce();
        return;
      }
      const message = raw as ChildMessage;
      if (message.type === 'progress') terminal.progress(progressLine(message), progressStep(message));
      else if (message.type === 'prepared') startPortals();
      else if (message.type === 'promoted') supervisor.send(nameOf('mirror', message.site), message);
      else if (message.type === 'held') {
        held.set(message.site, message.release);
        supervisor.send(nameOf('portal', message.site), message);
      } else if (message.type === 'site-added') {
        startPortals();
        for (const line of siteLines(message.site, undefined)) terminal.say(line);
      } else if (message.type === 'ready') office = message;
      else if (message.type === 'taken-in')
        for (const line of takenInLines(message, portals.get(firstSite))) terminal.say(line);
      else terminal.fail(new ChengmenError(message.code, message.parameters));
      announce();
    },
    restarting(name, how, delay) {
      terminal.say(
        `${shownName(name)} 已退出（${how}），${delay === 0 ? '立即' : `${delay / 1000} 秒后`}重新启动 · ended (${how}), starting again`,
      );
    },
    gaveUp(name) {
      const [what, site] = childOf(name);
      if (what === 'portal') portals.set(site, null);
      // A site without its search is still a site, and so are the others without one of them.
      if (what === 'search' || site !== firstSite) announce();
      else finish(exit.failed);
    },
  });

  const startPortals = (): void => {
    for (const site of [firstSite, ...otherSites(settings).map(({ id }) => id)]) {
      if (portals.has(site)) continue;
      portals.set(site, undefined);
      const own = settingsOfSite(settings, site);
      supervisor.start(portalPlan(own, site));
      supervisor.start(searchPlan(own, site));
      if (isBucket(releasesPlace(own))) supervisor.start(mirrorPlan(own, site));
    }
  };

  const stop = (): void => {
    terminal.say('正在停止… · Stopping…');
    finish(exit.done);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  terminal.say(styleText('bold', '城门 Chengmen') + `  ${folder.root}`);
  supervisor.start(officePlan(options));
  const code = await finished;
  await supervisor.stop();
  if (code === exit.done) terminal.say('已停止，数据都在。 · Stopped; all data is kept.');
  return code;
}

function officePlan(options: StartOptions): ChildPlan {
  const { settings, pages, decisions } = options;
  return {
    name: 'back-office',
    entry: join(here, '..', 'back-office-main.ts'),
    environment: {
      ...inherited(),
      [childSettingsVariable]: JSON.stringify({
        settings,
        pages: pages.map((page) => resolve(page)),
        decisions: decisions.map((file) => resolve(file)),
      }),
    },
    nodeFlags: [
      // Room for what an edit leaves behind, so that fewer edits wait for clearing it away.
      '--min-semi-space-size=32',
      '--max-semi-space-size=32',
      '--disable-warning=ExperimentalWarning',
    ],
  };
}

/**
 * Least privilege for the process that faces the street: no database address and no secret in its environment, and by Node's
 * permission model no reading outside the program and the releases, one folder to write, no programs, no workers, no add-ons.
 */
function portalPlan(settings: Settings, site: SiteId): ChildPlan {
  const folder = dataFolder(settings.data, site);
  return {
    name: nameOf('portal', site),
    entry: join(project, 'apps', 'portal', 'src', 'main.ts'),
    environment: {
      ...inherited(),
      CHENGMEN_SITE: site,
      CHENGMEN_RELEASES: servedFolder(settings),
      CHENGMEN_KEY: readFileSync(pinnedKeyFile(folder), 'utf8').trim(),
      CHENGMEN_SEEN: join(folder.portal, 'seen'),
      CHENGMEN_HOST: settings.host,
      CHENGMEN_PORTAL_PORT: String(settings.portalPort),
      CHENGMEN_PORTAL_WORKERS: String(settings.portalWorkers),
      CHENGMEN_METRICS_PORT: String(settings.metricsPort),
      CHENGMEN_TRUSTED_PROXIES: settings.trustedProxies,
      CHENGMEN_ACCESS_LOG: join(folder.portal, 'log'),
      CHENGMEN_SEARCH_SOCKET: folder.searchSocket,
      CHENGMEN_VIEWS_SOCKET: folder.viewsSocket,
    },
    nodeFlags: [
      '--permission',
      // The one that starts workers parses nothing from the street; the workers do not get this flag.
      ...(settings.portalWorkers > 1 ? ['--allow-child-process'] : []),
      // Room for what requests leave behind: clearing it away makes fewer than one answer in a hundred wait.
      '--min-semi-space-size=16',
      '--max-semi-space-size=16',
      // Done by the thread that answers: helpers want a core each for work of a third of a millisecond, and may have to wait for it.
      '--no-parallel-scavenge',
      // Collected when the heap is half as large again as what it needs: by itself it grows to four times that.
      '--heap-growing-percent=50',
      `--allow-fs-read=${project}`,
      `--allow-fs-read=${servedFolder(settings)}`,
      `--allow-fs-read=${folder.portal}`,
      `--allow-fs-write=${folder.portal}`,
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=SecurityWarning',
    ],
  };
}

/**
 * The search of the site, which queries from the street reach: no database, no key that signs, by the permission model the
 * releases to read and the folder of its index to write. Its memory is bounded: 96 MB for objects, 32 MB for pages of the index.
 */
function searchPlan(settings: Settings, site: SiteId): ChildPlan {
  const folder = dataFolder(settings.data, site);
  return {
    name: nameOf('search', site),
    entry: join(project, 'apps', 'search', 'src', 'main.ts'),
    environment: {
      ...inherited(),
      CHENGMEN_SITE: site,
      CHENGMEN_RELEASES: servedFolder(settings),
      CHENGMEN_KEY: readFileSync(pinnedKeyFile(folder), 'utf8').trim(),
      CHENGMEN_SEARCH: folder.search,
      CHENGMEN_SEARCH_SOCKET: folder.searchSocket,
    },
    nodeFlags: [
      '--permission',
      '--max-old-space-size=96',
      `--allow-fs-read=${project}`,
      `--allow-fs-read=${servedFolder(settings)}`,
      `--allow-fs-read=${folder.search}`,
      `--allow-fs-write=${folder.search}`,
      // In a deep folder the socket stands elsewhere. Node mistakes two places of which one begins as the other does.
      ...(folder.searchSocket.startsWith(folder.search)
        ? []
        : [`--allow-fs-read=${folder.searchSocket}`, `--allow-fs-write=${folder.searchSocket}`]),
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=SecurityWarning',
    ],
  };
}

/**
 * Holds the keys of the bucket, which the portal must not, and nothing else of ours: no signing key, no database. Nobody can reach it.
 * Node's permission model is of no use here: it forbids `fdatasync` altogether.
 */
function mirrorPlan(settings: Settings, site: SiteId): ChildPlan {
  const folder = dataFolder(settings.data, site);
  const key = readFileSync(pinnedKeyFile(folder), 'utf8');
  const { data, releases, s3 } = settings;
  return {
    name: nameOf('mirror', site),
    entry: join(here, '..', 'mirror-main.ts'),
    environment: {
      ...inherited(),
      [childSettingsVariable]: JSON.stringify({ settings: { data, site, releases, s3 }, key }),
    },
    nodeFlags: ['--disable-warning=ExperimentalWarning'],
  };
}

/** What a child may know of our environment: where programs are and how to print; nothing of ours. */
function inherited(): Record<string, string> {
  const kept = [
    'PATH',
    'HOME',
    'LANG',
    'LC_ALL',
    'TERM',
    'TMPDIR',
    'TEMP',
    'SYSTEMROOT',
    'NODE_COMPILE_CACHE',
    'CHENGMEN_DEBUG',
    'NO_COLOR',
    'FORCE_COLOR',
  ];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

const names: Record<string, string> = {
  portal: '门户 portal',
  'back-office': '后台 back office',
  mirror: '镜像 mirror',
  search: '检索 search',
};

/** The first site's have the names they had when it was alone. */
function nameOf(what: 'portal' | 'search' | 'mirror', site: SiteId): string {
  return site === firstSite ? what : `${what} ${site}`;
}

function childOf(name: string): readonly [what: string, site: SiteId] {
  const [what = '', site = firstSite] = name.split(' ');
  return [what, site];
}

function shownName(name: string): string {
  const [what, site] = childOf(name);
  return `${names[what] ?? what}${site === firstSite ? '' : ` ${site}`}`;
}

function checkReadable(file: string): void {
  try {
    readFileSync(file);
  } catch (error) {
    throw new ChengmenError('file-unreadable', {
      file,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Where a site after the first is to be found. */
function siteLines({ site, name, desk, counter }: ReadySite, portal: string | null | undefined): string[] {
  const line = (what: string, address: string | null | undefined): string[] =>
    address ? [`  ${what} ${styleText('bold', address)}`] : [];
  return [
    `  ${name} ${site}`,
    ...line('门户 portal  ', portal),
    ...line('工作台 desk  ', desk),
    ...line('窗口 counter ', counter),
    '',
  ];
}

function banner(
  portals: ReadonlyMap<SiteId, string | null | undefined>,
  office: Extract<ChildMessage, { type: 'ready' }>,
): string[] {
  const { addresses, others, notice } = office;
  const lines = [
    '',
    `  门户 portal   ${styleText('bold', portals.get(firstSite) ?? '')}`,
    `  工作台 desk   ${styleText('bold', addresses.desk)}`,
    `  窗口 counter  ${styleText('bold', addresses.counter)}`,
    '',
    ...others.flatMap((other) => siteLines(other, portals.get(other.site))),
  ];
  if (notice?.accounts) {
    lines.push(
      '  演示账号，口令只显示这一次，登录后可以修改 · Demo accounts: the passwords are shown only now and can be changed at the desk',
    );
    for (const { username, name, role, password, totp } of notice.accounts)
      lines.push(
        `    ${username.padEnd(12)} ${password}   ${name}　${role}`,
        ...(totp ? [`      验证器密钥 key ${totp}`] : []),
      );
    lines.push(
      '  有密钥的账号，口令之后还要验证码：把密钥输入手机上的身份验证器，或 npx chengmen code 密钥',
      '  Accounts with a key are asked for a code after the password: type the key into an authenticator, or npx chengmen code KEY',
      '',
    );
  }
  if (notice) lines.push(`  ${notice.durability.zh}`, `  ${notice.durability.en}`);
  lines.push('  按 Ctrl-C 停止 · Ctrl-C stops', '');
  return lines;
}

function takenInLines(
  message: Extract<ChildMessage, { type: 'taken-in' }>,
  portal: string | null | undefined,
): string[] {
  const head = message.again
    ? `此页早已采集，没有重复入库 · already taken in: ${message.name}`
    : `已采集、修复、三审并上线 · taken in, mended, approved and live: ${message.name}`;
  return [head, `  ${portal ?? ''}${message.path}`, ...message.report.map((line) => `  ${line}`)];
}
