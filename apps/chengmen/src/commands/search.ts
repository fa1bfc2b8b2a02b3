import { ChengmenError } from '@chengmen/model';
import { askSearch, type SearchAnswer } from '@chengmen/portal';
import type { SelfTestOptions, SelfTestReport } from '@chengmen/search-app';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { dataFolder } from '../data-folder.ts';
import type { Settings } from '../settings.ts';

/** Asks the search of the running site. Throws `search-unreachable`, `arguments-invalid`. */
export async function searchSite(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  const { searchSocket } = dataFolder(settings.data, settings.site);
  if (line.flags.includes('self-test')) return selfTest(line, searchSocket, terminal);
  if (line.operands.length === 0) throw new ChengmenError('arguments-invalid', { problem: 'chengmen search WORDS…' });
  const found = await ask<SearchAnswer>(searchSocket, '/search', { query: line.operands.join(' ') });
  terminal.json(found);
  for (const { path, date, title } of found.hits)
    terminal.out(`${date.slice(0, 10).padEnd(10)}  ${title.map(({ text }) => text).join('')}\n            ${path}`);
  terminal.out(`${found.count} 条结果 results`);
  return exit.done;
}

async function selfTest(line: CommandLine, socket: string, terminal: Console): Promise<number> {
  const reports = [];
  for (const chosen of choiceOf(line)) reports.push(await ask<SelfTestReport>(socket, '/self-test', chosen, 3_600_000));
  const report: SelfTestReport = {
    tried: reports.reduce((sum, { tried }) => sum + tried, 0),
    missed: reports.flatMap(({ missed }) => missed),
    namesakes: reports.flatMap(({ namesakes }) => namesakes),
  };
  terminal.json(report);
  for (const { path, title, place } of report.missed)
    terminal.out(`✗ ${title}\t${path}\t${place === null ? '没有找到 not found' : `第 ${place} 位 place`}`);
  for (const { title, pages } of report.namesakes) terminal.out(`– ${title}\t${pages} 页同名 pages of this title`);
  terminal.out(
    `${report.missed.length === 0 ? '✓' : '✗'} 检索了 ${report.tried} 个标题 titles searched，${report.missed.length} 个不在首页 not on the first page`,
  );
  return report.missed.length === 0 ? exit.done : exit.wrong;
}

function choiceOf(line: CommandLine): readonly SelfTestOptions[] {
  const { titles, sample } = line.values;
  const count = sample === undefined ? 200 : Number(sample);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new ChengmenError('arguments-invalid', { problem: `--sample ${sample ?? ''}` });
  if (titles === undefined)
    return [
      { titles: 'newest', count },
      { titles: 'random', count },
    ];
  if (titles !== 'all' && titles !== 'newest' && titles !== 'random')
    throw new ChengmenError('arguments-invalid', { problem: `--titles ${titles}: all, newest, random` });
  return [{ titles, count }];
}

async function ask<T>(socket: string, path: string, value: unknown, patience = 10_000): Promise<T> {
  const asked = await askSearch<T>(socket, path, value, patience);
  if ('value' in asked) return asked.value;
  throw new ChengmenError('search-unreachable', { socket, problem: asked.problem });
}
