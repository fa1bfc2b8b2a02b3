import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkingDays, civilDateAt } from '@chengmen/calendar';
import {
  addressOf,
  holdState,
  contentHooks,
  contentMigrations,
  createHolds,
  liveItemBatches,
  liveItemsOf,
  mediaBefore,
  noteSite,
  pressMemory,
  releaseNotes,
  releaseTimes,
  staysBehind,
  type Holds,
} from '@chengmen/content';
import type { IntakeDoor, ListedRelease, LookBack, Preview, Probe, Removal } from '@chengmen/desk';
import { createIdentity, identityMigrations, systemActor, type Identity } from '@chengmen/identity';
import { interactionMigrations } from '@chengmen/interaction';
import { durability, openLedger, type CommandContext, type Ledger, type Migration } from '@chengmen/ledger';
import { cropPicture, openByteStore, takeFile, type ByteStore, type TakenFile } from '@chengmen/media';
import {
  ChengmenError,
  type Actor,
  type FieldsOf,
  type ItemId,
  type LiveItem,
  type PictureArea,
  type SiteId,
} from '@chengmen/model';
import {
  createPress,
  createTextFile,
  plannedPages,
  type CreatePressOptions,
  type PlannedPage,
  type Press,
  type PressStep,
  type PressView,
  type PreviewReading,
} from '@chengmen/press-app';
import { createMailer, keepNotices, noticeMigrations } from '@chengmen/notices';
import {
  createLinkAsker,
  createProofreading,
  proofreadingHooks,
  proofreadingMigrations,
  type Proofreading,
} from '@chengmen/proofreading';
import {
  createRevisions,
  keepSchedule,
  keepStanding,
  rehearseApproval,
  rehearseWithdrawal,
  revisionMigrations,
  watchEmergencies,
  type Emergency,
  type Looking,
  type Revision,
  type Revisions,
  type ScheduleAlarm,
  type StandingAlarm,
} from '@chengmen/revision';
import {
  createSealer,
  openSealKeys,
  remoteKeys,
  remoteVkey,
  type Sealer,
  type SealKeys,
  type SealStep,
  type WriteStore,
} from '@chengmen/seal';
import { openViewCounter, statisticsMigrations, viewRules, type ViewCounter } from '@chengmen/statistics';
import { createTheme } from '@chengmen/theme';
import { breachedPasswords } from './breached-passwords.ts';
import { dataFolder, pinnedKeyFile, prepareDataFolder, type DataFolder } from './data-folder.ts';
import { fileReader } from './file-reader.ts';
import { secretFile, writeDurably } from './key-files.ts';
import { openPlace, releasesPlace, servedFolder } from './release-places.ts';
import type { Settings } from './settings.ts';
import { listReleases, lookBack, type LookBackOptions } from './history/look-back.ts';
import { rootOf } from './history/root-of.ts';
import { namingPages, probeWithdrawal } from './history/probe-withdrawal.ts';
import { createIntakeDoor } from './intake/intake-door.ts';
import { openReaders } from './intake/readers.ts';
import { firstOrigin, firstSite } from './site-id.ts';
import { nightlyFigures } from './statistics/nightly-figures.ts';
import { recordOf, settingsOfSite, type SiteRecord } from './sites.ts';

export interface BackOfficeOptions {
  readonly settings: Settings;
  readonly clock?: () => Date;
  /** Called between the steps of publishing, and when a page of a run of intake was read; crash tests end the process there. */
  readonly onStep?: (step: PressStep | SealStep | 'page-read') => void;
  readonly onPressError?: (error: unknown) => void;
  /** The press's own; for tests, whose cities are small. */
  readonly wideFrom?: number;
  readonly onPressProgress?: CreatePressOptions['onProgress'];
  readonly onScheduleAlarm?: (alarm: ScheduleAlarm) => void;
  /** The figures of a day were not published in time, or were late. */
  readonly onFiguresLate?: (alarm: StandingAlarm) => void;
  /** Something is on air whose reviews are overdue. */
  readonly onEmergencyLate?: (emergency: Emergency) => void;
  /** The disk did not take views that came in; see the counter's option. */
  readonly onViewsFailed?: (error: unknown) => void;
  /** The embedded database has died under us; see the ledger's option. */
  readonly onLost?: () => void;
}

