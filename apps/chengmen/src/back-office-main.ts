/** The back office as a process: desk, counter, press and the database, under the supervisor. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { holdState, wakesPress } from '@chengmen/content';
import { createCounter, createViewsServer, listenForViews } from '@chengmen/counter';
import { createDesk, createDeskFront, type DeskOptions } from '@chengmen/desk';
import { ChengmenError, type SiteId } from '@chengmen/model';
import { lookup, pageReader, readBody, readHead, ReleaseError } from '@chengmen/release';
import { accessibilityRecord } from '@chengmen/theme';
import { readWord } from '@chengmen/word';
import type { FastifyInstance } from 'fastify';
import { openHouse, type BackOffice, type BackOfficeOptions, type House } from './back-office.ts';
import { serveControl } from './control-server.ts';
import { sitesFolder } from './data-folder.ts';
import { district } from './demo/district.ts';
import { createOffice } from './create-office.ts';
import { childSettingsVariable, type ChildMessage, type ReadySite } from './messages.ts';
import { holdLine } from './hold-line.ts';
import type { Office, TakenIn } from './office.ts';
import { alarmLine, figuresLine } from './schedule-line.ts';
import { isSeeded, markSeeded, seedDamagedPage, seedDemo } from './seed-demo.ts';
import { seedDistrict } from './seed-district.ts';
import { catalogued } from './release-places.ts';
import { pressProgress } from './press-progress.ts';
import { settingNames, type Settings } from './settings.ts';
import { firstSite } from './site-id.ts';
import { addSite, otherSites, settingsOfSite, sitesOf } from './sites.ts';

interface OfficeJob {
  readonly settings: Settings;
  readonly pages: readonly string[];
  readonly decisions: readonly string[];
}

const tell = (message: ChildMessage): void => {
  process.send?.(message);
};

try {
  await run(JSON.parse(process.env[childSettingsVariable] ?? '{}') as OfficeJob);
} catch (error) {
  const told = catalogued(error);
  const { code, parameters } =
    told instanceof ChengmenError
      ? told
      : new ChengmenError('unexpected', {
          reference: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
  tell({ type: 'failed', code, parameters });
  process.exit(2);
}

async function run({ settings, pages, decisions }: OfficeJob): Promise<void> {
  tell({ type: 'progress', zh: '打开数据库', en: 'opening the database' });
  const house = await openHouse({
    settings,
    // The supervisor starts us again, and the log the database keeps is replayed.
    onLost: () => process.exit(1),
    onPressProgress: pressProgress(tell),
    forSite: (site) => ({
      onStep: (step) => {
        if (step === 'checkpoint-written') tell({ type: 'promoted', site });
      },
      ...alarmsOf(site),
    }),
  });
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.reverse()) await close().catch(() => undefined);
    await house.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('disconnect', () => void stop());

  // Listening comes first: a taken port must be told before minutes of work, not after.
  const office = await house.open(firstSite);
  const counter = await openStreet(office, settings, closing);
  await makeDistrict(settings);
  const others: BackOffice[] = [];
  const streets: Street[] = [];
  for (const { id } of otherSites(settings)) {
    const other = await house.open(id);
    others.push(other);
    streets.push(await receive(other, settings, closing));
  }
  const desk = openDesks(house, settings);
  closing.push(() => desk.close());
  const addresses = { desk: await listen(desk, settings, 'deskPort'), counter };
  const readyAt = (street: Street, { deskBase }: BackOffice): ReadySite => ({
    ...street,
    desk: `${addresses.desk}${deskBase}/`,
  });
  tell({ type: 'prepared' });

  const accounts = await seedDemo(office, addresses.counter, tell);
  tell({ type: 'progress', zh: '付印、签名、上线', en: 'pressing, signing, promoting' });
  const operations = operationsOf(house);
  await office.startPress().settle();
  if (accounts) {
    await seedDamagedPage(office, await operations(firstSite));
    await office.startPress().settle();
    const second = others.find(({ site }) => site === district.id);
    const street = streets.find(({ site }) => site === district.id);
    if (second) accounts.push(...(await seedDistrict(second, street?.counter)));
    markSeeded(office);
  }
  await keepGoing(office);
  const control = await serveControl(
    {
      office: operations,
      addSite: async (wanted) => {
        const record = await addSite(settings, wanted);
        const other = await house.open(record.id);
        const street = await receive(other, settings, closing);
        await keepGoing(other);
        tell({ type: 'site-added', site: readyAt(street, other) });
        return record;
      },
    },
    office.folder.socket,
  );
  closing.push(() => control.close());
  for (const other of others) await keepGoing(other).catch(reportOf(other.site));
  const notice = { durability: office.durability, ...(accounts ? { accounts } : {}) };
  const ready = others.flatMap((other, at) => {
    const street = streets[at];
    return street ? [readyAt(street, other)] : [];
  });
  tell({ type: 'ready', addresses, others: ready, notice });
  await takePages(await operations(firstSite), pages, decisions);
}

/** The demonstration has a second site, unless somebody has said which sites there are: by making one, or an empty folder for them. */
async function makeDistrict(settings: Settings): Promise<void> {
  if (isSeeded(settings.data) || existsSync(sitesFolder(settings.data))) return;
  await addSite(settings, district);
}

