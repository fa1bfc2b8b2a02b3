import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { dayOf, formatRecord, type AccessRecord } from './access-record.ts';

export interface AccessLog {
  /** Never waits and never throws. */
  write(record: AccessRecord): void;
  /** Resolves when everything so far was written, or could not be. */
  flush(): Promise<void>;
  close(): Promise<void>;
  /** Records that found no room because the disk did not take the earlier ones. */
  lost(): number;
}

export interface AccessLogOptions {
  readonly folder: string;
  /** Tells the files of several processes apart. */
  readonly suffix?: string;
  /** Told each time the log cannot be written. */
  readonly alarm: (problem: string) => void;
  /** Milliseconds between writes. Default 1000. */
  readonly period?: number;
  /** Most bytes that wait for the disk. Default 16 MiB. */
  readonly mostWaiting?: number;
}

/** Lines of one day that go to its file, in order; `written` of them are on disk. */
interface Batch {
  readonly day: string;
  readonly lines: string[];
}

interface Rest {
  readonly day: string;
  readonly bytes: Buffer;
  written: number;
}

const soon = 256 * 1024;

/**
 * One JSON line for each request, in a file for each day in China: `access-2026-11-24.jsonl`. Lines are gathered and written each
 * second. Each time the file is opened anew, so it may be moved or removed under way. A disk that is full or cannot be written
 * raises the alarm; what waits is kept up to a bound, later records are lost and counted, and serving goes on.
 */
export function createAccessLog(options: AccessLogOptions): AccessLog {
  const { folder, suffix = '', alarm, period = 1000, mostWaiting = 16 * 1024 * 1024 } = options;
  const fileOf = (day: string): string => join(folder, `access-${day}${suffix}.jsonl`);
  const rests: Rest[] = [];
  const begun = new Set<string>();
  let batch: Batch = { day: '', lines: [] };
  let gathered = 0;
  let waiting = 0;
  let lost = 0;
  let writing: Promise<void> | undefined;

  const takeBatch = (): void => {
    if (batch.lines.length > 0) {
      const bytes = Buffer.from(batch.lines.join(''));
      rests.push({ day: batch.day, bytes, written: 0 });
      waiting += bytes.length;
    }
    batch = { day: '', lines: [] };
    gathered = 0;
  };
  const writeAll = async (): Promise<void> => {
    try {
      for (let rest = rests[0]; rest; rest = rests[0]) {
        await append(fileOf(rest.day), rest, begun);
        rests.shift();
        waiting -= rest.bytes.length;
      }
    } catch (error) {
      alarm(error instanceof Error ? error.message : String(error));
    }
  };
  const start = (): Promise<void> => {
    takeBatch();
    writing ??= writeAll().finally(() => (writing = undefined));
    return writing;
  };
  const timer = setInterval(() => void start(), period);
  timer.unref();

  return {
    write(record) {
      if (waiting + gathered >= mostWaiting) {
        lost++;
        return;
      }
      const day = dayOf(record.time);
      if (day !== batch.day) takeBatch();
      if (batch.day === '') batch = { day, lines: [] };
      const line = `${formatRecord(record)}\n`;
      batch.lines.push(line);
      gathered += line.length;
      if (gathered >= soon && !writing) void start();
    },
    async flush() {
      await writing;
      await start();
    },
    async close() {
      clearInterval(timer);
      await writing;
      await start();
    },
    lost: () => lost,
  };
}

/** Appends what is left of a rest and remembers how far it came, so that trying again neither repeats nor breaks a line. */
async function append(path: string, rest: Rest, begun: Set<string>): Promise<void> {
  const file = await openForAppend(path);
  try {
    if (!begun.has(path)) {
      await endLastLine(file);
      begun.add(path);
    }
    while (rest.written < rest.bytes.length) {
      const { bytesWritten } = await file.write(rest.bytes, rest.written);
      rest.written += bytesWritten;
    }
  } finally {
    await file.close();
  }
}

async function openForAppend(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a+', 0o640);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(join(path, '..'), { recursive: true });
    return open(path, 'a+', 0o640);
  }
}

/** A process that was killed may have left half a line: it must not swallow the next one. */
async function endLastLine(file: FileHandle): Promise<void> {
  const status = await file.stat();
  if (!status.isFile() || status.size === 0) return;
  const last = await file.read(Buffer.alloc(1), 0, 1, status.size - 1);
  if (last.buffer[0] !== 0x0a) await file.write('\n');
}
