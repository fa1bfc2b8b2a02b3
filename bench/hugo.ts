import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveItem } from '@chengmen/model';
import { articleAt, cityOf } from './city.ts';
import { openLine, renderAll } from './line.ts';
import { MemoryStore } from '@chengmen/seal';
import { ToolMissing } from './tool-missing.ts';

export function hugoVersion(): string {
  const { stdout, error } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  if (error)
    throw new ToolMissing('hugo is not on this machine: install it (Debian: apt-get install hugo) and run again');
  return /v[0-9.]+/.exec(stdout)?.[0] ?? 'unknown';
}

const config = `baseURL = 'https://www.linjiang.example/'
title = '临江'
languageCode = 'zh-CN'
hasCJKLanguage = true
uglyURLs = true
paginate = 20
rssLimit = 20
disableKinds = ['taxonomy', 'term']
`;

/**
 * Writes the same articles for Hugo with templates that make the same pages: every page tells its own title, address, date,
 * description, way down to it and neighbours, in the head, as schema.org and in the text. Channels have lists of twenty, page
 * by page, and a feed; the site map is Hugo's own. What has no counterpart stands in the frame as it is: the QR code is that
 * of another page, and there are no feeds in two more forms and no lists by month.
 */
export function writeHugoSite(folder: string, articles: number): void {
  const pages = examplePages();
  const files: Record<string, string> = {
    'config.toml': config,
    'layouts/_default/single.html': articleTemplate(pages),
    'layouts/_default/list.html': listTemplate(
      pages,
      `{{ $pages := .Paginate .RegularPages 20 }}<ul>{{ range $pages.Pages }}${row}{{ end }}</ul>
      {{ with $pages.Prev }}<a href="{{ .URL }}">上一页</a>{{ end }}{{ with $pages.Next }}<a href="{{ .URL }}">下一页</a>{{ end }}`,
    ),
    'layouts/index.html': listTemplate(pages, `<ul>{{ range first 20 site.RegularPages }}${row}{{ end }}</ul>`),
  };
  for (const [name, text] of Object.entries(files)) write(join(folder, name), text);
  for (const item of cityOf(articles)) {
    if (item.kind === 'channel')
      write(join(folder, 'content', item.path ?? '', '_index.md'), channelFront(item as LiveItem<'channel'>));
    if (item.kind === 'article') write(fileOf(folder, item), articleText(item as LiveItem<'article'>));
  }
}

const row =
  '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2006-01-02" }}</time></li>';

const front = (fields: Readonly<Record<string, string>>): string =>
  `---\n${Object.entries(fields)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('')}---\n`;

const channelFront = ({ fields }: LiveItem<'channel'>): string => front({ title: fields.name });

function articleText({ fields }: LiveItem<'article'>): string {
  const { title, date, source, body } = fields;
  return front({ title, date: `${date.replace(' ', 'T')}:00+08:00`, source }) + body;
}

/** In the folder of its channel; Hugo has no folders by day there, which only makes them fewer. */
function fileOf(folder: string, { id, path }: LiveItem): string {
  const channel = (path ?? '').replace(/\d{4}\/\d\d\/\d\d\/[^/]*$/, '');
  return join(folder, 'content', channel, `${id}.html`);
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

/** Pages of ours by their address, of a city that is small. */
function examplePages(): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  const { city } = openLine(cityOf(300), new MemoryStore());
  renderAll(city, (path, bytes) => pages.set(path, Buffer.from(bytes).toString()));
  return pages;
}

/** An article of a channel below another one, with articles before and after it. */
const example = articleAt(5);
const origin = 'https://www.linjiang.example';

function articleTemplate(pages: ReadonlyMap<string, string>): string {
  const page = pages.get(example.path ?? '') ?? '';
  const { title, date } = example.fields;
  const description = attribute(page, 'description');
  const channel = attribute(page, 'ColumnName');
  return templateOf(page, [
    [/<div class="prose">.*?<\/div>/s, '<div class="prose">{{ .Content }}</div>'],
    [
      /(<nav class="neighbours"[^>]*>).*?<\/nav>/s,
      `$1${neighbour('.PrevInSection', '上一篇')}${neighbour('.NextInSection', '下一篇')}</nav>`,
    ],
    [/(<nav class="trail wrap".*?<li>.*?<\/li>).*(<li aria-current="page">)/s, `$1${ways}$2`],
    [
      /\{"@type":"ListItem","position":2,.*"position":4/,
      `${listed}{"@type":"ListItem","position":{{ add (len .Ancestors) 1 }}`,
    ],
    [description, '{{ .Summary }}'],
    [origin + (example.path ?? ''), '{{ .Permalink }}'],
    [title, '{{ .Title }}'],
    [`${date.replace(' ', 'T')}:00+08:00`, '{{ .Date.Format "2006-01-02T15:04:05-07:00" }}'],
    [date, '{{ .Date.Format "2006-01-02 15:04" }}'],
    [example.fields.source, '{{ .Params.source }}'],
    [`content="${channel}"`, 'content="{{ .CurrentSection.Title }}"'],
  ]);
}

const neighbour = (which: string, label: string): string =>
  `{{ with ${which} }}<a href="{{ .RelPermalink }}"><span class="neighbour-label">${label}</span> {{ .Title }}</a>{{ end }}`;
const ways =
  '{{ range .Ancestors.Reverse }}{{ if not .IsHome }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}{{ end }}';
const listed =
  '{{ range $at, $one := .Ancestors.Reverse }}{{ if not $one.IsHome }}{"@type":"ListItem","position":{{ add $at 1 }},"name":{{ $one.Title }},"item":{{ $one.Permalink }}},{{ end }}{{ end }}';

function listTemplate(pages: ReadonlyMap<string, string>, list: string): string {
  const path = (example.path ?? '').replace(/\d{4}\/.*$/, '');
  const page = pages.get(path) ?? '';
  const name = attribute(page, 'ColumnName');
  return templateOf(page, [
    [/(<main[^>]*>).*<\/main>/s, `$1<h1>{{ .Title }}</h1>${list}</main>`],
    [/<script type="application\/ld\+json">.*?<\/script>/s, ''],
    [origin + path, '{{ .Permalink }}'],
    [name, '{{ .Title }}'],
  ]);
}

const attribute = (page: string, label: string): string =>
  new RegExp(`<meta name="${label}" content="([^"]+)"`).exec(page)?.[1] ?? '';

/** A page of ours with what is its own taken out. Throws where that is not there: the page looks otherwise by now. */
function templateOf(page: string, places: readonly (readonly [RegExp | string, string])[]): string {
  let template = page.replaceAll('{{', '{ {');
  for (const [own, instead] of places) {
    const before = template;
    template = typeof own === 'string' ? template.replaceAll(own, instead) : template.replace(own, instead);
    if (own === '' || template === before) throw new Error(`the page for Hugo lacks ${String(own)}`);
  }
  return template;
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
