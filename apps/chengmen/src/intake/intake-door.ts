import { readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decideIntake,
  endIntake,
  handOverIntake,
  intakeBook,
  intakeChoices,
  intakePage,
  intakeRuns,
  itemOfWords,
  openIntake,
  remapIntake,
  reportIntake,
  resumeIntake,
  type BookedPage,
  type DecidedChoice,
  type IntakeChoice,
  type IntakePlace,
  type ListedRun,
} from '@chengmen/content';
import type { AllowedFolder, IntakeAsked, IntakeDoor, PageReport } from '@chengmen/desk';
import { textOf } from '@chengmen/html';
import { ChengmenError, explainError, sha256, type Actor, type Hash, type ItemId, type SiteId } from '@chengmen/model';
import { newestRevisions } from '@chengmen/revision';
import type { PageToTakeIn, TakenIn } from '../office.ts';
import { announcedAhead } from './announced-ahead.ts';
import { decidedOf } from './decided-of.ts';
import {
  intakeOffice,
  jobOf,
  menderVersion,
  textHashOf,
  type IntakeMeans,
  type IntakeOffice,
} from './intake-office.ts';
import { parseMapping, type Mapping } from './mapping.ts';
import type { PageRead } from './read-job.ts';
import { restoredItem } from './restored-item.ts';
import { runIntake, type IntakeEntry, type IntakeRun } from './run-intake.ts';
import { staysInside } from './stays-inside.ts';
import { limitOf, openTray, sweepTrays } from './tray.ts';

export interface IntakeDoorOptions extends Pick<
  IntakeMeans,
  'ledger' | 'revisions' | 'received' | 'media' | 'site' | 'readers'
> {
  /** Where trays of files handed in lie. */
  readonly trays: string;
  /** The folder in which people may point to sources; empty: none. */
  readonly allowed: string;
  /** Everybody with what they may do now: a run that goes on after a break goes on as its person, if they still may. */
  readonly people: () => Promise<readonly Actor[]>;
  readonly onError?: (error: unknown) => void;
  /** Called when a page was read or taken in, and that is kept; tests end the door there. */
  readonly onPage?: () => void;
}

type Run = ListedRun & { readonly mappingOf: Mapping | undefined };
type PageRow = Awaited<ReturnType<ReturnType<typeof intakeBook>['pages']>>[number];

/** Punctuation whose width NFKC took: dozens on a page, and nothing is missing there. */
const width = 'width';

/**
 * Intake for the desk: the same run that the command line makes, once to read, mend and show all pages of the sources, and once more to
 * take in those that were handed over. Everything it knows stands in the database: after a break `start` goes on.
 */
