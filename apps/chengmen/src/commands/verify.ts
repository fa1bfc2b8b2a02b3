import { verifyRelease, type ReleaseReport } from '@chengmen/release';
import { verifySite } from '@chengmen/serve';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { readPlace } from '../release-places.ts';
import type { Settings } from '../settings.ts';
import { operand, seenFor, trustedKey } from './operands.ts';

export async function verify(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  const what = operand(line, 'DIR|URL');
  const key = trustedKey(line, settings);
  const seen = seenFor(line, settings);
  const stored = /^https?:\/\//.test(what)
    ? undefined
    : await verifyRelease({
        store: readPlace(what, settings),
        key,
        lastSeen: seen,
        newest: line.flags.includes('newest'),
      });
  const report = stored ?? (await verifySite({ url: what, key, lastSeen: seen }));
  terminal.json(report);
  for (const { code, where, problem } of report.problems) terminal.out(`✗ ${code}\t${where}\t${problem}`);
  for (const text of stored ? goneLines(stored) : []) terminal.out(text);
  terminal.out(
    `${report.ok ? '✓ 校验通过 verified' : `✗ 有 ${report.problems.length} 处不符 problems`}：${report.paths} 个地址 paths，第 ${report.size} 版 release，${report.root}`,
  );
  return report.ok ? exit.done : exit.wrong;
}

/** What is not there because it was taken away, as the signed records say: that is no fault. */
function goneLines({ pruned, erased }: ReleaseReport): string[] {
  return [
    ...pruned.map(
      ({ from, to, at, rule, by, number }) =>
        `－ 第 ${from}—${to} 版 releases　按规则“${rule}”于 ${at} 由 ${by} 清除 pruned　prunings/${number}`,
    ),
    ...erased.map(
      ({ where, at, why, by, number }) => `－ ${where}　${at} 由 ${by} 依法清除 erased：${why}　prunings/${number}`,
    ),
  ];
}
