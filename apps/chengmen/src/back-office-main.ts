/** The back office as a process: desk, counter, press and the database, under the supervisor. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { holdState, wakesPress } from '@chengmen/content';
import { createCounter, createViewsServer, listenForViews } from '@chengmen/counter';
import { createDesk } from '@chengmen/desk';
import { ChengmenError } from '@chengmen/model';
import { lookup, pageReader, readBody, readHead } from '@chengmen/release';
import { readWord } from '@chengmen/word';
import type { FastifyInstance } from 'fastify';
import { openBackOffice, siteId, type BackOffice } from './back-office.ts';
import { serveControl } from './control-server.ts';
import { createOffice } from './create-office.ts';
import { childSettingsVariable, type ChildMessage } from './messages.ts';
import { holdLine } from './hold-line.ts';
import type { Office, TakenIn } from './office.ts';
import { alarmLine } from './schedule-line.ts';
import { markSeeded, seedDamagedPage, seedDemo } from './seed-demo.ts';
import { catalogued } from './release-places.ts';
import { pressProgress } from './press-progress.ts';
import { settingNames, type Settings } from './settings.ts';

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
  const office = await openBackOffice({
    settings,
    // The supervisor starts us again, and the log the database keeps is replayed.
    onLost: () => process.exit(1),
    onViewsFailed: (error) => {
      process.stderr.write(`views: ${String(error)}\n`);
      process.exit(1);
    },
    onPressProgress: pressProgress(tell),
    onStep: (step) => {
      if (step === 'checkpoint-written') tell({ type: 'promoted' });
    },
    onPressError: (error) => {
      process.stderr.write(`press: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    },
    onEmergencyLate: ({ revision, title, dueAt, by }) => {
      process.stderr.write(
        `紧急上线超时未补审 · live without its reviews past ${dueAt}: ${revision} ${title} (${by})\n`,
      );
    },
    onScheduleAlarm: (alarm) => {
      process.stderr.write(`${alarmLine(alarm)}\n`);
    },
  });
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.reverse()) await close().catch(() => undefined);
    await office.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('disconnect', () => void stop());

  // Listening comes first: a taken port must be told before minutes of work, not after.
  const [desk, counter] = [await openDesk(office, settings), await openCounter(office, settings)];
  const views = createViewsServer({ views: await office.startViews() });
  closing.push(
    () => desk.close(),
    () => counter.close(),
    () => views.close(),
  );
  await listenForViews(views, office.folder.viewsSocket);
  const addresses = {
    desk: await listen(desk, settings, 'deskPort'),
    counter: await listen(counter, settings, 'counterPort'),
  };
  tell({ type: 'prepared' });

  const accounts = await seedDemo(office, addresses.counter, tell);
  tell({ type: 'progress', zh: '付印、签名、上线', en: 'pressing, signing, promoting' });
  const operations = createOffice(office, () => office.startPress());
  await office.startPress().settle();
  if (accounts) {
    await seedDamagedPage(office, operations);
    await office.startPress().settle();
    markSeeded(office);
  }
  await tellHold(office);
  office.ledger.onCommit((_site, _touched, command) => {
    if (wakesPress(command)) void tellHold(office).catch(() => undefined);
  });
  office.startSchedule();
  office.startNotices();
  // Nobody waits for it: what it finds is needed when somebody writes the same again.
  office.proofreading.keepMissingPrints().catch((error: unknown) => {
    process.stderr.write(`proofreading: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  });
  const control = await serveControl(operations, office.folder.socket);
  closing.push(() => control.close());
  tell({ type: 'ready', addresses, notice: { durability: office.durability, ...(accounts ? { accounts } : {}) } });
  await takePages(operations, pages, decisions);
}

/** On standard error as well as on every page of the desk: nothing that is approved goes live. */
async function tellHold(office: BackOffice): Promise<void> {
  const state = await holdState(office.ledger.db, siteId);
  if (state.held) process.stderr.write(`${holdLine(state)}\n`);
}

async function openDesk(office: BackOffice, settings: Settings): Promise<FastifyInstance> {
  return createDesk({
    ledger: office.ledger,
    identity: office.identity,
    revisions: office.revisions,
    proofreading: office.proofreading,
    site: siteId,
    siteName: async () => (await office.siteSettings())?.shortName ?? '城门',
    portal: portalAddress(settings),
    secret: office.secret,
    preview: (revision) => office.preview(revision),
    removal: (item) => office.removal(item),
    probe: (item) => office.probe(item),
    holds: office.holds,
    pressView: () => office.pressView(),
    releases: () => office.releases(),
    lookBack: (release) => office.lookBack(release),
    publishedFile: async (path) => {
      const head = await readHead(office.store, { key: office.vkey });
      const entry = await lookup(pageReader(office.store), head.leaf.map, path);
      const body = entry?.status === 200 ? await readBody(office.store, entry) : undefined;
      return entry && body && { type: entry.type, body };
    },
    takeFile: (bytes, about) => office.takeFile(bytes, about),
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

async function openCounter(office: BackOffice, settings: Settings): Promise<FastifyInstance> {
  return createCounter({
    ledger: office.ledger,
    site: siteId,
    days: office.days,
    furniture: async () => {
      const site = await office.siteSettings();
      return {
        siteName: site?.shortName ?? '城门',
        portal: portalAddress(settings),
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
      tell({ type: 'taken-in', name: file, path: taken.path ?? '', report: reportOf(taken), again: taken.again });
    } catch (error) {
      const { code, parameters } =
        error instanceof ChengmenError ? error : new ChengmenError('unexpected', { reference: String(error) });
      tell({ type: 'failed', code, parameters });
    }
  }
}

function reportOf({ title, source, counts, alarms, notes }: TakenIn): string[] {
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
