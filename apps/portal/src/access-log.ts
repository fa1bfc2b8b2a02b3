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

/** Lines of one day on their way to its file; `written` bytes of them are there. */
interface Batch {
  readonly day: string;
  readonly bytes: Buffer;
  length: number;
  written: number;
}

/** Room for lines that wait for their second; a full one is written at once. */
const batchBytes = 256 * 1024;

/** Written batches kept to be filled again: making and clearing away a new one each time stopped answers for 5 to 17 ms. */
const mostSpare = 16;

/**
 * One JSON line for each request, in a file for each day in China: `access-2026-11-24.jsonl`. Lines are gathered and written each
 * second. Each time the file is opened anew, so it may be moved or removed under way. A disk that is full or cannot be written
 * raises the alarm; what waits is kept up to a bound, later records are lost and counted, and serving goes on.
 */
export function createAccessLog(options: AccessLogOptions): AccessLog {
  const { folder, suffix = '', alarm, period = 1000, mostWaiting = 16 * 1024 * 1024 } = options;
  const fileOf = (day: string): string => join(folder, `access-${day}${suffix}.jsonl`);
  const waiting: Batch[] = [];
  const begun = new Set<string>();
  const spare: Buffer[] = [];
  let batch: Batch | undefined;
  let waitingBytes = 0;
  let lost = 0;
  let writing: Promise<void> | undefined;

  const takeBatch = (): void => {
    if (!batch) return;
    waiting.push(batch);
    waitingBytes += batch.length;
    batch = undefined;
  };
  const writeAll = async (): Promise<void> => {
    try {
      for (let next = waiting[0]; next; next = waiting[0]) {
        await append(fileOf(next.day), next, begun);
        waiting.shift();
        waitingBytes -= next.length;
        if (next.bytes.length === batchBytes && spare.length < mostSpare) spare.push(next.bytes);
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
  const batchFor = (day: string, bytes: number): Batch => {
    if (batch?.day === day && batch.length + bytes <= batch.bytes.length) return batch;
    if (batch) void start();
    const buffer = bytes > batchBytes ? Buffer.allocUnsafe(bytes) : (spare.pop() ?? Buffer.allocUnsafeSlow(batchBytes));
    batch = { day, bytes: buffer, length: 0, written: 0 };
    return batch;
  };
  const timer = setInterval(() => void start(), period);
  timer.unref();
  const flush = async (): Promise<void> => {
    await writing;
    await start();
  };

  return {
    write(record) {
      const line = `${formatRecord(record)}\n`;
      const room = line.length * 3;
      if (waitingBytes + (batch?.length ?? 0) + room > mostWaiting) {
        lost++;
        return;
      }
      const into = batchFor(dayOf(record.time), room);
      into.length += into.bytes.write(line, into.length);
    },
    flush,
    close() {
      clearInterval(timer);
      return flush();
    },
    lost: () => lost,
  };
}

/** Appends what is left of a batch and remembers how far it came, so that trying again neither repeats nor breaks a line. */
async function append(path: string, batch: Batch, begun: Set<string>): Promise<void> {
  const file = await openForAppend(path);
  try {
    if (!begun.has(path)) {
      await endLastLine(file);
      begun.add(path);
    }
    while (batch.written < batch.length) {
      const { bytesWritten } = await file.write(batch.bytes, batch.written, batch.length - batch.written);
      batch.written += bytesWritten;
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
