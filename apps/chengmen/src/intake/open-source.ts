import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { ChengmenError } from '@chengmen/model';
import type { Mapping } from './mapping.ts';
import { plainMeans, type SourceMeans } from './source-means.ts';
import type { SourceEntry } from './source-page.ts';
import { staysInside } from './stays-inside.ts';
import { tablePages } from './table-pages.ts';
import { warcPages } from './warc-pages.ts';

const pages = '**/*.{htm,html,shtml,xhtml,txt}';

/**
 * All pages of a source: a page, a folder of pages, a pattern, a web archive (`.warc`, `.warc.gz`), a table (`.csv`, `.tsv`,
 * `.xlsx`, `.jsonl`, which need a mapping) or a feed (`.rss`, `.atom`, `.xml`). Few are in memory at a time. Throws
 * `file-unreadable` when there is no such source, `mapping-missing` for a table without one.
 */
export async function* openSource(
  operand: string,
  mapping: Mapping | undefined,
  means: SourceMeans = plainMeans,
): AsyncGenerator<SourceEntry> {
  const stat = statSync(operand, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) yield* folderPages(operand);
  else if (stat === undefined && isDynamicPattern(operand)) yield* patternPages(operand);
  else if (/\.warc(?:\.gz)?$/i.test(operand)) yield* warcPages(existing(operand, stat));
  else if (/\.(?:csv|tsv|xlsx|jsonl|ndjson)$/i.test(operand)) {
    const { columns } = mapping ?? {};
    if (columns === undefined) throw new ChengmenError('mapping-missing', { file: operand });
    yield* tablePages(existing(operand, stat), { ...mapping, columns }, means);
  } else if (/\.(?:rss|atom|xml)$/i.test(operand)) {
    const { feedPages } = await import('./feed-pages.ts');
    yield* feedPages(existing(operand, stat), means);
  } else yield { name: operand, bytes: readBytes(existing(operand, stat)) };
}

function existing(file: string, stat: unknown): string {
  if (stat === undefined) throw new ChengmenError('file-unreadable', { file, problem: 'ENOENT' });
  return file;
}

/** Paths within the folder are the old addresses: links and redirects go by them. */
async function* folderPages(folder: string): AsyncGenerator<SourceEntry> {
  const names = await glob(pages, { cwd: folder, caseSensitiveMatch: false });
  for (const name of names.sort()) {
    const file = `${folder.replace(/\/$/, '')}/${name}`;
    yield staysInside(folder, file)
      ? pageAt(file, addressInFolder(name))
      : { name: file, fault: new Error('链接指向文件夹之外 (a link that leads out of the folder)') };
  }
}

/** Programs that copy a site make a folder for each host. */
export const addressInFolder = (name: string): string =>
  /^(?:[a-z0-9-]+\.){1,5}[a-z]{2,12}(?::\d+)?\/./i.test(name) ? `http://${name}` : `/${name}`;

async function* patternPages(pattern: string): AsyncGenerator<SourceEntry> {
  const names = await glob(pattern, { absolute: pattern.startsWith('/') });
  if (names.length === 0)
    throw new ChengmenError('file-unreadable', { file: pattern, problem: '没有匹配的文件 (no match)' });
  for (const name of names.sort()) yield pageAt(name, `/${relative('.', name)}`);
}

function pageAt(file: string, address: string): SourceEntry {
  try {
    return { name: file, bytes: readBytes(file), address };
  } catch (error) {
    return { name: file, fault: error instanceof Error ? error : new Error(String(error)) };
  }
}

function readBytes(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new ChengmenError('file-unreadable', {
      file,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}
