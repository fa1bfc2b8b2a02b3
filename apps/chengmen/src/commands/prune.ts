import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ChengmenError } from '@chengmen/model';
import {
  checkpointName,
  isHash,
  isReleasePath,
  parseTlogProof,
  peekCheckpoint,
  readHead,
  ReleaseError,
} from '@chengmen/release';
import { pruningsIn, sweep, type Swept } from '@chengmen/seal';
import { siteProofs } from '@chengmen/serve';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { dataFolder } from '../data-folder.ts';
import type { Office } from '../office.ts';
import { stretchesBy, type Reason } from '../prune/plan-retention.ts';
import type { Pruned, PruneRequest } from '../prune/prune-releases.ts';
import { defaultRetention, readRetention, type Named, type RetentionRules } from '../prune/retention-rules.ts';
import { catalogued, lockPlace, openPlace, readPlace, servedFolder } from '../release-places.ts';
import type { Settings } from '../settings.ts';
import { readOrRefuse, trustedKey } from './operands.ts';

/** Rules of retention that hold where no others are named; its legal holds hold in any case. */
export const standingRules = (settings: Settings): string =>
  join(dataFolder(settings.data, settings.site).root, 'retention.json');

/** `prune [--rules FILE] [--dry-run]` and `prune --erase HASH|PATH --why …`: takes away what need not be kept any longer. */
export async function prune(line: CommandLine, office: Office, settings: Settings, terminal: Console): Promise<number> {
  const { erase: what, why, by = userInfo().username, rules: file } = line.values;
  const dryRun = line.flags.includes('dry-run');
  if (what !== undefined) {
    const usage = 'chengmen prune --erase HASH|PATH --why 依据 --by 经办人';
    if (why === undefined || line.values['by'] === undefined || file !== undefined)
      throw new ChengmenError('arguments-invalid', { problem: usage });
    if (!isHash(what) && !isReleasePath(what)) throw new ChengmenError('arguments-invalid', { problem: usage });
  }
  const rules = rulesOf(file, settings);
  const request: PruneRequest = {
    rules,
    served: what === undefined ? await servedBy(rules, settings) : [],
    proofs: what === undefined ? rules.proofs.flatMap(proofsAt) : [],
    dryRun,
    by,
    ...(what === undefined || why === undefined ? {} : { erase: { what, why } }),
  };
  const pruned = await office.prune(request);
  terminal.json({ rules: rules.name, ...pruned });
  for (const text of pruned.erasable ? eraseLines(pruned) : planLines(rules, pruned)) terminal.out(text);
  for (const text of sweptLines(pruned.swept, dryRun)) terminal.out(text);
  return exit.done;
}

/**
 * `prune PLACE`: carries out on a mirror or copy what its own records say, as their original did. Nothing new is
 * recorded, so no signing key is needed. `--newest`: of a mirror that holds the newest release alone.
 */
export async function pruneCopy(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  const [place = '', ...rest] = line.operands;
  const given = ['rules', 'erase', 'why', 'by'].find((flag) => line.values[flag] !== undefined);
  if (rest.length > 0 || given !== undefined)
    throw new ChengmenError('arguments-invalid', { problem: 'chengmen prune [PLACE] [--newest] [--dry-run]' });
  const key = trustedKey(line, settings);
  const dryRun = line.flags.includes('dry-run');
  readPlace(place, settings);
  const lock = await lockPlace(place);
  const store = openPlace(place, settings);
  try {
    await store.takeTurn();
    const head = await readHead(store, { key }).catch((error: unknown) => {
      throw catalogued(error, place);
    });
    const prunings = await pruningsIn(store, { key }, head);
    const between = <T>(work: (now: typeof head) => Promise<T>): Promise<T> => work(head);
    const swept = await sweep({ store, between, prunings, dryRun, newest: line.flags.includes('newest') });
    terminal.json({ dryRun, size: head.checkpoint.size, records: prunings.records.length, swept });
    for (const text of sweptLines(swept, dryRun)) terminal.out(text);
    return exit.done;
  } finally {
    await store.close?.();
    lock?.release();
  }
}

function rulesOf(file: string | undefined, settings: Settings): RetentionRules {
  const standing = standingRules(settings);
  const known = existsSync(standing) ? readRules(standing) : undefined;
  const rules = file === undefined ? (known ?? defaultRetention()) : readRules(file);
  // Whatever rules are tried: what a court has asked to keep stays.
  return file === undefined || !known ? rules : { ...rules, hold: [...rules.hold, ...known.hold] };
}

const readRules = (file: string): RetentionRules =>
  readRetention(Buffer.from(readOrRefuse(file)).toString('utf8'), file);

