import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogHead } from '@chengmen/release';
import { scrub, type ScrubReport, type WriteStore } from '@chengmen/seal';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { dataFolder } from '../data-folder.ts';
import { lockPlace, openPlace, readPlace, releasesPlace } from '../release-places.ts';
import type { Settings } from '../settings.ts';
import { trustedKey } from './operands.ts';

/**
 * `scrub [DIR|s3://…]…`: reads everything the releases of this installation need and puts back what rotted from other
 * places of the same releases, copies or mirrors. It writes, so it takes the data folder's lock: nothing else may be at work on it.
 */
export async function scrubReleases(
  line: CommandLine,
  settings: Settings,
  lastSeen: LogHead | undefined,
  terminal: Console,
): Promise<number> {
  const from = line.operands.map((place) => readPlace(place, settings));
  const key = trustedKey(line, settings);
  const { store, close } = await openOwn(settings);
  try {
    const report = await scrub({ store, from, key, lastSeen });
    terminal.json(report);
    for (const text of scrubLines(report)) terminal.out(text);
    return report.ok ? exit.done : exit.wrong;
  } finally {
    await close();
  }
}

/** Where there is no database, the releases are a mirror's: then their own lock is enough. */
async function openOwn(
  settings: Settings,
): Promise<{ readonly store: WriteStore; readonly close: () => Promise<void> }> {
  const { database } = dataFolder(settings.data);
  if (settings.database !== '' || existsSync(join(database, 'database'))) {
    const { openBackOffice } = await import('../back-office.ts');
    const back = await openBackOffice({ settings });
    return { store: back.store, close: () => back.close() };
  }
  const place = releasesPlace(settings);
  readPlace(place, settings);
  const lock = await lockPlace(place);
  const store = openPlace(place, settings);
  return {
    store,
    close: async () => {
      await store.close?.();
      lock?.release();
    },
  };
}

function scrubLines({ ok, size, files, found, repaired, unrepairable, pruned, erased }: ScrubReport): string[] {
  const right = new Set(repaired);
  return [
    ...found.flatMap(({ where, problem }) => (right.has(where) ? [`✓ 已补回 put back\t${where}\t${problem}`] : [])),
    ...unrepairable.map(({ code, where, problem }) => `✗ ${code}\t${where}\t${problem}`),
    ...(pruned + erased > 0
      ? [`－ ${pruned} 版已按规则清除 releases pruned，${erased} 个文件已依法清除 files erased：不补 not put back`]
      : []),
    `${ok ? '✓' : '✗'} 查过 ${files} 个文件 files，${size} 版 releases：坏 ${found.length} damaged，补回 ${repaired.length} put back，无法补回 ${unrepairable.length} left`,
  ];
}