export function createIntakeDoor(options: IntakeDoorOptions): IntakeDoor & {
  readonly start: () => void;
  readonly close: () => Promise<void>;
} {
  const { ledger, site, readers, received } = options;
  const { db } = ledger;
  const book = intakeBook(db, site);
  let [closed, again] = [false, false];
  let working: Promise<void> | undefined;

  /** Of what a break left without a run, before anything new is handed in. */
  let swept: Promise<unknown> = Promise.resolve();
  const sweep = async (): Promise<void> => sweepTrays(options.trays, await book.trays());
  const look = (): void => {
    again = true;
    working ??= work().finally(() => {
      working = undefined;
      // Asked for between the last look and here.
      if (again && !closed) look();
    });
  };
  async function work(): Promise<void> {
    while (again && !closed) {
      again = false;
      try {
        for (const { id } of await book.open()) if (!closed) await workOn(await runOf(id));
      } catch (error) {
        if (!closed) options.onError?.(error);
      }
    }
  }
  async function runOf(id: number): Promise<Run> {
    const [run] = await intakeRuns(db, site, { run: id });
    if (!run) throw new ChengmenError('not-found', { what: '采集批次 (run)', id: String(id) });
    return { ...run, mappingOf: run.mapping === null ? undefined : parseMapping(run.mapping, run.name) };
  }
  async function workOn(run: Run): Promise<void> {
    try {
      if (run.state === 'reading') await read(run);
      if (closed) return;
      await refresh(run);
      if (run.state === 'reading') await ledger.execute(reportIntake, readingActor(site), { run: run.run });
      if (run.state === 'handing') await hand(run);
      await book.finish(run.run);
    } catch (error) {
      if (closed) return;
      const problem = told(error);
      if (!(error instanceof ChengmenError)) options.onError?.(error);
      for (const { number } of await book.pages(run.run, { state: 'handing' }))
        await book.changePage(run.run, number, { state: 'read', problem });
      await book.change(run.run, { state: run.state === 'reading' ? 'failed' : 'read', problem });
    }
  }

  /** What has to be read to know the page as it is decided about now. */
  async function jobFor(run: Run, page: PageToTakeIn, choices?: readonly DecidedChoice[]): Promise<PageToTakeIn> {
    const decided = decidedOf(choices ?? (await intakeChoices(db, site, run.run, sha256(page.bytes))));
    return decided.record.length === 0 ? page : { ...page, decided };
  }
  async function readOnThread(page: PageToTakeIn): Promise<PageRead> {
    const job = await jobOf({ ledger, site }, page);
    await readers.ahead(job);
    return readers.read(job);
  }
  const lookAt = async (page: PageToTakeIn): Promise<PageRead> => readers.look(await jobOf({ ledger, site }, page));
  const channelsOf = ({ channel, mappingOf }: Run): NonNullable<PageToTakeIn['channels']> => ({
    otherwise: channel,
    rules: mappingOf?.channels ?? [],
  });
  const sourceOf = async (run: Run): Promise<Pick<IntakeRun, 'operands' | 'mapping' | 'channel' | 'means'>> => ({
    operands: await operandsOf(options, run.place),
    mapping: run.mappingOf,
    channel: run.channel,
    means: readers.means,
  });
  const breakOff = (): void => {
    if (closed) throw Object.assign(new Error('closing'), { code: 'EPIPE' });
  };

  /** Every page of the sources, read and kept, none of it an item. What was read before a break is passed over. */
  async function read(run: Run): Promise<void> {
    const before = new Map<string, PageRow>();
    for (const row of await book.pages(run.run, {}))
      if (row.received_hash !== null && !before.has(row.received_hash)) before.set(row.received_hash, row);
    const seen = new Set<string>();
    let [number, last] = [0, undefined as { read: PageRead; known: ItemId | undefined } | undefined];
    const office: IntakeOffice = {
      missingChannels: (ids) => asNobody().missingChannels(ids),
      readAhead: async (page) => {
        if (!before.has(sha256(page.bytes)))
          await readers.ahead(await jobOf({ ledger, site }, await jobFor(run, page)));
      },
      async takeIn(page) {
        breakOff();
        last = undefined;
        const hash = await received.put(page.bytes);
        const row = before.get(hash);
        if (row) return seenBefore(row);
        if (seen.has(hash)) return { ...nothingRead, item: restoredItem(hash) };
        seen.add(hash);
        const found = await readers.read(await jobOf({ ledger, site }, await jobFor(run, page)));
        last = { read: found, known: await itemOfWords(db, site, { received: hash, text: textHashOf(found.text) }) };
        return takenOf(hash, found);
      },
      takeInFile: () => Promise.resolve(false),
      relink: () => Promise.resolve(0),
    };
    await runIntake({
      ...(await sourceOf(run)),
      ...{ office, decisions: [], progress: () => undefined },
      counted: (entries) => book.change(run.run, { entries }),
      each: async (entry) => {
        breakOff();
        number++;
        const kept = entry.received === undefined ? undefined : before.get(entry.received);
        if (kept?.number === number) return;
        await book.put(run.run, bookedPage(entry, number, last));
        options.onPage?.();
      },
    });
  }

  /** Pages that were decided about since they were read, some at a time on the threads. */
  async function refresh(run: Run): Promise<void> {
    const stale = [...(await book.pages(run.run, { stale: true, state: 'read' }))];
    while (stale.length > 0 && !closed)
      await Promise.all(stale.splice(0, announcedAhead).map((row) => refreshRow(run, row)));
  }
  async function refreshRow(run: Run, row: PageRow): Promise<void> {
    const bytes = row.received_hash === null ? undefined : await received.get(row.received_hash);
    try {
      if (!bytes) throw new ChengmenError('data-damaged', { what: row.name, problem: 'received' });
      const found = await readOnThread(await jobFor(run, pageOfRow(run, row, bytes)));
      await book.changePage(run.run, row.number, { ...countsOf(found), stale: false, problem: null });
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      await book.changePage(run.run, row.number, { stale: false, problem: told(error) });
    }
  }

  /** The pages that were handed over, as drafts of whoever did, with the files they show; then, where it was asked, to the reviewers. */
  async function hand(run: Run): Promise<void> {
    const handing = await book.pages(run.run, { state: 'handing' });
    const people = await options.people();
    const waiting = (await book.pages(run.run, { state: 'taken' })).filter(({ submit }) => submit);
    for (const account of new Set([...handing, ...waiting].map((row) => row.account ?? ''))) {
      const actor = people.find((one) => one.account === account);
      const rows = handing.filter((row) => row.account === account);
      if (!actor) {
        for (const { number } of [...rows, ...waiting.filter((row) => row.account === account)])
          await book.changePage(run.run, number, {
            ...{ state: 'read', submit: false },
            problem: told(new ChengmenError('permission-denied', { actor: account, permission: 'intake.receive' })),
          });
        continue;
      }
      if (rows.length > 0) await takeAll(run, actor, rows);
      for (const row of await book.pages(run.run, { state: 'taken' }))
        if (row.submit && row.account === account && row.item !== null) {
          if (closed) throw new Error('closing');
          const problem = await submit(actor, row);
          await book.changePage(run.run, row.number, { submit: false, problem });
        }
    }
  }

  async function takeAll(run: Run, actor: Actor, rows: readonly PageRow[]): Promise<void> {
    const left = new Map(rows.map((row) => [row.received_hash, row]));
    const others = new Map((await book.pages(run.run, {})).map((row) => [row.received_hash, row.item]));
    const real = intakeOffice({ ...meansOf(actor) });
    const office: IntakeOffice = {
      ...real,
      readAhead: async (page) => real.readAhead(await jobFor(run, page)),
      async takeIn(page) {
        breakOff();
        return real.takeIn(await jobFor(run, page));
      },
    };
    await runIntake({
      ...(await sourceOf(run)),
      ...{ office, decisions: [], progress: () => undefined },
      instead: (hash) => (left.has(hash) ? undefined : (others.get(hash) ?? null)),
      each: async (entry) => {
        const row = left.get(entry.received ?? null);
        if (!row) return;
        left.delete(row.received_hash);
        const { outcome, item = null, error } = entry;
        const change =
          outcome === 'refused'
            ? { state: 'read' as const, submit: false, problem: JSON.stringify({ zh: error?.zh, en: error?.en }) }
            : { state: outcome === 'duplicate' ? ('known' as const) : ('taken' as const), item, problem: null };
        await book.changePage(run.run, row.number, { ...change, stale: false });
        options.onPage?.();
      },
    });
    for (const { number } of left.values())
      await book.changePage(run.run, number, {
        ...{ state: 'read', submit: false },
        problem: JSON.stringify({
          zh: '来源里已经没有这一页，或内容变了；请重新采集。',
          en: 'The source no longer has this page as it was read; take it in anew.',
        }),
      });
  }

  /** One's own draft, and the pictures and attachments it shows, to the reviewers; answers what could not be, as it is kept. */
  async function submit(actor: Actor, row: PageRow): Promise<string | null> {
    const missing = JSON.parse(row.missing) as string[];
    if (missing.length > 0)
      return JSON.stringify({
        zh: `已存为草稿，缺${missing.map((name) => missingNames[name] ?? name).join('、')}，补上后再送审。`,
        en: `Kept as a draft: ${missing.join(', ')} missing.`,
      });
    const newest = (await newestRevisions(db, site, [row.item ?? ''])).get(row.item ?? '');
    if (newest?.state !== 'draft' || newest.author !== actor.account) return null;
    try {
      await ledger.execute(options.revisions.submitRevision, actor, { revision: newest.revision, hash: newest.hash });
      const named = [...JSON.stringify(newest.fields).matchAll(/media:([a-z0-9-]+)/g)].map(([, id = '']) => id);
      for (const file of (await newestRevisions(db, site, [...new Set(named)])).values())
        if (file.kind === 'media' && file.state === 'draft' && file.author === actor.account)
          await ledger.execute(options.revisions.submitRevision, actor, { revision: file.revision, hash: file.hash });
      return null;
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      return told(error);
    }
  }

  const meansOf = (actor: Actor): IntakeMeans => ({ ...options, actor });
  const asNobody = (): IntakeOffice => intakeOffice(meansOf({ account: '', name: '', site, roles: [] }));

  async function reportOf(run: Run, number: number, more: readonly DecidedChoice[] = []): Promise<PageReport> {
    const page = await intakePage(db, site, run.run, number);
    if (!page) throw new ChengmenError('not-found', { what: '网页 (page)', id: `${run.run}/${number}` });
    const choices = [...(await intakeChoices(db, site, run.run, page.received)), ...more];
    const bytes = page.received === null ? undefined : await received.get(page.received);
    if (!bytes || page.state === 'refused') return { page, run, choices };
    const row = { name: page.name, address: page.address };
    const found = await lookAt(await jobFor(run, pageOfRow(run, row, bytes), choices));
    const { shown, fields, alarms, breadcrumb } = found;
    if (!shown) throw new Error('not read whole');
    const { title, date, source, author, body } = fields;
    return {
      ...{ page, run, choices },
      read: { ...shown, alarms, breadcrumb, title, date, source, author, text: textOf(body), mender: menderVersion },
    };
  }
  async function refuseMapping(mapping: IntakeAsked['mapping'], name: string, channel: ItemId): Promise<void> {
    if (mapping !== null) parseMapping(mapping, name);
    const named = [channel, ...((mapping?.['channels'] ?? []) as { channel: ItemId }[]).map((rule) => rule.channel)];
    const [missing] = await asNobody().missingChannels(named.filter((one) => one !== 'restored'));
    if (missing !== undefined) throw new ChengmenError('not-found', { what: '栏目 (channel)', id: missing });
  }

  return {
    start: () => {
      swept = sweep().catch((error: unknown) => options.onError?.(error));
      look();
    },
    async close() {
      closed = true;
      await working;
      await readers.close();
    },
    folder: (path) => folderOf(options.allowed, path),
    openTray: async () => {
      await swept;
      return openTray(options.trays);
    },
    async begin(actor, { name, from, mapping, channel }) {
      await refuseMapping(mapping, name, channel);
      if ('folder' in from && !(await folderOf(options.allowed, from.folder)))
        throw new ChengmenError('not-found', { what: '文件夹 (folder)', id: from.folder });
      const place = 'folder' in from ? from : { tray: from.tray.id, files: from.tray.files };
      const { run } = await ledger.execute(openIntake, actor, { name, place, mapping, channel });
      look();
      return run;
    },
    report: async (run, number) => reportOf(await runOf(run), number),
    async decide(actor, { run, number, choices }) {
      const whole = await runOf(run);
      const page = number === undefined ? undefined : await intakePage(db, site, run, number);
      if (number !== undefined && !page?.received)
        throw new ChengmenError('not-found', { what: '网页 (page)', id: `${run}/${number}` });
      // What cannot have stood there is refused before it is written down.
      if (number !== undefined)
        await reportOf(
          whole,
          number,
          choices.map((choice) => asDecided(actor, choice)),
        );
      await ledger.execute(decideIntake, actor, { run, choices, ...(page?.received ? { page: page.received } : {}) });
      if (page?.received && number !== undefined) await refreshOne(whole, number);
      look();
    },
    async handOver(actor, asked) {
      const { pages } = await ledger.execute(handOverIntake, actor, asked);
      look();
      return pages;
    },
    async resume(actor, run) {
      await ledger.execute(resumeIntake, actor, { run });
      look();
    },
    async remap(actor, { run, channels, channel }) {
      const { name } = await runOf(run);
      await refuseMapping({ channels }, name, channel);
      const { pages } = await ledger.execute(remapIntake, actor, { run, channels: [...channels], channel });
      look();
      return pages;
    },
    async end(actor, run) {
      const { place } = await runOf(run);
      await ledger.execute(endIntake, actor, { run });
      if ('tray' in place) await rm(join(options.trays, place.tray), { recursive: true, force: true });
    },
    async settled(milliseconds) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, milliseconds);
      });
      while (working && (await Promise.race([working.then(() => 'done'), late.then(() => 'late')])) === 'done');
      clearTimeout(timer);
    },
    bytes: (hash) => received.get(hash),
  };

  /** At once, so that who decides sees what it came to. */
  async function refreshOne(run: Run, number: number): Promise<void> {
    const [row] = await book.pages(run.run, { number });
    const bytes = row?.received_hash ? await received.get(row.received_hash) : undefined;
    if (!row || !bytes) return;
    const found = await lookAt(await jobFor(run, pageOfRow(run, row, bytes)));
    await book.changePage(run.run, number, { ...countsOf(found), stale: false, problem: null });
  }

  function pageOfRow(run: Run, row: { name: string; address: string | null }, bytes: Uint8Array): PageToTakeIn {
    const { name, address } = row;
    return { name, bytes, approve: false, channels: channelsOf(run), ...(address === null ? {} : { address }) };
  }
}