/** The back offices of all sites of a data folder, on one database. */
export interface House {
  readonly ledger: Ledger;
  /** A site's back office; opened when it is first asked for. Throws `site-unknown`. */
  open(site: SiteId): Promise<BackOffice>;
  close(): Promise<void>;
}

export interface HouseOptions extends BackOfficeOptions {
  /** What is otherwise for a site. */
  readonly forSite?: (site: SiteId) => Partial<BackOfficeOptions>;
}

/** Everything behind the desk and the counter for one site, open on a data folder. */
export interface BackOffice {
  readonly site: SiteId;
  /** What the site is called: by its settings as they are live, until then by who made it. */
  siteName(): Promise<string>;
  /** What stands before the addresses of its desk: empty, or `/s/liuwan`. */
  readonly deskBase: string;
  readonly folder: DataFolder;
  readonly ledger: Ledger;
  readonly identity: Identity;
  readonly revisions: Revisions;
  readonly proofreading: Proofreading;
  /** Going back to an earlier release and staying there. */
  readonly holds: Holds;
  /** Taking old pages in, as the desk does. */
  readonly intake: IntakeDoor & { readonly start: () => void };
  readonly received: ByteStore;
  readonly media: ByteStore;
  /** Takes a file handed in into `media`; see the room of that name. */
  takeFile(
    bytes: AsyncIterable<Uint8Array>,
    about: { readonly name: string; readonly alt: string; readonly wordless?: boolean },
  ): Promise<TakenFile>;
  cropPicture(fields: FieldsOf<'media'>, area: PictureArea | undefined): Promise<FieldsOf<'media'>>;
  readonly store: WriteStore;
  readonly keys: SealKeys;
  readonly sealer: Sealer;
  /** Public keys of the seal, one a line. */
  readonly vkey: string;
  /** Signs forms and previews, for this site alone. */
  readonly secret: string;
  readonly durability: { readonly zh: string; readonly en: string };
  readonly today: () => string;
  readonly clock: () => Date;
  readonly days: ReturnType<typeof createWorkingDays>;
  /** What the next press would make again. */
  planned(): Promise<readonly PlannedPage[]>;
  /** Starts the press, which catches up with whatever was approved and not yet published. */
  startPress(): Press;
  /** Starts counting views. The disk under it failing ends the process. */
  startViews(): Promise<ViewCounter>;
  /** Starts carrying out what is scheduled, and looking for reviews that are overdue. */
  startSchedule(): Looking;
  /** Whether there is a mail server to tell people by. */
  readonly canMail: boolean;
  /** Starts telling people what waits for them. */
  startNotices(): void;
  /** What would be served once a revision is approved, and `before` it what it shows; with everything else as it is live. */
  preview(revision: Revision): Promise<Preview>;
  /** What would go from which addresses if an item were withdrawn. Rejects with what would hold that back. */
  removal(item: ItemId): Promise<Removal>;
  /** Whether what was withdrawn is gone, by reading the release that serves; undefined for what has no address of its own. */
  probe(item: ItemId): Promise<Probe | undefined>;
  /** What the press is at now. */
  pressView(): PressView;
  /** The newest releases, newest first; so many at most where it is said. */
  releases(most?: number): Promise<readonly ListedRelease[]>;
  /** What an earlier release has otherwise than the one that serves; undefined where there is none of this number. */
  lookBack(release: number): Promise<LookBack | undefined>;
  /** Site settings as they are live. */
  siteSettings(): Promise<FieldsOf<'site'> | undefined>;
  close(): Promise<void>;
}

