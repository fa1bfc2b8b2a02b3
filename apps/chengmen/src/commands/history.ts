import { ChengmenError } from '@chengmen/model';
import {
  blobName,
  isReleasePath,
  problemOf,
  readBody,
  readHead,
  ReleaseError,
  stretchesOf,
  type Entry,
  type ErasedRecord,
  type PrunedStretch,
  type Prunings,
  type ReadStore,
} from '@chengmen/release';
import { pruningsIn } from '@chengmen/seal';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import {
  pageHistory,
  provenanceOf,
  type NamedRevision,
  type PageVersion,
  type Provenance,
} from '../history/page-history.ts';
import { textDiff, type TextDiff } from '../history/text-diff.ts';
import type { ExplainedRevision, Office } from '../office.ts';
import { readPlace, releasesPlace } from '../release-places.ts';
import type { Settings } from '../settings.ts';
import { operand, trustedKey } from './operands.ts';

/** One version of a page as it is told. */
export interface ToldVersion {
  readonly releases: { readonly from: number; readonly to: number };
  readonly root: string;
  /** null: nothing stood there. */
  readonly entry: Pick<Entry, 'status' | 'type' | 'hash' | 'size' | 'location'> | null;
  readonly provenance: Provenance | null;
  /** The page's own revision with its reviews; null where it has none or the ledger cannot be asked. */
  readonly revision: ExplainedRevision | null;
  /** Against the content before, which the notice of a withdrawal is not; null for the first, for a notice and for nothing. */
  readonly diff: TextDiff | null;
  /** The releases that content stood in, where a withdrawal or an absence lies between. */
  readonly comparedTo: { readonly from: number; readonly to: number } | null;
  /** By what order its bytes were taken away; null where they are there. */
  readonly erased: Pick<ErasedRecord, 'number' | 'at' | 'by' | 'why'> | null;
}

export interface History {
  readonly path: string;
  readonly size: number;
  readonly origin: string;
  /** Newest first. */
  readonly versions: readonly ToldVersion[];
  /** Releases that are not told of, because they were pruned. */
  readonly pruned: readonly PrunedStretch[];
  /** Why no approvals are told; null where they are. */
  readonly ledger: string | null;
}

export interface HistoryOptions {
  readonly store: ReadStore;
  readonly key: string;
  readonly path: string;
  /** Explains revisions from the ledger; undefined where none answers, and then `ledger` says why. */
  readonly office?: Pick<Office, 'explainRevision'> | undefined;
  readonly ledger?: string | undefined;
}

/**
 * Every version of a page in the log. Throws `not-found` for a path that never was, `no-release`, `release-unverified`.
 */
export async function readHistory(options: HistoryOptions): Promise<History> {
  const { store, key, path, office, ledger } = options;
  const absent = (): ChengmenError => new ChengmenError('not-found', { what: '页面 (page)', id: path });
  if (!isReleasePath(path)) throw absent();
  try {
    const { log, checkpoint } = await readHead(store, { key });
    const prunings = await pruningsIn(store, { key }, { log });
    const versions = await pageHistory(store, log, path, prunings);
    if (versions.length === 0) throw absent();
    const told: ToldVersion[] = [];
    for (const [at, version] of versions.entries())
      told.push(await tell({ store, prunings, office }, version, versions.slice(at + 1)));
    return {
      path,
      size: checkpoint.size,
      origin: checkpoint.origin,
      versions: told,
      pruned: stretchesOf(prunings),
      ledger: office ? null : (ledger ?? '台账没有运行 (no ledger answers)'),
    };
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    const { code, where, problem } = problemOf(error, 'checkpoint');
    if (code === 'no-release') throw new ChengmenError('no-release');
    throw new ChengmenError('release-unverified', { where, problem }, { cause: error });
  }
}

interface Telling extends Pick<HistoryOptions, 'store' | 'office'> {
  readonly prunings: Prunings;
}

async function tell(
  { store, prunings, office }: Telling,
  { from, to, root, entry }: PageVersion,
  older: readonly PageVersion[],
): Promise<ToldVersion> {
  const common = { releases: { from, to }, root, erased: entry ? await erasure(store, prunings, entry) : null };
  if (!entry) return { ...common, entry: null, provenance: null, revision: null, diff: null, comparedTo: null };
  const provenance = (await provenanceOf(store, entry)) ?? null;
  const own = provenance && ownRevision(provenance);
  const { status, type, hash, size, location } = entry;
  const before = status === 410 ? undefined : older.find((one) => one.entry && one.entry.status !== 410);
  const isThere = !common.erased && !(before?.entry && (await erasure(store, prunings, before.entry)));
  return {
    ...common,
    entry: { status, type, hash, size, ...(location === undefined ? {} : { location }) },
    provenance,
    revision: own && office ? await revisionOf(office, own) : null,
    diff: before?.entry && isThere ? await diffOf(store, before.entry, entry) : null,
    comparedTo: before && before !== older[0] ? { from: before.from, to: before.to } : null,
  };
}