/** Reading is nobody's act: it follows from what somebody began. */
const readingActor = (site: SiteId): Actor => ({ account: 'system-intake', name: '采集', site, roles: ['operator'] });

const missingNames: Readonly<Record<string, string>> = { title: '标题', date: '日期', source: '来源' };

const asDecided = ({ account, name }: Actor, choice: IntakeChoice): DecidedChoice => ({
  ...{ id: Number.MAX_SAFE_INTEGER, wide: false, choice, at: '', account, by: name },
});

function told(error: unknown): string {
  const known = error instanceof ChengmenError ? error : new ChengmenError('unexpected', { reference: String(error) });
  const { zh, en } = explainError(known);
  return JSON.stringify({ zh, en });
}

type Counted = Pick<
  BookedPage,
  | 'title'
  | 'channel'
  | 'verdict'
  | 'proved'
  | 'accepted'
  | 'undecided'
  | 'lost'
  | 'stated'
  | 'alarms'
  | 'alarm_kinds'
  | 'missing'
  | 'notes'
>;

function countsOf({ fields, plan, alarms, verdict, missing, notes }: PageRead): Counted {
  const places = plan.filter(({ rule }) => rule !== width);
  const count = (wanted: (place: PageRead['plan'][number]) => boolean): number => places.filter(wanted).length;
  return {
    ...{ title: fields.title, channel: fields.channel, verdict, alarms: alarms.length },
    proved: count((place) => place.class === 'proved'),
    accepted: count((place) => place.class === 'likely' && place.accepted !== undefined),
    undecided: count((place) => place.class === 'likely' && place.accepted === undefined),
    lost: count((place) => place.class === 'lost'),
    stated: count((place) => place.class === 'stated'),
    alarm_kinds: JSON.stringify([...new Set(alarms.map(({ kind }) => kind))]),
    missing: JSON.stringify(missing),
    notes: JSON.stringify(notes),
  };
}

