import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ChengmenError } from '@chengmen/model';
import { problemOf, ReleaseError } from '@chengmen/release';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { exportNote, exportRelease, type Exported } from '../export/export-release.ts';
import { nginxFolder } from '../export/nginx-config.ts';
import { replaceFolder } from '../export/replace-folder.ts';
import { readPlace, releasesPlace } from '../release-places.ts';
import type { Settings } from '../settings.ts';
import { operand, trustedKey } from './operands.ts';

/**
 * The newest release as files for a host that runs nothing of ours, from verified bytes only; the folder appears when it is whole.
 * Throws `export-target`, `export-impossible`, `release-unverified`, `no-release`, `key-missing`.
 */
export async function exportSite(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  const target = resolve(operand(line, 'DIR'));
  const update = line.flags.includes('update');
  checkTarget(target, update);
  const nginxRoot = line.flags.includes('nginx') ? resolve(line.values['root'] ?? target) : undefined;
  const options = {
    store: readPlace(releasesPlace(settings), settings),
    key: trustedKey(line, settings),
    ...(nginxRoot === undefined ? {} : { nginxRoot }),
    onPath: (done: number, all: number) => {
      terminal.progress(`导出 exporting　${done}/${all}`, `导出 exporting　${all}`);
    },
  };
  const exported = await replaceFolder(target, (folder) => exportRelease({ ...options, folder })).catch(
    (error: unknown) => {
      throw told(error);
    },
  );
  terminal.json({ folder: target, ...exported });
  for (const text of exportLines(target, exported, nginxRoot)) terminal.out(text);
  return exit.done;
}

function checkTarget(target: string, update: boolean): void {
  const refuse = (problem: string): never => {
    throw new ChengmenError('export-target', { folder: target, problem });
  };
  if (!existsSync(target)) return;
  if (!update) refuse('已存在 (it exists)');
  if (!existsSync(join(target, exportNote))) refuse('它不是以前的导出 (it is no earlier export)');
}

function told(error: unknown): unknown {
  if (!(error instanceof ReleaseError)) return error;
  const { code, where, problem } = problemOf(error, 'checkpoint');
  return code === 'no-release'
    ? new ChengmenError('no-release')
    : new ChengmenError('release-unverified', { where, problem }, { cause: error });
}

function exportLines(target: string, exported: Exported, nginxRoot: string | undefined): string[] {
  const { paths, files, bytes, redirects, gone, aside, release } = exported;
  return [
    `已导出 exported：${target}　第 ${release} 版 release，${paths} 个地址 paths，${files} 个文件 files，${bytes} B，${redirects} 个跳转 redirects，${gone} 个已撤回 gone`,
    ...(nginxRoot === undefined
      ? [
          '其他主机须自己设置跳转和 410 · Other hosts must be told of redirects and 410s: .chengmen/redirects.map, .chengmen/gone.map',
        ]
      : [
          `在 nginx 的 http { } 中 include · in nginx's http { } include：${nginxRoot}/${nginxFolder}/chengmen.conf`,
          ...(aside === 0 ? [] : [`${aside} 页由映射提供 pages served by the map`]),
        ]),
  ];
}
