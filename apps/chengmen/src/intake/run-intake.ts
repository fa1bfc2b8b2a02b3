import { basename } from 'node:path';
import { ChengmenError, explainError, sha256, type Hash, type ItemId } from '@chengmen/model';
import type { FileShown, Office, PageToTakeIn, TakenIn } from '../office.ts';
import { announcedAhead } from './announced-ahead.ts';
import { breathing } from '../breathe.ts';
import { restoredChannel, type ChannelRules } from './channel-rules.ts';
import { formerPath } from './former-path.ts';
import type { Mapping } from './mapping.ts';
import { nearDuplicates } from './near-duplicates.ts';
import type { OldFile } from './old-file.ts';
import { openOldSite, type OldSite } from './old-site.ts';
import { openSource } from './open-source.ts';
import { restoredItem } from './restored-item.ts';
import type { SourceMeans } from './source-means.ts';
import type { SourceEntry, SourcePage } from './source-page.ts';

/** What became of one entry of a source. */
export interface IntakeEntry {
  readonly file: string;
  /** SHA-256 of its bytes, where some were had. */
  readonly received?: Hash;
  readonly address?: string;
  readonly outcome: 'taken' | 'again' | 'duplicate' | 'refused';
  readonly item?: string;
  readonly revision?: string;
  readonly title?: string;
  readonly counts?: TakenIn['counts'];
  readonly alarms?: TakenIn['alarms'];
  readonly notes?: readonly string[];
  /** The old address will lead to the page. */
  readonly redirects?: boolean;
  /** Links and pictures of the body that lead to items here. */
  readonly linked?: number;
  /** Another entry whose words are nearly the same: a person should look. */
  readonly nearly?: string;
  readonly error?: ReturnType<typeof explainError>;
}

/** Counts of a whole run. */
export interface IntakeReport {
  readonly taken: number;
  readonly again: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly gaps: number;
  readonly alarmed: number;
  readonly nearDuplicates: number;
  readonly redirects: number;
  /** Addresses that cannot lead anywhere, with a query or none of a file in a folder. */
  readonly addressesLost: number;
  /** Links and pictures that lead to items here; links among them that were led elsewhere or let go at the end. */
  readonly linked: number;
  readonly relinked: number;
  /** Pictures and attachments taken in. */
  readonly files: number;
  /** Among `refusals` too; what showed them shows them no more. */
  readonly filesRefused: number;
  /** Sources or entries that could not be read at all. */
  readonly unreadable: number;
  readonly wrong: boolean;
  readonly refusals: readonly { readonly file: string; readonly problem: string }[];
}

export interface IntakeRun {
  readonly office: Pick<Office, 'missingChannels' | 'readAhead' | 'takeIn' | 'takeInFile' | 'relink'>;
  readonly operands: readonly string[];
  readonly mapping: Mapping | undefined;
  /** Where pages stand that no rule of the mapping fits. */
  readonly channel: ItemId | undefined;
  /** The nth file of decisions is about the nth page. */
  readonly decisions: readonly { readonly name: string; readonly text: string }[];
  /** Awaited before the next. */
  readonly each: (entry: IntakeEntry) => void | Promise<void>;
  /** Of bytes that shall not be taken in now: the item they are already, null for none. undefined: they shall. */
  readonly instead?: (received: Hash) => ItemId | null | undefined;
  readonly means?: SourceMeans;
  readonly progress: (text: string) => void;
  /** Told how many entries the sources have, before the first is taken in. */
  readonly counted?: (entries: number) => void | Promise<void>;
}

/** The report names so many refusals; all of them are told one by one as they happen. */
const mostRefusals = 1000;

/**
 * Takes in all pages of some sources, one command for each: a page is in with its plan and its old address, or not at all.
 * Run again after a break it takes in what is missing and nothing twice, since pages are known by their bytes.
 * The sources are read through once before, so that a link leads on to a page that comes later; at the end links to pages that
 * were refused are let go, and those to pages whose words were known lead to where they are.
 */