function bookedPage(
  entry: IntakeEntry,
  number: number,
  last: { readonly read: PageRead; readonly known: ItemId | undefined } | undefined,
): BookedPage {
  const { file, address = null, received = null, nearly = null, error } = entry;
  const whole = { number, name: nameOf(file), address, received_hash: received, nearly: nearly && nameOf(nearly) };
  const rest = { stale: false, account: null, submit: false };
  if (error || !last)
    return {
      ...{ ...whole, ...rest, title: nameOf(file), channel: null, verdict: 'none', state: 'refused', item: null },
      ...{ proved: 0, accepted: 0, undecided: 0, lost: 0, stated: 0, alarms: 0 },
      ...{ alarm_kinds: '[]', missing: '[]', notes: '[]' },
      problem: error ? JSON.stringify({ zh: error.zh, en: error.en }) : JSON.stringify(sameBytes),
    };
  const { known } = last;
  const state = known === undefined ? 'read' : 'known';
  return { ...whole, ...rest, ...countsOf(last.read), state, item: known ?? null, problem: null };
}

const sameBytes = {
  zh: '与这一批里另一页的字节完全相同，只采集一次。',
  en: 'The very bytes of another page of this run; it is taken in once.',
};

/** Where it lies on the server is nobody's business at the desk. */
const nameOf = (file: string): string => file.replace(/^.*[\\/]/, '').slice(0, 300) || file.slice(0, 300);

