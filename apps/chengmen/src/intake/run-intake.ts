import { basename } from 'node:path';
import { ChengmenError, explainError } from '@chengmen/model';
import type { Office, TakenIn } from '../office.ts';
import { formerPath } from './former-path.ts';
import type { Mapping } from './mapping.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { openSource } from './open-source.ts';
import type { SourcePage } from './source-page.ts';

/** What became of one entry of a source. */
export interface IntakeEntry {
  readonly file: string;
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
  /** Sources or entries that could not be read at all. */
  readonly unreadable: number;
  readonly wrong: boolean;
  readonly refusals: readonly { readonly file: string; readonly problem: string }[];
}

export interface IntakeRun {
  readonly office: Pick<Office, 'takeIn'>;
  readonly operands: readonly string[];
  readonly mapping: Mapping | undefined;
  /** The nth file of decisions is about the nth page. */
  readonly decisions: readonly { readonly name: string; readonly text: string }[];
  readonly each: (entry: IntakeEntry) => void;
  readonly progress: (text: string) => void;
}

/** The report names so many refusals; all of them are told one by one as they happen. */
const mostRefusals = 1000;

/**
 * Takes in all pages of some sources, one command for each: a page is in with its plan and its old address, or not at all.
 * Run again after a break it takes in what is missing and nothing twice, since pages are known by their bytes.
 */
export async function runIntake(run: IntakeRun): Promise<IntakeReport> {
  const near = nearDuplicates();
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
  };
  const refusals: { file: string; problem: string }[] = [];
  const refuse = (file: string, fault: Error): void => {
    const error = explainError(fault instanceof ChengmenError ? fault : unreadable(file, fault));
    counts.refused++;
    if (error.code === 'file-unreadable') counts.unreadable++;
    if (refusals.length < mostRefusals) refusals.push({ file, problem: `${error.zh} ${error.en}` });
    run.each({ file, outcome: 'refused', error });
  };
  let number = 0;
  for (const operand of run.operands) {
    try {
      for await (const entry of openSource(operand, run.mapping)) {
        number++;
        run.progress(`${number}　${entry.name}`);
        if ('fault' in entry) refuse(entry.name, entry.fault);
        else await take(entry, number - 1).catch((fault: unknown) => refuse(entry.name, asError(fault)));
      }
    } catch (fault) {
      // Arguments are refused as a whole; a source that breaks off is one refusal among many.
      if (fault instanceof ChengmenError && fault.code.startsWith('mapping')) throw fault;
      refuse(operand, asError(fault));
    }
  }
  return {
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

  async function take({ name, bytes, address }: SourcePage, index: number): Promise<void> {
    const decisions = run.decisions[index];
    const taken = await run.office.takeIn({
      name: address !== undefined && /^https?:/.test(address) ? address : basename(name),
      bytes,
      approve: false,
      ...(address === undefined ? {} : { address }),
      ...(decisions === undefined ? {} : { decisions }),
    });
    const outcome = taken.again ? 'again' : taken.duplicate ? 'duplicate' : 'taken';
    const nearly = near.seen(name, taken.text);
    const told = outcome === 'taken' ? nearly : undefined;
    counts[outcome]++;
    if (taken.counts.lost + taken.counts.likely > 0) counts.gaps++;
    if (taken.alarms.length > 0) counts.alarmed++;
    if (told !== undefined) counts.near++;
    if (taken.redirects) counts.redirects++;
    else if (address !== undefined && formerPath(address) === undefined) counts.lost++;
    const { item, revision, title, alarms, notes, redirects } = taken;
    run.each({
      file: name,
      ...(address === undefined ? {} : { address }),
      outcome,
      item,
      revision,
      title,
      counts: taken.counts,
      alarms,
      notes,
      redirects,
      ...(told === undefined ? {} : { nearly: told }),
    });
  }
}

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
  `采集 ${report.taken}，早已采集 ${report.again}，重复 ${report.duplicates}，未收 ${report.refused}；留有缺字 ${report.gaps}，有告警 ${report.alarmed}，相近待查 ${report.nearDuplicates}；旧地址将跳转 ${report.redirects}，无法跳转 ${report.addressesLost}`,
  `taken in ${report.taken}, already ${report.again}, duplicates ${report.duplicates}, refused ${report.refused}; with gaps ${report.gaps}, alarmed ${report.alarmed}, nearly the same ${report.nearDuplicates}; old addresses kept ${report.redirects}, not ${report.addressesLost}`,
];
