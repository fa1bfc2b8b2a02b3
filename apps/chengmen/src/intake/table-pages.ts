import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { ChengmenError } from '@chengmen/model';
import { cellText, type Cells } from './cell-text.ts';
import type { TableMapping } from './mapping.ts';
import { pageOfRow } from './page-of-row.ts';
import type { SourceMeans } from './source-means.ts';
import type { SourceEntry } from './source-page.ts';

/** The rows of a CSV, XLSX or JSONL file as pages. Rows without title or body are told, not taken. */
export async function* tablePages(
  file: string,
  mapping: TableMapping,
  means: SourceMeans,
): AsyncGenerator<SourceEntry> {
  const rows = /\.xlsx$/i.test(file)
    ? await means.sheet(file, mapping.sheet)
    : textRows(file, await means.text(file, new Uint8Array(readFileSync(file))));
  let number = 1;
  for await (const cells of rows) {
    number++;
    const name = `${file}#${number}`;
    yield cells instanceof Error ? { name, fault: cells } : entryOf(name, cells, mapping);
  }
}

function entryOf(name: string, cells: Cells, { columns, constants, body: form = 'html' }: TableMapping): SourceEntry {
  const of = (column: string | undefined): string | undefined => {
    const value = column === undefined ? undefined : cells[column]?.trim();
    return value === undefined || value === '' ? undefined : value;
  };
  const missing = [columns.title, columns.body].filter((column) => of(column) === undefined);
  if (missing.length > 0) {
    const problem = `缺 ${missing.join('、')} (empty or no such column)`;
    return { name, fault: new ChengmenError('nothing-to-take-in', { file: name, problem }) };
  }
  const address = of(columns.address);
  const bytes = pageOfRow({
    title: of(columns.title) ?? '',
    body: of(columns.body) ?? '',
    date: of(columns.date) ?? constants?.date,
    source: of(columns.source) ?? constants?.source,
    author: of(columns.author) ?? constants?.author,
    address,
    channel: of(columns.channel),
    form,
  });
  return { name, bytes, ...(address === undefined ? {} : { address }) };
}

/** CSV as Excel writes it in China is GBK: the bytes tell. */
function* textRows(file: string, whole: string): Generator<Cells | Error> {
  const text = whole.replace(/^\ufeff/, '');
  if (/\.(?:jsonl|ndjson)$/i.test(file)) {
    for (const line of text.split(/\r?\n/)) if (line.trim() !== '') yield objectOf(line);
    return;
  }
  try {
    yield* parse(text, { columns: true, skip_empty_lines: true, relax_column_count: true }) as Cells[];
  } catch (error) {
    throw new ChengmenError('file-unreadable', {
      file,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}

function objectOf(line: string): Cells | Error {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return new Error('not an object / 不是对象');
    return Object.fromEntries(Object.entries(value).map(([key, cell]) => [key, cellText(cell)]));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
