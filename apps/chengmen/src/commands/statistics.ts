import { join, resolve } from 'node:path';
import { civilDateAt } from '@chengmen/calendar';
import { ChengmenError } from '@chengmen/model';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { dataFolder } from '../data-folder.ts';
import type { Office } from '../office.ts';
import type { Settings } from '../settings.ts';

/** `statistics recompute [FOLDER…]`, `statistics draft --channel ID --department ID`, `statistics report [--year YYYY]`. */
export async function statistics(
  line: CommandLine,
  office: Office,
  settings: Settings,
  terminal: Console,
): Promise<number> {
  const [verb, ...folders] = line.operands;
  if (verb === 'recompute') return recompute(folders, office, settings, terminal);
  if (verb === 'draft' && folders.length === 0) return draft(line, office, terminal);
  if (verb === 'report' && folders.length === 0) return report(line, office, terminal);
  throw new ChengmenError('arguments-invalid', {
    problem: 'chengmen statistics recompute [FOLDER…] | draft --channel ID --department ID | report [--year YYYY]',
  });
}

async function recompute(
  given: readonly string[],
  office: Office,
  settings: Settings,
  terminal: Console,
): Promise<number> {
  const own = join(dataFolder(settings.data, settings.site).portal, 'log');
  const recomputed = await office.recomputeStatistics(given.length === 0 ? [own] : given.map((one) => resolve(one)));
  terminal.json(recomputed);
  terminal.out('日期 day    计数 counted  日志 log  爬虫 robots  差 difference');
  for (const { day, counted, people, robots } of recomputed.days) {
    const difference = counted === null ? '–' : String(people - counted);
    terminal.out(
      `${day}  ${String(counted ?? '–').padStart(11)}  ${String(people).padStart(8)}  ${String(robots).padStart(10)}  ${difference.padStart(12)}`,
    );
  }
  terminal.out(
    '日志另含：停用脚本的读者、打开而未显示的页面、三十秒内的重复打开、不自报身份的程序；不含缓存代答的请求。\nThe log also has readers without scripts, pages opened and never shown, reloads, and programs that hide; it lacks what caches answered.',
  );
  if (recomputed.unreadable === 0) return exit.done;
  terminal.say(`${recomputed.unreadable} 行无法读取 · lines that are no records`);
  return exit.wrong;
}

async function draft(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  const { channel, department } = line.values;
  if (channel === undefined || department === undefined)
    throw new ChengmenError('arguments-invalid', { problem: '--channel ID --department ID' });
  const drafted = await office.draftFigures({ channel, department });
  terminal.json(drafted);
  for (const { title, revision, fresh } of drafted)
    terminal.out(`${fresh ? '已送审 submitted' : '没有变化 unchanged'}  ${title}  ${revision}`);
  return exit.done;
}

async function report(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  const year = line.values['year'] ?? civilDateAt(new Date()).slice(0, 4);
  if (!/^\d{4}$/.test(year)) throw new ChengmenError('arguments-invalid', { problem: '--year YYYY' });
  const told = await office.yearlyReport(Number(year));
  terminal.json(told);
  terminal.out(`政府网站年度工作报表 ${told.year}（${told.clause}）　${told.hash}`);
  for (const { name, value, from } of told.fields) terminal.out(`  ${name}：${value ?? '（待填）'}　${from}`);
  return exit.done;
}
