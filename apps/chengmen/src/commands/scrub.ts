import { existsSync } from 'node:fs';
import { ChengmenError } from '@chengmen/model';
import type { LogHead } from '@chengmen/release';
import { scrub, type ScrubReport } from '@chengmen/seal';
import { folderStore } from '@chengmen/serve';
import { openBackOffice } from '../back-office.ts';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import type { Settings } from '../settings.ts';
import { trustedKey } from './operands.ts';

/**
 * `scrub [DIR…]`: reads everything the releases of this installation need and puts back what rotted from other release
 * folders, copies or mirrors. It writes, so it takes the data folder's lock: nothing else may be at work on it.
 */
export async function scrubReleases(
  line: CommandLine,
  settings: Settings,
  lastSeen: LogHead | undefined,
  terminal: Console,
): Promise<number> {
  for (const folder of line.operands)
    if (!existsSync(folder)) throw new ChengmenError('file-unreadable', { file: folder, problem: 'ENOENT' });
  const key = trustedKey(line, settings);
  const back = await openBackOffice({ settings });
  try {
    const from = line.operands.map((folder) => folderStore(folder, { blocking: true }));
    const report = await scrub({ store: back.store, from, key, lastSeen });
    terminal.json(report);
    for (const text of scrubLines(report)) terminal.out(text);
    return report.ok ? exit.done : exit.wrong;
  } finally {
    await back.close();
  }
}

function scrubLines({ ok, size, files, found, repaired, unrepairable }: ScrubReport): string[] {
  const right = new Set(repaired);
  return [
    ...found.flatMap(({ where, problem }) => (right.has(where) ? [`✓ 已补回 put back\t${where}\t${problem}`] : [])),
    ...unrepairable.map(({ code, where, problem }) => `✗ ${code}\t${where}\t${problem}`),
    `${ok ? '✓' : '✗'} 查过 ${files} 个文件 files，${size} 版 releases：坏 ${found.length} damaged，补回 ${repaired.length} put back，无法补回 ${unrepairable.length} left`,
  ];
}
