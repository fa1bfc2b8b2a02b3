import { resolve } from 'node:path';
import { ChengmenError } from '@chengmen/model';
import { problemOf, ReleaseError } from '@chengmen/release';
import {
  createMirror,
  siteSource,
  storeSource,
  type Mirrored,
  type MirrorProgress,
  type MirrorSource,
} from '@chengmen/seal';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { keepMirror } from '../mirror/keep-mirror.ts';
import { catalogued, isBucket, lockPlace, openPlace, readPlace, releasesPlace } from '../release-places.ts';
import type { Settings } from '../settings.ts';
import { trustedKey } from './operands.ts';
import { sweptLines } from './prune.ts';

/** `mirror FROM TO`: pulls what is missing once, or with `--watch` until it is asked to stop. */
export async function mirrorReleases(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  const { from, to } = placesOf(line, settings);
  const key = trustedKey(line, settings);
  const source = openSource(from, settings);
  const newest = line.flags.includes('newest') || !source.older;
  const store = openPlace(to, settings);
  const stopping = new AbortController();
  const lock = await lockPlace(to);
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const mirror = createMirror({
      from: source,
      to: store,
      key,
      newest,
      prune: line.flags.includes('prune'),
      signal: stopping.signal,
      onProgress: (progress) => terminal.progress(progressLine(progress), '拉取 pulling'),
    });
    const told = { from, to, newest };
    if (!line.flags.includes('watch')) return await once(() => mirror.pull(), told, terminal);
    if (!source.older) terminal.say('网站只提供最新一版 · a site gives the newest release alone');
    const kept = keepMirror({
      mirror,
      signal: stopping.signal,
      pulled: (mirrored) => tell(mirrored, told, terminal),
      failed: (error, delay) => {
        refuse(error, told, terminal);
        terminal.say(`  ${Math.ceil(delay / 1000)} 秒后再试 · trying again`);
      },
    });
    return (await kept.ended) ? exit.done : exit.wrong;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await store.close?.();
    lock?.release();
  }
}

interface Told {
  readonly from: string;
  readonly to: string;
  readonly newest: boolean;
}

async function once(pull: () => Promise<Mirrored>, told: Told, terminal: Console): Promise<number> {
  try {
    tell(await pull(), told, terminal);
    return exit.done;
  } catch (error) {
    const seen = told.from.startsWith('http') ? unreachable(error, told.from) : catalogued(error, told.from);
    if (!isRefusal(error)) throw seen;
    refuse(error, told, terminal);
    return exit.wrong;
  }
}

/** What the source offers is not taken: that is a finding, not a command that could not run. */
function isRefusal(error: unknown): error is ReleaseError {
  return error instanceof ReleaseError && error.code !== 'no-release' && error.code !== 'invalid';
}

function unreachable(error: unknown, url: string): unknown {
  if (error instanceof ReleaseError || error instanceof ChengmenError) return catalogued(error, url);
  const problem =
    error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
  return new ChengmenError('site-unreachable', { url, problem });
}

function placesOf(line: CommandLine, settings: Settings): { readonly from: string; readonly to: string } {
  const [from, to, ...rest] = line.operands;
  const wrong = (problem: string): ChengmenError => new ChengmenError('arguments-invalid', { problem });
  if (from === undefined || to === undefined || rest.length > 0) throw wrong('chengmen mirror FROM TO');
  if (/^https?:/.test(to)) throw wrong('不能写到网站 (a site cannot be written)');
  const whole = (place: string): string => (isBucket(place) ? place.replace(/\/+$/, '') : resolve(place));
  if (whole(from) === whole(to)) throw wrong('FROM 与 TO 相同 (FROM and TO are the same)');
  if (whole(to) === whole(releasesPlace(settings)))
    throw wrong('TO 是本机签发的地方 (TO is where this installation seals)');
  return { from, to };
}

function openSource(from: string, settings: Settings): MirrorSource {
  if (!/^https?:\/\//.test(from)) return storeSource(readPlace(from, settings));
  if (URL.canParse(from)) return siteSource(from);
  throw new ChengmenError('arguments-invalid', { problem: from });
}

function tell(mirrored: Mirrored, { from, to, newest }: Told, terminal: Console): void {
  const { changed, size, root, paths, files, bytes } = mirrored;
  terminal.json({ ok: true, from, to, newest, ...mirrored });
  terminal.out(
    `✓ ${changed ? '已拉取 pulled' : '没有新的 nothing new'}：第 ${size} 版 release，${paths} 个地址 paths，${files} 个文件 files，${bytes} B，${root}`,
  );
  if (mirrored.swept) for (const text of sweptLines(mirrored.swept, false)) terminal.out(text);
}

function refuse(error: unknown, { from, to, newest }: Told, terminal: Console): void {
  const problem = isRefusal(error) ? problemOf(error, from) : undefined;
  const said = error instanceof Error ? error.message : String(error);
  terminal.json({
    ok: false,
    from,
    to,
    newest,
    problem: problem ?? { code: 'unreachable', where: from, problem: said },
  });
  terminal.out(
    problem
      ? `✗ ${problem.code}\t${problem.where}\t${problem.problem}\n  镜像仍是原来的一版 · the mirror stays at the release it had${problem.code === 'missing' && !newest ? '；FROM 若只有最新一版，请用 --newest · where FROM holds the newest release alone, use --newest' : ''}`
      : `✗ ${from}\t${said}`,
  );
}

function progressLine({ releases, of, files, bytes }: MirrorProgress): string {
  return `拉取 pulling　${releases}/${of} 版 releases　${files} 个文件 files　${(bytes / 1e6).toFixed(1)} MB`;
}
