import { readFileSync, statSync } from 'node:fs';
import { parseDecisions } from '@chengmen/intake';
import {
  accept,
  decide,
  mend,
  structureOf,
  type KnownEncoding,
  type MendResult,
  type SiblingFurniture,
} from '@chengmen/mend';
import { ChengmenError, explainError } from '@chengmen/model';
import { reportEntry, type ReportEntry } from './report/report-entry.ts';
import { summaryLines } from './summary-lines.ts';

export interface MendJob {
  /** A file, or the name under which `bytes` are known. */
  readonly name: string;
  readonly bytes?: Uint8Array | undefined;
  readonly atLeast?: number | undefined;
  readonly encoding?: KnownEncoding | undefined;
  readonly siblings?: SiblingFurniture | undefined;
  /** A file of decisions about this page. */
  readonly decisions?: string | undefined;
  readonly wants: { readonly json: boolean; readonly report: boolean; readonly html: boolean };
}

/** What became of one input; everything in it can cross between threads. */
export interface MendDone {
  readonly name: string;
  /** Gaps are left, or something raised an alarm. */
  readonly wrong: boolean;
  readonly lines: readonly string[];
  readonly json?: string;
  readonly report?: ReportEntry;
  readonly html?: string;
  /** Why the input could not be mended at all. */
  readonly failed?: ReturnType<typeof explainError>;
}

/** No page is larger; what is, is something else. */
export const largestPage = 16 * 1024 * 1024;

/** Mends one input. Never throws: what went wrong is in the answer. */
export function mendJob(job: MendJob): MendDone {
  try {
    const bytes = bytesOf(job);
    return done(job, bytes, settled(job, bytes));
  } catch (error) {
    const known = error instanceof ChengmenError ? error : unreadable(job.name, error);
    return { name: job.name, wrong: true, lines: [], failed: explainError(known) };
  }
}

const unreadable = (file: string, error: unknown): ChengmenError =>
  new ChengmenError('file-unreadable', { file, problem: error instanceof Error ? error.message : String(error) });

function bytesOf({ name, bytes: given }: MendJob): Uint8Array {
  const bytes = given ?? read(name);
  if (bytes.length > largestPage)
    throw unreadable(name, new Error(`${bytes.length} B，最大 (at most) ${largestPage} B`));
  return bytes;
}

function settled({ name, encoding, siblings, atLeast, decisions }: MendJob, bytes: Uint8Array): MendResult {
  const mended = mend({ name, bytes, ...(encoding ? { encoding } : {}), ...(siblings ? { siblings } : {}) });
  const accepted = atLeast === undefined ? mended : accept(mended, { atLeast });
  return decisions === undefined ? accepted : decided(accepted, decisions);
}

function read(file: string): Uint8Array {
  if (statSync(file).isDirectory()) throw new Error('EISDIR');
  return new Uint8Array(readFileSync(file));
}

function decided(result: MendResult, file: string): MendResult {
  const { page, decisions } = parseDecisions(readFileSync(file, 'utf8'), file);
  if (page !== result.input.sha256)
    throw new ChengmenError('decisions-invalid', {
      file,
      problem: `page：${page.slice(0, 12)}… ≠ ${result.input.sha256.slice(0, 12)}…`,
    });
  return decide(result, decisions);
}

function done({ name, wants }: MendJob, bytes: Uint8Array, result: MendResult): MendDone {
  const { input, encoding, verdict, html, plan, alarms } = result;
  return {
    name,
    wrong: verdict === 'gaps' || alarms.length > 0,
    lines: summaryLines(name, result),
    ...(wants.json
      ? { json: JSON.stringify({ input, encoding, verdict, html, ...structureOf(result), plan, alarms }) }
      : {}),
    ...(wants.report ? { report: reportEntry(result, bytes) } : {}),
    ...(wants.html ? { html } : {}),
  };
}
