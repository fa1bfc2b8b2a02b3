import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { articleAt, channelCount, cityOf } from './city.ts';
import { openLine, renderAll } from './line.ts';
import { MemoryStore } from '@chengmen/seal';
import { ToolMissing } from './tool-missing.ts';

export function hugoVersion(): string {
  const { stdout, error } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  if (error)
    throw new ToolMissing('hugo is not on this machine: install it (Debian: apt-get install hugo) and run again');
  return /v[0-9.]+/.exec(stdout)?.[0] ?? 'unknown';
}

/** Writes the same articles for Hugo, in a frame as heavy as ours: an article page of ours with its words taken out. */
export function writeHugoSite(folder: string, articles: number): void {
  const frame = articleFrame();
  const files: Record<string, string> = {
    'hugo.toml': "baseURL = 'https://www.linjiang.example/'\ntitle = '临江'\npaginate = 20\nlanguageCode = 'zh-CN'\n",
    'config.toml': "baseURL = 'https://www.linjiang.example/'\ntitle = '临江'\npaginate = 20\nlanguageCode = 'zh-CN'\n",
    'layouts/_default/single.html': frame('{{ .Title }}', '{{ .Content }}'),
    'layouts/_default/list.html': frame(
      '{{ .Title }}',
      '<ul>{{ range first 20 .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ul>',
    ),
    'layouts/index.html': frame(
      '临江',
      '{{ range first 20 site.RegularPages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}',
    ),
  };
  for (const [name, text] of Object.entries(files)) write(join(folder, name), text);
  for (let at = 0; at < channelCount; at++)
    write(join(folder, `content/c${at}/_index.md`), `---\ntitle: 栏目${at + 1}\n---\n`);
  for (let at = 0; at < articles; at++) {
    const { fields } = articleAt(at);
    const head = `---\ntitle: ${JSON.stringify(fields.title)}\ndate: ${fields.date.replace(' ', 'T')}:00+08:00\n---\n`;
    write(join(folder, `content/${fields.channel}/a${at}.html`), head + fields.body);
  }
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

function articleFrame(): (title: string, body: string) => string {
  const article = articleAt(0);
  let page = '';
  const { city } = openLine(cityOf(1), new MemoryStore());
  renderAll(city, (path, bytes) => {
    if (path === article.path) page = Buffer.from(bytes).toString();
  });
  const start = page.indexOf('<p>', page.indexOf('itemprop') < 0 ? 0 : page.indexOf('itemprop'));
  const end = page.lastIndexOf('</p>', page.indexOf('</article>') < 0 ? page.length : page.indexOf('</article>'));
  const plain = (text: string): string => text.replaceAll('{{', '{ {');
  const [before, after] = [plain(page.slice(0, start)), plain(page.slice(end))];
  return (title, body) => before.replaceAll(article.fields.title, title) + body + after;
}

export interface HugoBuilt {
  readonly seconds: number;
  readonly memory: number;
}

/** Builds it in a process of its own. */
export function buildWithHugo(folder: string): HugoBuilt {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(
    '/usr/bin/env',
    [
      'bash',
      '-c',
      `hugo --quiet -s '${folder}' -d '${folder}/public' & p=$!; while kill -0 $p 2>/dev/null; do grep VmHWM /proc/$p/status >&2 2>/dev/null; sleep 0.1; done; wait $p`,
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const seconds = (performance.now() - start) / 1000;
  if (error || status !== 0) throw new Error(`hugo failed: ${stderr.slice(-500)}`);
  const peaks = [...stderr.matchAll(/VmHWM:\s+(\d+) kB/g)].map(([, kilobytes]) => Number(kilobytes) * 1024);
  return { seconds, memory: Math.max(0, ...peaks) };
}