/** To the run a page that is only read is one that was taken in; what is told of it goes by another way. */
const nothingRead: TakenIn = {
  ...{ item: '', revision: '', path: null, again: true, duplicate: false, redirects: false, files: [], linked: 0 },
  ...{ title: '', text: '', source: '', alarms: [], notes: [] },
  counts: { proved: 0, likely: 0, lost: 0, stated: 0 },
};

const seenBefore = ({ received_hash, title }: PageRow): TakenIn => ({
  ...{ ...nothingRead, item: restoredItem(received_hash ?? ''), title },
});

const takenOf = (hash: Hash, { fields, text }: PageRead): TakenIn => ({
  ...{ ...nothingRead, item: restoredItem(hash), again: false, title: fields.title, text },
});

/** What the run opens. Throws `not-found` for a folder that is not allowed, or no longer there. */
async function operandsOf({ trays, allowed }: IntakeDoorOptions, place: IntakePlace): Promise<readonly string[]> {
  if ('tray' in place) {
    const folder = join(trays, place.tray);
    const pages = place.files.some((name) => /\.(?:html?|shtml|xhtml|txt)$/i.test(name));
    const others = place.files.filter((name) => !/\.(?:html?|shtml|xhtml|txt)$/i.test(name));
    return [...(pages ? [folder] : []), ...others.map((name) => join(folder, name))];
  }
  const found = await folderOf(allowed, place.folder);
  if (!found) throw new ChengmenError('not-found', { what: '文件夹 (folder)', id: place.folder });
  const folder = join(allowed, found.path);
  const others = found.files.filter((name) => !/\.(?:html?|shtml|xhtml|txt)$/i.test(name));
  return [folder, ...others.map((name) => join(folder, name))];
}

const mostFiles = 1000;

/** A folder below the allowed one, whatever links and dots say; undefined for what is none, or cannot be read. */
async function folderOf(allowed: string, path: string): Promise<AllowedFolder | undefined> {
  if (allowed === '' || path.includes('\0')) return undefined;
  const folder = join(allowed, path);
  if (!staysInside(allowed, folder)) return undefined;
  try {
    const top = await realpath(allowed);
    const own = (await realpath(folder)).slice(top.length).replace(/^[\\/]+/, '');
    const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
    const files = entries.filter((one) => one.isFile() && limitOf(one.name) !== undefined).map(({ name }) => name);
    const folders = entries.filter((one) => one.isDirectory()).map(({ name }) => name);
    return {
      path: own.replaceAll('\\', '/'),
      folders: folders.sort().slice(0, mostFiles),
      files: files.sort().slice(0, mostFiles),
    };
  } catch {
    return undefined;
  }
}
