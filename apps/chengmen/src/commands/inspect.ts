import { ChengmenError } from '@chengmen/model';
import type { LogHead } from '@chengmen/release';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { inspectSite, type Check, type CheckName, type Inspection } from '../inspect/inspect-site.ts';
import { operand } from './operands.ts';

const titles: Readonly<Record<CheckName, string>> = {
  reachable: '能否打开 reachable',
  https: '转到 https redirect',
  headers: '安全响应头 headers',
  checkpoint: '发布版签名 checkpoint',
  pages: '页面抽查 pages',
  labels: '页面标签 labels',
  sitemap: '站点地图 sitemap',
  robots: '抓取规则 robots',
  security: '安全联络 security contact',
  links: '首页链接 links',
};

const marks: Readonly<Record<Check['outcome'], string>> = { right: '✓', wrong: '✗', undetermined: '–' };

/** Looks at a running site from outside and prints what it found. Throws `arguments-invalid`, `site-unreachable`. */
export async function inspect(
  line: CommandLine,
  trust: { readonly key: string | undefined; readonly lastSeen: LogHead | undefined },
  terminal: Console,
): Promise<number> {
  const url = operand(line, 'URL');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new ChengmenError('arguments-invalid', { problem: `不是网址 (not an address): ${url}` });
  const sample = Number(line.values['sample'] ?? 20);
  if (!Number.isSafeInteger(sample) || sample < 1 || sample > 10_000)
    throw new ChengmenError('arguments-invalid', { problem: `--sample ${line.values['sample'] ?? ''}` });
  const inspection = await inspectSite({ url, sample, ...trust }).catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('site-unreachable', { url, problem }, { cause: error });
  });
  terminal.json(inspection);
  for (const text of inspectionLines(inspection)) terminal.out(text);
  return inspection.ok ? exit.done : exit.wrong;
}

/** The report, a line for each check and below it what is wrong. */
export function inspectionLines({ url, ok, checks }: Inspection): string[] {
  const wrong = checks.filter(({ outcome }) => outcome === 'wrong').length;
  return [
    url,
    ...checks.flatMap(({ name, outcome, found }) =>
      outcome === 'wrong'
        ? [`${marks.wrong} ${titles[name]}`, ...found.map((text) => `    ${text}`)]
        : [`${marks[outcome]} ${titles[name]}　${found.join('；')}`],
    ),
    ok ? '✓ 没有发现问题 nothing wrong was found' : `✗ ${wrong} 项有问题 checks found something wrong`,
  ];
}