/** Opens one site of the data folder. Throws as prepareDataFolder and openLedger do, and `site-unknown`. */
export async function openBackOffice(options: BackOfficeOptions): Promise<BackOffice> {
  const { settings, clock = () => new Date() } = options;
  const ledger = await openHouseLedger(options);
  try {
    const site = settings.site || firstSite;
    return await furnish({ ...options, clock, ledger, site, closed: () => ledger.close() });
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

/** Opens the data folder for all its sites. Throws as openBackOffice does. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { clock = () => new Date(), forSite } = options;
  const ledger = await openHouseLedger(options);
  const offices = new Map<SiteId, Promise<BackOffice>>();
  const openOne = async (site: SiteId): Promise<BackOffice> => {
    const office = await furnish({
      ...options,
      ...forSite?.(site),
      clock,
      ledger,
      site,
      closed: () => Promise.resolve(),
    });
    if (office.site !== firstSite)
      await noteSite(ledger, systemActor(office.site), recordOf(options.settings, office.site));
    return office;
  };
  const open = (site: SiteId): Promise<BackOffice> => {
    const office = openOne(site);
    offices.set(site, office);
    office.catch(() => offices.delete(site));
    return office;
  };
  return {
    ledger,
    open: (site) => offices.get(site) ?? open(site),
    async close() {
      for (const office of offices.values()) await (await office.catch(() => undefined))?.close();
      await ledger.close();
    },
  };
}

/** Where people of a site may point to old pages: the first one's folder is the stated one, each other has its own below it. */
const allowedFolder = ({ intakeFolder = '' }: Settings, site: SiteId): string =>
  intakeFolder === '' || site === firstSite ? intakeFolder : join(intakeFolder, site);

/** What stands before the addresses of a site's desk; the first one's are as they were when it was alone. */
const deskBaseOf = (site: SiteId): string => (site === firstSite ? '' : `/s/${site}`);

/** What the database of a house holds, by all its rooms, in the order in which they build on each other. */
export const houseMigrations: readonly Migration[] = [
  ...[...revisionMigrations, ...contentMigrations, ...identityMigrations, ...interactionMigrations],
  ...[...proofreadingMigrations, ...statisticsMigrations, ...noticeMigrations],
];

async function openHouseLedger({ settings, clock, onLost }: BackOfficeOptions): Promise<Ledger> {
  const folder = dataFolder(settings.data);
  prepareDataFolder(folder);
  return openLedger({
    folder: folder.database,
    ...(settings.database === '' ? {} : { url: settings.database }),
    migrations: houseMigrations,
    ...(clock ? { clock } : {}),
    ...(onLost ? { onLost } : {}),
  });
}

interface Furnishing extends Omit<BackOfficeOptions, 'onLost'> {
  readonly clock: () => Date;
  readonly ledger: Ledger;
  readonly site: SiteId;
  /** Comes last when it is closed. */
  readonly closed: () => Promise<void>;
}

async function furnish(options: Furnishing): Promise<BackOffice> {
  const { clock, ledger, onStep, onPressError, onPressProgress, onScheduleAlarm } = options;
  const record = recordOf(options.settings, options.site);
  const siteId = record.id;
  const settings = settingsOfSite(options.settings, siteId);
  const folder = dataFolder(settings.data, siteId);
  prepareDataFolder(folder);
  // Sessions are one for all sites, and so is their secret; what else is signed is a site's own.
  const sessions = secretFile(dataFolder(settings.data).keys, 'session.secret');
  const secret = siteId === firstSite ? sessions : createHmac('sha256', sessions).update(siteId).digest('base64url');
  const deskBase = deskBaseOf(siteId);
  const keys = await sealKeys(settings, folder, record);
  // The portal's permission to read the folder is settled when it starts, so the folder must be there before.
  mkdirSync(servedFolder(settings), { recursive: true });
  const store = openPlace(releasesPlace(settings), settings);
  const [received, media] = [openByteStore(folder.received), openByteStore(folder.media)];
  const theme = createTheme();
  const bytes = (hash: string): Uint8Array | undefined => media.getSync(hash);
  const texts = createTextFile(join(folder.root, `texts-${process.pid}`));
  const readFile = fileReader(media);
  const revisions = createRevisions([...contentHooks, ...proofreadingHooks(readFile)]);
  const { hooks } = revisions;
  let press: Press | undefined;
  let schedule: Looking | undefined;
  let standing: ReturnType<typeof keepStanding> | undefined;
  let viewsSince = 0;
  let views: Promise<ViewCounter> | undefined;
  let notices: ReturnType<typeof keepNotices> | undefined;
  let emergencyWatch: ReturnType<typeof watchEmergencies> | undefined;
  const sealer = createSealer({ store, signer: () => keys.signers(), site: siteId, ...(onStep ? { onStep } : {}) });
  const pressOptions: CreatePressOptions = {
    ledger,
    site: siteId,
    theme,
    bytes,
    texts,
    store,
    sealer,
    memory: pressMemory,
    liveItemBatches,
    liveItemsOf,
    ...(onStep ? { onStep } : {}),
    ...(onPressError ? { onError: onPressError, onWideError: onPressError } : {}),
    ...(options.wideFrom === undefined ? {} : { wideFrom: options.wideFrom }),
    ...(onPressProgress ? { onProgress: onPressProgress } : {}),
  };
  const site = async (): Promise<FieldsOf<'site'> | undefined> => {
    const [item] = await liveItemsOf(ledger.db, siteId, ['site']);
    return item?.fields as FieldsOf<'site'> | undefined;
  };
  const siteName = async (): Promise<string> =>
    (await site())?.shortName ?? (siteId === firstSite ? '城门' : record.name);
  const lookingBack = (): LookBackOptions => ({
    ...{ store, key: keys.vkeys() },
    times: () => releaseTimes(ledger.db, siteId),
    notes: (limit) => releaseNotes(ledger.db, siteId, limit),
  });
  const rehearsal = {
    ...{ ledger, hooks },
    actor: { account: 'preview', name: '预览', site: siteId, roles: [] } satisfies Actor,
  };
  /** What a rehearsal touched, as the press would be told of it. */
  const asPressed =
    (dependents: Parameters<PreviewReading>[0]) =>
    async (tx: CommandContext['tx'], touched: readonly ItemId[]): Promise<LiveItem[]> => {
      const items = await liveItemsOf(tx, siteId, touched);
      return [...items, ...(await liveItemsOf(tx, siteId, dependents(items)))];
    };
  const identity = createIdentity({
    ledger,
    site: siteId,
    secret: sessions,
    baseUrl: settings.deskUrl || `http://${settings.host}:${settings.deskPort}`,
    issuer: firstOrigin.split('/')[0] ?? firstOrigin,
    clock,
    ...(settings.oidc ? { oidc: settings.oidc } : {}),
    ...(settings.breachedPasswords ? { isBreached: breachedPasswords(settings.breachedPasswords) } : {}),
  });
  const people = async (): Promise<Actor[]> =>
    (await identity.accounts())
      .filter(({ roles, within }) => roles.length + within.length > 0)
      .map(({ account, name, roles, within }) => ({ account, name, site: siteId, roles, within }));
  const intake = createIntakeDoor({
    ...{ ledger, revisions, received, media, site: siteId, readers: openReaders(), people },
    ...{ trays: folder.trays, allowed: allowedFolder(settings, siteId) },
    ...(onPressError ? { onError: onPressError } : {}),
    onPage: () => onStep?.('page-read'),
  });
  return {
    site: siteId,
    siteName,
    deskBase,
    folder,
    ledger,
    identity,
    intake,
    revisions,
    holds: createHolds({ rootOf: (release) => rootOf({ store, key: keys.vkeys() }, release) }),
    proofreading: createProofreading({
      ...{ ledger, site: siteId, clock, hooks, readFile },
      ...(settings.linkChecks === 'on' ? { askLinks: createLinkAsker({ clock }) } : {}),
    }),
    received,
    media,
    takeFile: (bytes, about) => takeFile(bytes, { ...about, store: media }),
    cropPicture: (fields, area) => cropPicture(fields, area, { store: media }),
    store,
    keys,
    sealer,
    get vkey() {
      return keys.vkeys();
    },
    secret,
    durability: durability[ledger.engine],
    today: () => civilDateAt(clock()),
    clock,
    days: createWorkingDays(),
    planned: () => plannedPages(pressOptions),
    startPress() {
      press ??= createPress(pressOptions);
      return press;
    },
    startViews() {
      viewsSince ||= performance.now();
      views ??= openViewCounter({
        ...{ ledger, site: siteId, folder: folder.views, clock },
        onFailed: options.onViewsFailed ?? ((error) => process.emitWarning(String(error))),
        ...(onPressError ? { onError: onPressError } : {}),
      });
      return views;
    },
    startSchedule() {
      const { onEmergencyLate } = options;
      if (onEmergencyLate)
        emergencyWatch ??= watchEmergencies({
          ...{ ledger, site: siteId, clock, onLate: onEmergencyLate },
          ...(onPressError ? { onError: onPressError } : {}),
        });
      const lateMinutes = settings.scheduleLateMinutes;
      schedule ??= keepSchedule({
        ledger,
        revisions,
        site: siteId,
        clock,
        lateMinutes,
        ...(onScheduleAlarm ? { onAlarm: onScheduleAlarm } : {}),
        ...(onPressError ? { onError: onPressError } : {}),
      });
      standing ??= keepStanding({
        ...{ ledger, revisions, site: siteId, clock, lateMinutes },
        figures: async (order, upTo) => {
          await allCounted(views, viewsSince);
          const today = (): string => civilDateAt(clock());
          return nightlyFigures({ ledger, site: siteId, siteSettings: site, today }, order, upTo);
        },
        ...(options.onFiguresLate ? { onAlarm: options.onFiguresLate } : {}),
        ...(onPressError ? { onError: onPressError } : {}),
      });
      return schedule;
    },
    canMail: settings.notices?.smtp !== undefined,
    startNotices() {
      const { smtp, from = '', webhooks = 'outside' } = settings.notices ?? {};
      notices ??= keepNotices({
        ...{ ledger, site: siteId, hooks, clock },
        people,
        desk: (settings.deskUrl?.replace(/\/$/, '') || `http://${settings.host}:${settings.deskPort}`) + deskBase,
        siteName,
        ...(smtp === undefined ? {} : { mail: createMailer({ url: smtp, from }) }),
        webhooks: { allowInside: webhooks === 'inside' },
        ...(onPressError ? { onError: onPressError } : {}),
      });
    },
    async preview(revision) {
      press ??= createPress(pressOptions);
      const before = await mediaBefore(ledger.db, siteId, revision);
      const pages = await press.preview((dependents) =>
        rehearseApproval(rehearsal, [...before, revision], asPressed(dependents)),
      );
      return { ...pages, before };
    },
    async removal(item) {
      press ??= createPress(pressOptions);
      const stays = await staysBehind(ledger.db, siteId, item);
      const pages = await press.removal((dependents) => rehearseWithdrawal(rehearsal, item, asPressed(dependents)));
      if (!(await holdState(ledger.db, siteId)).held) return { ...pages, stays };
      const path = await addressOf(ledger.db, siteId, item);
      const named = path === null ? [] : await namingPages({ store, key: keys.vkeys() }, path, pages);
      return { ...pages, stays, named };
    },
    async probe(item) {
      const path = await addressOf(ledger.db, siteId, item);
      return path === null ? undefined : probeWithdrawal({ store, key: keys.vkeys(), item, path, clock });
    },
    pressView() {
      press ??= createPress(pressOptions);
      return press.view();
    },
    releases: (most) => listReleases(lookingBack(), most),
    lookBack: (release) => lookBack(lookingBack(), release),
    siteSettings: site,
    async close() {
      await intake.close();
      await (await views)?.close();
      await notices?.close();
      await emergencyWatch?.close();
      await schedule?.close();
      await standing?.close();
      await press?.close();
      texts.close();
      await options.closed();
    },
  };
}

/**
 * Adds up what was counted. Rejects while the counter does not run, cannot reach the totals, or has not run for long enough to have
 * added what an earlier process left: what is not in the totals would be missing from the figures for ever.
 */
async function allCounted(views: Promise<ViewCounter> | undefined, since: number): Promise<void> {
  const counter = await views;
  if (!counter) throw new Error('the view counter is not running');
  const left = since + (viewRules.remembered + viewRules.rollUp) * 1000 - performance.now();
  if (left > 0) throw new Error('the view counter is adding up what was left over');
  await counter.rollUp();
}

/**
 * The keys in the data folder, or the one behind a signer's socket: that is pinned when it is first met, and no other
 * taken. A signer that is away is waited for, one with another key is refused. Throws `setting-invalid`.
 */
async function sealKeys({ signer: socket }: Settings, folder: DataFolder, { origin }: SiteRecord): Promise<SealKeys> {
  if (socket === '') return openSealKeys({ folder: folder.keys, name: origin });
  const pinned = pinnedKeyFile(folder);
  const refused = (problem: string): ChengmenError =>
    new ChengmenError('setting-invalid', { name: '--signer / CHENGMEN_SIGNER', value: socket, problem });
  const told = await remoteVkey(socket).catch((error: unknown) => {
    if (existsSync(pinned)) return undefined;
    throw refused(error instanceof Error ? error.message : String(error));
  });
  if (!existsSync(pinned)) writeDurably(pinned, told ?? '', 0o644);
  const [vkey = '', next] = readFileSync(pinned, 'utf8').trim().split('\n');
  if (next !== undefined)
    throw refused(
      '更换密钥尚未完成，先不带它运行并执行 key retire (a change of keys is under way: run without it until key retire)',
    );
  if (told !== undefined && told !== vkey)
    throw refused(`它的公钥是 ${told}，钉住的是 ${vkey} (it holds another key than the pinned one)`);
  return remoteKeys({ socket, vkey });
}
