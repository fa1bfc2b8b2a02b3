import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isPage, isRobot } from '@chengmen/model';
import { dayOf, parseRecord, type AccessRecord } from './access-record.ts';

/** Views of one day by path. */
export interface DayViews {
  readonly people: Map<string, number>;
  /** Those whose user agent says that they are programs. */
  readonly robots: Map<string, number>;
}

/** Views by day in China: `2026-11-24`. */
export type Views = Map<string, DayViews>;

/** Whether a request is a view: a page shown, or found unchanged. */
export function isView({ method, status, path }: AccessRecord): boolean {
  return method === 'GET' && (status === 200 || status === 304) && isPage(path);
}

/** Adds a request to the statistics if it is a view. */
export function countView(views: Views, record: AccessRecord): void {
  if (!isView(record)) return;
  const day = dayOf(record.time);
  const found = views.get(day) ?? { people: new Map<string, number>(), robots: new Map<string, number>() };
  views.set(day, found);
  const kind = isRobot(record.agent) ? found.robots : found.people;
  kind.set(record.path, (kind.get(record.path) ?? 0) + 1);
}

/**
 * Counts all views again from the log files of a folder: statistics are never the only copy of themselves.
 * `unreadable` counts lines that are no records. Throws what reading a file throws.
 */
export async function recomputeViews(folder: string): Promise<{ readonly views: Views; readonly unreadable: number }> {
  const views: Views = new Map();
  let unreadable = 0;
  for await (const record of accessRecords(folder)) {
    if (record) countView(views, record);
    else unreadable++;
  }
  return { views, unreadable };
}

/** All records in the log files of a folder, file by file; undefined for a line that is none. Throws what reading a file throws. */
export async function* accessRecords(folder: string): AsyncGenerator<AccessRecord | undefined> {
  const names = await readdir(folder);
  for (const name of names.filter((one) => /^access-\d{4}-\d\d-\d\d.*\.jsonl$/.test(one)).sort())
    for await (const line of linesOf(join(folder, name))) if (line !== '') yield parseRecord(line);
}

/** Lines ended by a line feed and nothing else: what readline takes for line ends besides it may stand inside JSON. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const part of createReadStream(file, 'utf8')) {
    const lines = (rest + String(part)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}