/** By what order the bytes of an entry are gone; null where they are not. */
async function erasure(store: ReadStore, prunings: Prunings, entry: Entry): Promise<ToldVersion['erased']> {
  const record = prunings.erasedBy(entry.hash);
  if (!record || (await store.get(blobName(entry)))) return null;
  const { number, at, by, why } = record;
  return { number, at, by, why };
}

function ownRevision({ target, revisions: [first] }: Provenance): NamedRevision | undefined {
  return first && target.replace(/^[^:]+:/, '').split(':')[0] === first.item ? first : undefined;
}

/** null for a revision this ledger does not know: it may have begun after the release, or be another's. */
async function revisionOf(
  office: Pick<Office, 'explainRevision'>,
  { revision, hash }: NamedRevision,
): Promise<ExplainedRevision | null> {
  try {
    return await office.explainRevision({ revision, hash });
  } catch (error) {
    if (error instanceof ChengmenError && error.code === 'not-found') return null;
    throw error;
  }
}

async function diffOf(store: ReadStore, older: Entry, newer: Entry): Promise<TextDiff> {
  if (older.hash === newer.hash) return { kind: 'same-bytes' };
  const [before, after] = await Promise.all([readBody(store, older), readBody(store, newer)]);
  return textDiff({ entry: older, body: before ?? Buffer.of() }, { entry: newer, body: after ?? Buffer.of() });
}

/** The ledger, or why there is none. */
export interface OpenedLedger {
  readonly office?: Office | undefined;
  readonly problem?: string;
}

/** Prints every version of a page. The ledger of a running office is asked for approvals; without it the release alone speaks. */
export async function history(
  line: CommandLine,
  settings: Settings,
  ledger: OpenedLedger,
  terminal: Console,
): Promise<number> {
  const read = await readHistory({
    store: readPlace(releasesPlace(settings), settings),
    key: trustedKey(line, settings),
    path: operand(line, 'PATH'),
    office: ledger.office,
    ledger: ledger.problem,
  });
  terminal.json(read);
  for (const text of historyLines(read)) terminal.out(text);
  return exit.done;
}

const statusWords: Readonly<Record<number, string>> = { 200: '', 301: '跳转 moved', 404: '', 410: '已撤回 withdrawn' };

/** The history as a person reads it, newest first. */
export function historyLines({ path, size, origin, versions, pruned, ledger }: History): string[] {
  return [
    `${path}　${versions.length} 个版本 versions，共 ${size} 版发布 releases，${origin}`,
    ...versions.flatMap(versionLines),
    ...pruned.map(
      ({ from, to, at, by, rule }) => `－ ${inReleases({ from, to })}　按规则“${rule}”于 ${at} 由 ${by} 清除 pruned`,
    ),
    ...(ledger === null ? [] : [`审签未列出 approvals not shown：${ledger}`]),
  ];
}

function versionLines({ releases, entry, provenance, revision, diff, comparedTo, erased }: ToldVersion): string[] {
  // The notice of a withdrawal names the revision that was withdrawn, which was approved at another time.
  const approved =
    entry?.status === 410 ? undefined : revision?.reviews.findLast(({ decision }) => decision !== 'return');
  const when = `${inReleases(releases)}${approved ? `　审定 approved ${approved.at}` : ''}`;
  if (!entry) return [`● ${when}　这里没有内容 nothing here`];
  const { status, type, size, hash, location } = entry;
  const to301 = location === undefined ? '' : ` → ${location}`;
  return [
    `● ${when}　${[status, statusWords[status] ?? ''].join(' ').trim()}${to301}　${type}　${size} B　sha256 ${hash}`,
    ...(provenance ? [`  ◀ ${[provenance.target, provenance.revisions[0]?.revision ?? ''].join('　').trim()}`] : []),
    ...(revision
      ? [
          `  ◀ 修订 revision ${revision.revision}　${revision.title}　${revision.author} ${revision.createdAt}`,
          ...revision.reviews.map(({ stage, name, at }) => `    ◀ 审签 ${stage} ${name} ${at}`),
        ]
      : []),
    ...(erased ? [`  － 字节已于 ${erased.at} 由 ${erased.by} 依法清除 erased：${erased.why}`] : []),
    ...(comparedTo ? [`  与${inReleases(comparedTo)}相比 compared`] : []),
    ...diffLines(diff),
  ];
}

function inReleases({ from, to }: ToldVersion['releases']): string {
  return from === to ? `第 ${from} 版 release` : `第 ${from}—${to} 版 releases`;
}

function diffLines(diff: TextDiff | null): string[] {
  if (!diff) return [];
  if (diff.kind === 'same-bytes') return ['  ＝ 字节没有变化，来源不同 the same bytes, made from other sources'];
  if (diff.kind === 'same-words') return ['  ＝ 文字没有变化 the words are the same'];
  if (diff.kind === 'none') return ['  ≠ 内容不同，不逐行比较 other content, not compared by line'];
  return [`  ± 增 ${diff.added} 行 added，减 ${diff.removed} 行 removed`, ...diff.lines.map((text) => `    ${text}`)];
}