export async function runIntake(run: IntakeRun): Promise<IntakeReport> {
  const channels: ChannelRules = { otherwise: run.channel ?? restoredChannel, rules: run.mapping?.channels ?? [] };
  await refuseMissing(run.office, channels);
  const near = nearDuplicates();
  const site = await openOldSite(
    run.operands,
    run.mapping,
    (count) => {
      run.progress(`编目 indexing ${count}`);
    },
    run.means,
  );
  await run.counted?.(site.pages);
  /** Items that pages were to become and did not, and what they are instead. */
  const moves: Record<ItemId, ItemId | null> = {};
  const linkedTo = new Set<ItemId>();
  const files = filesOf(run, site, (file, fault) => {
    moves[file.item] = null;
    counts.filesRefused++;
    const { zh, en } = explainError(fault instanceof ChengmenError ? fault : unreadable(file.name, fault));
    if (refusals.length < mostRefusals) refusals.push({ file: file.name, problem: `${zh} ${en}` });
  });
  const counts = {
    taken: 0,
    again: 0,
    duplicate: 0,
    refused: 0,
    gaps: 0,
    alarmed: 0,
    near: 0,
    redirects: 0,
    lost: 0,
    unreadable: 0,
    linked: 0,
    filesRefused: 0,
  };
  const refusals: { file: string; problem: string }[] = [];
  const refuse = async (file: string, fault: Error, page?: SourcePage): Promise<void> => {
    const error = explainError(fault instanceof ChengmenError ? fault : unreadable(file, fault));
    counts.refused++;
    if (error.code === 'file-unreadable') counts.unreadable++;
    if (refusals.length < mostRefusals) refusals.push({ file, problem: `${error.zh} ${error.en}` });
    await run.each({
      file,
      ...(page ? { received: sha256(page.bytes) } : {}),
      ...(page?.address === undefined ? {} : { address: page.address }),
      ...{ outcome: 'refused', error },
    });
  };
  let [number, announcedPages] = [0, 0];
  for (const operand of run.operands) {
    try {
      for await (const { entry, page } of announced(operand)) {
        number++;
        run.progress(`${number}/${site.pages}　${Math.floor((number / site.pages) * 100)} %　${entry.name}`);
        if ('fault' in entry) await refuse(entry.name, entry.fault);
        else if (page)
          await take(entry, page).catch(async (fault: unknown) => {
            if (isBreak(fault)) throw fault;
            moves[restoredItem(sha256(entry.bytes))] = null;
            await refuse(entry.name, asError(fault), entry);
          });
      }
    } catch (fault) {
      // Arguments are refused as a whole; a source that breaks off is one refusal among many.
      if (isBreak(fault) || (fault instanceof ChengmenError && fault.code.startsWith('mapping'))) throw fault;
      await refuse(operand, asError(fault));
    }
  }
  const taken = await files.rest();
  const asked = Object.entries(moves).filter(([item]) => linkedTo.has(item));
  const relinked = asked.length === 0 ? 0 : await run.office.relink(Object.fromEntries(asked));
  return {
    linked: counts.linked,
    relinked,
    files: taken,
    filesRefused: counts.filesRefused,
    taken: counts.taken,
    again: counts.again,
    duplicates: counts.duplicate,
    refused: counts.refused,
    gaps: counts.gaps,
    alarmed: counts.alarmed,
    nearDuplicates: counts.near,
    redirects: counts.redirects,
    addressesLost: counts.lost,
    unreadable: counts.unreadable,
    wrong: counts.refused + counts.gaps + counts.alarmed > 0,
    refusals,
  };

  /** Entries in order, some of them read ahead: their pages are being mended while the first ones are taken in. */
  async function* announced(operand: string): AsyncGenerator<Announced> {
    const waiting: { readonly entry: Announced; readonly reading: Promise<unknown> }[] = [];
    const breathe = breathing();
    try {
      for await (const entry of openSource(operand, run.mapping, run.means)) {
        await breathe();
        const index = announcedPages++;
        if (!('fault' in entry) && isLeft(entry)) continue;
        const page = 'fault' in entry ? undefined : await pageOf(entry, index);
        // Whatever is wrong with it, taking it in will tell.
        const reading = page ? run.office.readAhead(page).catch(() => undefined) : Promise.resolve();
        waiting.push({ entry: { entry, page }, reading });
        if (waiting.length > announcedAhead) yield* settled(waiting.splice(0, 1));
      }
    } catch (fault) {
      // What came before the break is taken in.
      yield* settled(waiting);
      throw fault;
    }
    yield* settled(waiting);
  }

  /** Not to be taken in now: links to it lead to what it is already, or nowhere. */
  function isLeft({ bytes }: SourcePage): boolean {
    const received = sha256(bytes);
    const item = run.instead?.(received);
    if (item === undefined) return false;
    const expected = restoredItem(received);
    if (item !== expected) moves[expected] = item;
    return true;
  }

  async function pageOf({ name, bytes, address }: SourcePage, index: number): Promise<PageToTakeIn> {
    const decisions = run.decisions[index];
    const references = await site.referencesOf({ name, bytes, ...(address === undefined ? {} : { address }) });
    for (const reference of Object.values(references)) linkedTo.add(reference.replace(/^\w+:/, ''));
    return {
      name: address !== undefined && /^https?:/.test(address) ? address : basename(name),
      bytes,
      approve: false,
      references,
      channels,
      ...(address === undefined ? {} : { address }),
      ...(decisions === undefined ? {} : { decisions }),
    };
  }

  async function take({ name, bytes, address }: SourcePage, page: PageToTakeIn): Promise<void> {
    const taken = await run.office.takeIn(page);
    await files.take(taken.files);
    const expected = restoredItem(sha256(bytes));
    if (taken.item !== expected) moves[expected] = taken.item;
    const outcome = taken.again ? 'again' : taken.duplicate ? 'duplicate' : 'taken';
    const nearly = near.seen(name, taken.text);
    const told = outcome === 'taken' ? nearly : undefined;
    counts[outcome]++;
    if (taken.counts.lost + taken.counts.likely > 0) counts.gaps++;
    if (taken.alarms.length > 0) counts.alarmed++;
    if (told !== undefined) counts.near++;
    counts.linked += taken.linked;
    if (taken.redirects) counts.redirects++;
    else if (address !== undefined && formerPath(address) === undefined) counts.lost++;
    const { item, revision, title, alarms, notes, redirects } = taken;
    await run.each({
      ...{ file: name, received: sha256(bytes) },
      ...(address === undefined ? {} : { address }),
      outcome,
      item,
      revision,
      title,
      counts: taken.counts,
      alarms,
      notes,
      redirects,
      linked: taken.linked,
      ...(told === undefined ? {} : { nearly: told }),
    });
  }
}

