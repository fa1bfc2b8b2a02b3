import { appendFileSync, closeSync, openSync, readSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import type { ReportEntry } from './report-entry.ts';
import { partOf, reportPage } from './report-page.ts';

export interface ReportFile {
  readonly add: (entry: ReportEntry) => void;
  /** Puts the page together; the file appears when it is whole. */
  readonly close: () => void;
}

/** A report that grows on disk, so that thousands of pages need no memory but their rows. */
export function openReport(path: string): ReportFile {
  const parts = `${path}.parts`;
  const rows: ReportEntry['row'][] = [];
  writeFileSync(parts, '');
  return {
    add({ row, markup }) {
      rows.push(row);
      appendFileSync(parts, partOf(rows.length, markup));
    },
    close() {
      const [before, after] = reportPage(rows);
      const whole = `${path}.whole`;
      const out = openSync(whole, 'w');
      try {
        writeSync(out, before);
        copyInto(out, parts);
        writeSync(out, after);
      } finally {
        closeSync(out);
      }
      renameSync(whole, path);
      rmSync(parts);
    },
  };
}

function copyInto(out: number, path: string): void {
  const from = openSync(path, 'r');
  const buffer = Buffer.alloc(1 << 20);
  try {
    for (let size = readSync(from, buffer); size > 0; size = readSync(from, buffer)) writeSync(out, buffer, 0, size);
  } finally {
    closeSync(from);
  }
}
