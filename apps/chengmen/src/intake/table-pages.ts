import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { mend } from '@chengmen/mend';
import { ChengmenError } from '@chengmen/model';
import type { TableMapping } from './mapping.ts';
import { pageOfRow } from './page-of-row.ts';
import type { SourceEntry } from './source-page.ts';

type Cells = Readonly<Record<string, string>>;

/** The rows of a CSV, XLSX or JSONL file as pages. Rows without title or body are told, not taken. */
export async function* tablePages(file: string, mapping: TableMapping): AsyncGenerator<SourceEntry> {
  const rows = /\.xlsx$/i.test(file) ? await sheetRows(file, mapping) : textRows(file);
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
function* textRows(file: string): Generator<Cells | Error> {
  const text = mend({ name: file, bytes: new Uint8Array(readFileSync(file)) }).html.replace(/^\ufeff/, '');
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

async function sheetRows(file: string, { sheet }: TableMapping): Promise<Cells[]> {
  try {
    const sheets = await readWorkbook(file);
    const found = sheet === undefined ? sheets[0] : sheets.find((one) => one.sheet === sheet);
    const [head = [], ...rows] = found?.data ?? [];
    const names = head.map(cellText);
    return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, cellText(row[i])])));
  } catch (error) {
    throw new ChengmenError('file-unreadable', {
      file,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}

function cellText(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 16).replace('T', ' ');
  return typeof cell === 'string' ? cell : typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}