interface Announced {
  readonly entry: SourceEntry;
  /** Absent for a fault. */
  readonly page: PageToTakeIn | undefined;
}

async function* settled(
  waiting: readonly { readonly entry: Announced; readonly reading: Promise<unknown> }[],
): AsyncGenerator<Announced> {
  for (const { entry, reading } of waiting) {
    await reading;
    yield entry;
  }
}

/** A channel that is not there would refuse every page; it is told before the first. */
async function refuseMissing(office: IntakeRun['office'], { otherwise, rules }: ChannelRules): Promise<void> {
  const named = new Set([
    ...(otherwise === restoredChannel ? [] : [otherwise]),
    ...rules.map(({ channel }) => channel),
  ]);
  const [missing] = await office.missingChannels([...named]);
  if (missing !== undefined) throw new ChengmenError('not-found', { what: '栏目 (channel)', id: missing });
}

interface Files {
  /** Takes in those that stand alone, and remembers the others. */
  readonly take: (files: readonly FileShown[]) => Promise<void>;
  /** Takes in those of archives; answers how many of all were new. */
  readonly rest: () => Promise<number>;
}

/** `refused` is told of each file that is not taken, so that nothing shows it. */
function filesOf(
  { office, progress }: IntakeRun,
  site: OldSite,
  refused: (file: OldFile, fault: Error) => void,
): Files {
  const [done, waiting] = [new Set<ItemId>(), new Map<ItemId, FileShown>()];
  let count = 0;
  const takeOne = async (file: OldFile, { words }: FileShown): Promise<void> => {
    try {
      if (await office.takeInFile({ ...file, words })) count++;
    } catch (fault) {
      if (isBreak(fault)) throw fault;
      refused(file, asError(fault));
    }
  };
  return {
    async take(files) {
      for (const shown of files) {
        if (done.has(shown.item)) continue;
        done.add(shown.item);
        const file = await site.file(shown.item);
        if (file === undefined) waiting.set(shown.item, shown);
        else await takeOne(file, shown);
      }
    },
    async rest() {
      for await (const file of site.archived(new Set(waiting.keys()))) {
        progress(`图片附件 files　${file.name}`);
        const shown = waiting.get(file.item);
        if (shown) await takeOne(file, shown);
      }
      return count;
    },
  };
}

/** The back office is gone: nothing is wrong with the page, and the run ends here, to be run again. */
const isBreak = (fault: unknown): boolean =>
  fault instanceof Error && !(fault instanceof ChengmenError) && 'code' in fault && breaks.has(String(fault.code));
const breaks = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT']);

const asError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)));

const unreadable = (file: string, fault: Error): ChengmenError =>
  new ChengmenError('file-unreadable', { file, problem: fault.message });

const outcomes = {
  taken: '已采集 taken in',
  again: '早已采集 already taken in',
  duplicate: '重复 duplicate',
  refused: '未收 refused',
} as const;

/** One entry as a line for a person. */
export function intakeLine({ file, outcome, revision, title, nearly, error }: IntakeEntry): string {
  if (error) return `✗ ${file}　${error.zh} ${error.en}`;
  const like = nearly === undefined ? '' : `　与 ${nearly} 相近 (nearly the same)`;
  return `${file} → ${revision ?? ''}（${outcomes[outcome]}）　${title ?? ''}${like}`;
}

/** The whole run for a person. */
export const intakeSummary = (report: IntakeReport): string[] => [
  `采集 ${report.taken}，早已采集 ${report.again}，重复 ${report.duplicates}，未收 ${report.refused}；留有缺字 ${report.gaps}，有告警 ${report.alarmed}，相近待查 ${report.nearDuplicates}；旧地址将跳转 ${report.redirects}，无法跳转 ${report.addressesLost}；改写链接 ${report.linked}，图片附件 ${report.files}，未收 ${report.filesRefused}`,
  `taken in ${report.taken}, already ${report.again}, duplicates ${report.duplicates}, refused ${report.refused}; with gaps ${report.gaps}, alarmed ${report.alarmed}, nearly the same ${report.nearDuplicates}; old addresses kept ${report.redirects}, not ${report.addressesLost}; links led on ${report.linked}, files ${report.files}, refused ${report.filesRefused}`,
];