/** What the operator's commands do, for each site. */
function operationsOf(house: House): (site: SiteId) => Promise<Office> {
  const made = new Map<SiteId, Office>();
  return async (site) => {
    const office = await house.open(site);
    const operations = made.get(site) ?? createOffice(office, () => office.startPress());
    made.set(site, operations);
    return operations;
  };
}

/** The press, what is scheduled and what people are told: each site's own, whatever becomes of another's. */
async function keepGoing(office: BackOffice): Promise<void> {
  await office.startPress().settle();
  await tellHold(office);
  office.ledger.onCommit((site, _touched, command) => {
    if (site === office.site && wakesPress(command)) void tellHold(office).catch(() => undefined);
  });
  office.startSchedule();
  office.startNotices();
  office.intake.start();
  // Nobody waits for it: what it finds is needed when somebody writes the same again.
  office.proofreading.keepMissingPrints().catch(reportOf(`${office.site}: proofreading`));
}

function reportOf(what: string): (error: unknown) => void {
  return (error) => {
    process.stderr.write(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  };
}

/** On standard error and in the portal's metrics as well as on every page of the desk: nothing that is approved goes live. */
async function tellHold(office: BackOffice): Promise<void> {
  const state = await holdState(office.ledger.db, office.site);
  tell({ type: 'held', site: office.site, release: state.held?.release ?? 0 });
  if (state.held) process.stderr.write(`${office.site}: ${holdLine(state)}\n`);
}

/** What becomes known of a site on standard error, each line with its name. */
function alarmsOf(site: SiteId): Partial<BackOfficeOptions> {
  const say = (line: string): void => {
    process.stderr.write(`${site}: ${line}\n`);
  };
  return {
    onViewsFailed: (error) => {
      say(`views: ${String(error)}`);
      process.exit(1);
    },
    onPressError: (error) => {
      say(`press: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    },
    onEmergencyLate: ({ revision, title, dueAt, by }) => {
      say(`紧急上线超时未补审 · live without its reviews past ${dueAt}: ${revision} ${title} (${by})`);
    },
    onFiguresLate: (alarm) => {
      say(figuresLine(alarm));
    },
    onScheduleAlarm: (alarm) => {
      say(alarmLine(alarm));
    },
  };
}

type Closing = (() => Promise<unknown>)[];
type Street = Omit<ReadySite, 'desk'>;

/** Where citizens come to a site, beside its portal: its counter, and where views are counted. Answers the counter's address. */
async function openStreet(office: BackOffice, settings: Settings, closing: Closing): Promise<string> {
  const views = createViewsServer({ views: await office.startViews() });
  closing.push(() => views.close());
  await listenForViews(views, office.folder.viewsSocket);
  const counter = await openCounter(office, settings);
  closing.push(() => counter.close());
  return listen(counter, settings, 'counterPort');
}

/** The same for a site after the first: where it cannot listen, that is told, and all else goes on. */
async function receive(office: BackOffice, settings: Settings, closing: Closing): Promise<Street> {
  const { site } = office;
  const said = { site, name: await office.siteName() };
  try {
    return { ...said, counter: await openStreet(office, settingsOfSite(settings, site), closing) };
  } catch (error) {
    if (!(error instanceof ChengmenError)) throw error;
    tell({ type: 'failed', code: error.code, parameters: error.parameters });
    return said;
  }
}

/** The desks of all sites behind one door, each opened when it is first asked for. */
function openDesks(house: House, settings: Settings): FastifyInstance {
  const desks = new Map<SiteId, Promise<FastifyInstance>>();
  const shared = {
    previewFiles: new Map(),
    officeOf: (site: SiteId) => house.open(site),
    offices: () => Promise.all([...desks.keys()].map((site) => house.open(site))),
  };
  const open = async (site: SiteId): Promise<FastifyInstance> => {
    const desk = await openDesk(await house.open(site), settings, shared);
    await desk.ready();
    return desk;
  };
  const front = createDeskFront({
    first: firstSite,
    deskOf: (site) => {
      const known = desks.get(site) ?? (sitesOf(settings).some(({ id }) => id === site) ? open(site) : undefined);
      if (!known) return Promise.resolve(undefined);
      desks.set(site, known);
      known.catch(() => desks.delete(site));
      return known;
    },
    onError: reportOf('desk'),
  });
  front.addHook('onClose', async () => {
    for (const desk of desks.values()) await (await desk.catch(() => undefined))?.close();
  });
  return front;
}

interface SharedByDesks extends Pick<DeskOptions, 'previewFiles' | 'officeOf'> {
  /** Of the sites whose desks are open. */
  readonly offices: () => Promise<readonly BackOffice[]>;
}

async function openDesk(
  office: BackOffice,
  settings: Settings,
  { offices, ...shared }: SharedByDesks,
): Promise<FastifyInstance> {
  return createDesk({
    ...shared,
    base: office.deskBase,
    ledger: office.ledger,
    identity: office.identity,
    revisions: office.revisions,
    proofreading: office.proofreading,
    site: office.site,
    siteName: () => office.siteName(),
    accessibility: accessibilityRecord,
    nameOf: (site) => sitesOf(settings).find(({ id }) => id === site)?.name,
    portal: portalAddress(settingsOfSite(settings, office.site)),
    secret: office.secret,
    preview: (revision) => office.preview(revision),
    removal: (item) => office.removal(item),
    probe: (item) => office.probe(item),
    holds: office.holds,
    intake: office.intake,
    pressView: () => office.pressView(),
    releases: () => office.releases(),
    lookBack: (release) => office.lookBack(release),
    // A preview is shown as it will be served, so its pictures are asked for at addresses without a site; they hold their hashes.
    publishedFile: async (path) => {
      for (const one of await offices()) {
        const found = await publishedIn(one, path);
        if (found) return found;
      }
      return undefined;
    },
    takeFile: (bytes, about) => office.takeFile(bytes, about),
    cropPicture: (fields, area) => office.cropPicture(fields, area),
    readWord: (bytes, name) => readWord(bytes, { name, store: office.media }),
    fileBytes: (hash) => office.media.get(hash),
    settle: async () => {
      await office.startPress().settle();
    },
    today: office.today,
    trustedProxies: settings.trustedProxies,
    clock: office.clock,
    lateMinutes: settings.scheduleLateMinutes,
    canMail: office.canMail,
  });
}

async function publishedIn({ store, vkey }: BackOffice, path: string): ReturnType<DeskOptions['publishedFile']> {
  const head = await readHead(store, { key: vkey }).catch((error: unknown) => {
    // A site that is being founded has none yet.
    if (error instanceof ReleaseError && error.code === 'no-release') return undefined;
    throw error;
  });
  const entry = head && (await lookup(pageReader(store), head.leaf.map, path));
  const body = entry?.status === 200 ? await readBody(store, entry) : undefined;
  return entry && body && { type: entry.type, body };
}

async function openCounter(office: BackOffice, settings: Settings): Promise<FastifyInstance> {
  return createCounter({
    ledger: office.ledger,
    site: office.site,
    days: office.days,
    furniture: async () => {
      const site = await office.siteSettings();
      return {
        siteName: await office.siteName(),
        portal: portalAddress(settingsOfSite(settings, office.site)),
        phone: site?.phone ?? '',
        ...(site?.demonstration === undefined ? {} : { demonstration: site.demonstration }),
      };
    },
  });
}

function portalAddress({ host, portalPort }: Settings): string {
  return `http://${host}:${portalPort}`;
}

async function listen(app: FastifyInstance, settings: Settings, which: 'deskPort' | 'counterPort'): Promise<string> {
  const { host } = settings;
  const port = settings[which];
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES')
      throw new ChengmenError('port-taken', { host, port, flag: settingNames[which].flag });
    throw error;
  }
}

async function takePages(office: Office, pages: readonly string[], decisions: readonly string[]): Promise<void> {
  for (const [index, file] of pages.entries()) {
    const decided = decisions[index];
    try {
      const taken = await office.takeIn({
        name: basename(file),
        bytes: readFileSync(file),
        approve: true,
        ...(decided === undefined ? {} : { decisions: { name: decided, text: readFileSync(decided, 'utf8') } }),
      });
      tell({ type: 'taken-in', name: file, path: taken.path ?? '', report: takenLines(taken), again: taken.again });
    } catch (error) {
      const { code, parameters } =
        error instanceof ChengmenError ? error : new ChengmenError('unexpected', { reference: String(error) });
      tell({ type: 'failed', code, parameters });
    }
  }
}

function takenLines({ title, source, counts, alarms, notes }: TakenIn): string[] {
  const { proved, likely, lost, stated } = counts;
  return [
    `题 title：${title}　来源 source：${source}`,
    `必然 proved ${proved}　可能 likely ${likely}　有据 stated ${stated}　已失 lost ${lost}`,
    ...alarms.map(
      ({ evidence, readings }) =>
        `篡改 hijacked：${evidence}${readings.length > 0 ? `　可读作 reads：${readings.slice(0, 3).join('；')}` : ''}`,
    ),
    ...notes,
  ];
}
