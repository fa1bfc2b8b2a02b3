import { ChengmenError } from '@chengmen/model';
import type { PlannedPage } from '@chengmen/press-app';
import { isReleasePath, problemOf, readHead, ReleaseError } from '@chengmen/release';
import { pruningsIn } from '@chengmen/seal';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { whyRebuilt, type WhyRebuilt } from '../history/why-rebuilt.ts';
import { holdLine } from '../hold-line.ts';
import type { Office } from '../office.ts';
import { readPlace, releasesPlace } from '../release-places.ts';
import { scheduleLine } from '../schedule-line.ts';
import type { Settings } from '../settings.ts';
import { trustedKey } from './operands.ts';

/** `publish`: presses what is approved. `--dry-run`: tells what that would change and what is scheduled, and changes nothing. */
export async function publish(
  line: CommandLine,
  office: Office,
  { scheduleLateMinutes: lateMinutes }: Settings,
  terminal: Console,
): Promise<number> {
  if (line.flags.includes('dry-run')) {
    const [pages, scheduled] = [await office.planned(), await office.scheduled()];
    terminal.json({ pages, scheduled });
    for (const page of pages) terminal.out(plannedLine(page));
    for (const one of scheduled) terminal.out(scheduleLine(one, { now: new Date(), lateMinutes }));
    terminal.out(`将重排 ${pages.length} 个地址 addresses would be rendered；什么也没有发布 nothing was published`);
    return exit.done;
  }
  const published = await office.publish();
  const held = await office.holdState();
  terminal.json(published);
  terminal.out(`${published.changed ? '已上线 live' : '没有新内容 nothing new'}：${published.size} ${published.root}`);
  if (held.held) terminal.out(holdLine(held));
  return exit.done;
}

function plannedLine({ path, gone, cause, reads }: PlannedPage): string {
  return `${gone ? '－' : '＋'} ${path}\t${causes[cause]}${reads.length > 0 ? `：${reads.join('、')}` : ''}`;
}

/** `publish --why PATH`: why a page was last made again, read from the release alone. */
export async function explainRebuild(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  const path = line.values['why'] ?? '';
  const store = readPlace(releasesPlace(settings), settings);
  try {
    const trust = { key: trustedKey(line, settings) };
    const { log } = await readHead(store, trust);
    const prunings = await pruningsIn(store, trust, { log });
    const why = isReleasePath(path) ? await whyRebuilt(store, log, path, prunings) : undefined;
    if (!why) throw new ChengmenError('not-found', { what: '页面 (page)', id: path });
    terminal.json(why);
    for (const text of whyLines(why)) terminal.out(text);
    return exit.done;
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    const { where, problem } = problemOf(error, 'checkpoint');
    throw new ChengmenError('release-unverified', { where, problem });
  }
}

const causes: Record<WhyRebuilt['cause'] | PlannedPage['cause'], string> = {
  first: '第一次出现 it had not been there',
  new: '第一次出现 it had not been there',
  everything: '全部重排 everything is rendered',
  theme: '模板变了 the templates changed',
  read: '读到的内容变了 what it reads changed',
  'taken-away': '已撤下 it was taken away',
  other: '来源记录的形式不同 made in another way',
};

function whyLines({ path, release, cause, target, theme, reads, bytesChanged }: WhyRebuilt): string[] {
  return [
    `${path}　自第 ${release} 版起 since release ${release}：${causes[cause]}`,
    ...(target === null ? [] : [`  目标 target　${target}`]),
    ...(theme ? [`  模板 theme　${theme.before.slice(0, 16)} → ${theme.after.slice(0, 16)}`] : []),
    ...reads.map(
      ({ read, before, after }) =>
        `  读取 read　${read}　${before?.slice(0, 16) ?? '没有读 not read'} → ${after?.slice(0, 16) ?? '不再读 no longer read'}`,
    ),
    ...(bytesChanged ? [] : ['  重排后一个字节也没有变 rendered again, and not one byte differs']),
  ];
}