/** What the own portal and the places the rules name have now. Throws `served-unknown` where one cannot be asked. */
async function servedBy({ served }: RetentionRules, settings: Settings): Promise<PruneRequest['served']> {
  const own = join(dataFolder(settings.data, settings.site).portal, 'seen');
  const all: PruneRequest['served'][number][] = existsSync(own) ? [{ place: own, ...headIn(readFileSync(own)) }] : [];
  const folder = servedFolder(settings);
  for (const place of [...served, ...(existsSync(join(folder, checkpointName)) ? [folder] : [])]) {
    try {
      const note = await (
        /^https?:\/\//.test(place) ? siteProofs(new URL(place).origin) : readPlace(place, settings)
      ).get(checkpointName);
      if (!note) throw new Error('没有检查点 (there is no checkpoint)');
      all.push({ place, ...headIn(note) });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      throw new ChengmenError('served-unknown', { place, problem }, { cause: error });
    }
  }
  return all;
}

function headIn(note: Uint8Array | string): { readonly size: number; readonly root: string } {
  const { size, root } = peekCheckpoint(note);
  return { size, root };
}

/** Proofs in a file or in the files of a folder; what is none is passed over in a folder. Throws `file-unreadable`. */
function proofsAt(place: string): PruneRequest['proofs'] {
  if (!existsSync(place)) throw new ChengmenError('file-unreadable', { file: place, problem: 'ENOENT' });
  const folder = statSync(place).isDirectory();
  const files = folder ? readdirSync(place, { recursive: true }).map((name) => join(place, String(name))) : [place];
  return files
    .filter((file) => statSync(file).isFile())
    .flatMap((file) => {
      try {
        const { checkpoint } = parseTlogProof(Buffer.from(readOrRefuse(file)).toString('utf8'));
        return [{ file, ...headIn(checkpoint) }];
      } catch (error) {
        if (!(error instanceof ReleaseError) || !folder)
          throw new ChengmenError('file-unreadable', {
            file,
            problem: error instanceof Error ? error.message : String(error),
          });
        return [];
      }
    });
}

function planLines(rules: RetentionRules, { planned, size, gone, record, dryRun }: Pruned): string[] {
  const going = planned.filter(({ stays }) => !stays).length;
  const told = stretchesBy(planned, { number: (one) => one.number, said: ({ stays }) => reasonText(stays) });
  return [
    `留存规则 rules：${rules.name}`,
    ...holdLines('查封 legal hold', rules.hold),
    ...told.map(({ from, to, said }) => `${said === goes ? '－' : '＝'} ${releasesText(from, to)}　${said}`),
    ...(gone > 0 ? [`  ${gone} 版早已清除 releases were pruned before`] : []),
    `${dryRun ? '将清除 would go' : '清除 gone'}：${going} 版 releases，共 ${size}；留 ${planned.length - going} 版 stay${record === null ? '' : `；记录 record prunings/${record}`}`,
  ];
}

const holdLines = (title: string, held: readonly Named[]): string[] =>
  held.map(
    ({ releases, why }) => `  ${title}：${releases.map(([from, to]) => releasesText(from, to)).join('、')}　${why}`,
  );

function eraseLines({ erasable, record, dryRun }: Pruned): string[] {
  const { blobs = [], paths = [], live = 0 } = erasable ?? {};
  return [
    ...paths.map((path) => `－ ${path}`),
    ...blobs.map((hash) => `－ sha256 ${hash}`),
    ...(live > 0 ? [`＝ ${live} 个版本正在线上，没有清除 versions are live and stay`] : []),
    `${dryRun ? '将清除 would be erased' : '已清除 erased'}：${blobs.length} 段内容 blobs，${paths.length} 个地址 paths${record === null ? '' : `；记录 record prunings/${record}`}`,
    '  别处的同样内容（列表、订阅、繁体版、台账）须另行处理 · the same words elsewhere (lists, feeds, the Traditional edition, the ledger) are another matter: docs/retention.md',
  ];
}

export function sweptLines({ pages, blobs, tiles, bytes, erased, compacted }: Swept, dryRun: boolean): string[] {
  return [
    `${dryRun ? '将删除 would be removed' : '已删除 removed'}：${blobs} 段内容 blobs（其中依法清除 erased ${erased}），${pages} 张目录页 map pages，${tiles} 张旧日志片 partial tiles，${bytes} B`,
    ...(compacted.packs > 0 ? [`  重写 rewritten ${compacted.packs} 个包 packs，腾出 freed ${compacted.freed} B`] : []),
  ];
}

const goes = '按规则清除 by the rules';

function reasonText(stays: Reason | undefined): string {
  switch (stays?.kind) {
    case undefined:
      return goes;
    case 'newest':
      return '最新一版 the newest';
    case 'served':
      return `正在提供 being served：${stays.by}`;
    case 'hold':
      return `查封 legal hold：${stays.why}`;
    case 'keep':
      return `指定保留 named：${stays.why}`;
    case 'proof':
      return `已出证明 proof handed out：${stays.file}`;
    case 'unknown-time':
      return '上线时间不详 nobody knows when it went live';
    case 'every':
      return '未满期限 younger than every release is kept';
    case 'one':
      return `所在时段的最后一版 the last of ${stays.of}`;
  }
}

const releasesText = (from: number, to: number): string =>
  from === to ? `第 ${from} 版 release` : `第 ${from}—${to} 版 releases`;
