import { constants, createReadStream, mkdirSync, readdirSync } from 'node:fs';
import { open, rm, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { formatHit, parseHit, type Hit } from './hit.ts';

export interface HitLogOptions {
  readonly folder: string;
  /** New segments have higher numbers than this one, which may be gone already. Default 0. */
  readonly after?: number;
  /** Most bytes that wait for the disk; beyond, hits are refused. Default 8 MiB. */
  readonly mostWaiting?: number;
  /**
   * The disk did not take what was written, and what stands there is not known: the process is to end and to be started again.
   * Nothing is acknowledged from here on.
   */
  readonly onFailed: (error: unknown) => void;
}

export interface Taken {
  /** False where a hit of this id was taken before. */
  readonly fresh: boolean;
  /** Resolves when it is on the disk: only then may it be acknowledged. */
  readonly durable: Promise<void>;
}

/** A segment no more is written to. */
export interface Segment {
  readonly number: number;
  /** Batches whose sum does not hold; what is left of the last one after a crash is none of them. */
  readonly damaged: number;
}

export interface HitLog {
  /** Whether so many wait for the disk that no more are taken. */
  isFull(): boolean;
  /** undefined where it is full. */
  take(hit: Hit): Taken | undefined;
  /** Whether a hit of this id is remembered; resolves as the hit’s `durable`. */
  known(id: string): Promise<void> | undefined;
  /** Ids remembered since before the last call are forgotten. */
  forget(): void;
  /** Ends the segment being written; undefined where nothing is in it. */
  rotate(): Promise<Segment | undefined>;
  read(segment: number): AsyncGenerator<Hit>;
  remove(segment: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * An append-only log of hits in segments. Hits that come while the disk is at work go there together, with one sync: a batch of
 * lines ends with a line that holds its length and sum, so that what a crash cut off is told from what is whole. Nothing is ever
 * appended to a segment of an earlier process. `docs/formats/views.md`.
 */
export async function openHitLog(
  options: HitLogOptions,
): Promise<{ readonly log: HitLog; readonly segments: readonly Segment[] }> {
  const { folder, after = 0, mostWaiting = 8 * 1024 * 1024, onFailed } = options;
  mkdirSync(folder, { recursive: true });
  const ids = { recent: new Set<string>(), before: new Set<string>() };
  const segments: Segment[] = [];
  for (const number of segmentNumbers(folder)) segments.push(await recover(folder, number, ids.recent));

  let last = Math.max(after, segments.at(-1)?.number ?? 0);
  let file: { readonly handle: FileHandle; readonly number: number } | undefined;
  let batch = newBatch();
  let written = Promise.resolve();
  let state: 'idle' | 'gathering' | 'at the disk' | 'failed' = 'idle';
  let ending: PromiseWithResolvers<Segment | undefined> | undefined;
  /** The last batch, in milliseconds. */
  let diskTook = 0;

  const atDisk = (work: Promise<void>): void => {
    state = 'at the disk';
    void work.catch((error: unknown) => {
      state = 'failed';
      onFailed(error);
    });
  };
  /**
   * Two batches in turn, one gathered while the other is at the disk, are faster than both together as long as the disk takes
   * less time than it takes to gather them.
   */
  const isWorthItsOwnSync = (): boolean => 2 * batch.lines.length * batch.pace > diskTook;
  const next = (): void => {
    if (ending) atDisk(endSegment(ending));
    else if (isWorthItsOwnSync()) atDisk(write());
    else if (batch.lines === '') state = 'idle';
    else {
      state = 'gathering';
      void gathered(() => (state === 'gathering' ? batch.lines.length : 0)).then(() => {
        if (state === 'gathering') atDisk(write());
      });
    }
  };
  const endSegment = async (asked: PromiseWithResolvers<Segment | undefined>): Promise<void> => {
    ending = undefined;
    const now = file;
    file = undefined;
    await now?.handle.close();
    asked.resolve(now && { number: now.number, damaged: 0 });
    next();
  };
  const write = async (): Promise<void> => {
    const now = batch;
    written = now.durable;
    batch = newBatch();
    file ??= await begin(folder, (last += 1));
    const start = performance.now();
    await file.handle.writeFile(ended(now.lines));
    if (!writesThrough) await file.handle.datasync();
    diskTook = performance.now() - start;
    // The next goes to the disk before those who waited for this one are told: they do their work meanwhile.
    next();
    now.done();
  };
  // What is under way is whole when the batch that waits is, and else when the one at the disk is.
  const settled = (): Promise<void> => (batch.lines === '' ? written : batch.durable);
  const known = (id: string): Promise<void> | undefined =>
    ids.recent.has(id) || ids.before.has(id) ? settled() : undefined;

  const rotate = (): Promise<Segment | undefined> => {
    ending ??= Promise.withResolvers();
    const { promise } = ending;
    if (state === 'idle') next();
    return promise;
  };

  const isFull = (): boolean => batch.lines.length > mostWaiting || state === 'failed';

  const log: HitLog = {
    known,
    isFull,
    take(hit) {
      const { recent, before } = ids;
      const { size } = recent;
      // One look where there were two: the table is larger than any cache.
      if (before.has(hit.id) || recent.add(hit.id).size === size) return { fresh: false, durable: settled() };
      if (isFull()) {
        recent.delete(hit.id);
        return undefined;
      }
      const { durable } = batch;
      batch.lines += formatHit(hit);
      if (batch.pace === 0 && batch.lines.length >= enough)
        batch.pace = (performance.now() - batch.since) / batch.lines.length;
      if (state === 'idle' || (state === 'gathering' && isWorthItsOwnSync())) next();
      return { fresh: true, durable };
    },
    forget() {
      ids.before = ids.recent;
      ids.recent = new Set();
    },
    rotate,
    async *read(segment) {
      for await (const lines of batchesOf(fileOf(folder, segment)))
        for (const line of lines.whole ?? []) {
          const hit = parseHit(line);
          if (hit) yield hit;
        }
    },
    remove: (segment) => rm(fileOf(folder, segment), { force: true }),
    async close() {
      if (state === 'failed') return;
      await settled();
      await rotate();
    },
  };
  return { log, segments };
}

/** Bytes: fewer wait for others as long as there are any. */
const enough = 16 * 1024;

/**
 * Whether writing is syncing: then a batch is on the disk after one turn of the loop and not two, the second of which would find
 * nothing to do. Elsewhere the flag is missing or promises less.
 */
const writesThrough = process.platform === 'linux';

const longestGathering = 3;

/**
 * Waits while each turn of the loop brings more, for three milliseconds at most: what comes together goes to the disk together,
 * and one sync costs as much as twenty hits. Where nobody else comes, it is one turn.
 */
async function gathered(size: () => number): Promise<void> {
  const end = performance.now() + longestGathering;
  for (let before = -1; size() > before && performance.now() < end;) {
    before = size();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Batch {
  lines: string;
  readonly since: number;
  /** Milliseconds in which one byte of it came; 0 until there are enough to tell. */
  pace: number;
  readonly durable: Promise<void>;
  readonly done: () => void;
}

function newBatch(): Batch {
  let done = (): void => undefined;
  const durable = new Promise<void>((resolve) => (done = resolve));
  return { lines: '', since: performance.now(), pace: 0, durable, done };
}

/** A batch with its last line: `=LENGTH SUM`. */
function ended(lines: string): Buffer {
  const bytes = Buffer.from(lines, 'latin1');
  const end = `=${bytes.length} ${crc32(bytes).toString(16).padStart(8, '0')}\n`;
  return Buffer.concat([bytes, Buffer.from(end, 'latin1')]);
}

const fileOf = (folder: string, number: number): string => join(folder, `hits-${String(number).padStart(12, '0')}.log`);

function segmentNumbers(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => /^hits-(\d{12})\.log$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((one, two) => one - two);
}

const { O_APPEND, O_CREAT, O_DSYNC, O_EXCL, O_WRONLY } = constants;
const segmentFlags = O_WRONLY | O_APPEND | O_CREAT | O_EXCL | (writesThrough ? O_DSYNC : 0);

/** A new file whose name is on the disk too. */
async function begin(folder: string, number: number): Promise<{ handle: FileHandle; number: number }> {
  const handle = await open(fileOf(folder, number), segmentFlags, 0o640);
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
  return { handle, number };
}

/** Cuts off what a crash left of a batch, which nobody was told of, and remembers the ids of the others. */
async function recover(folder: string, number: number, ids: Set<string>): Promise<Segment> {
  const path = fileOf(folder, number);
  let whole = 0;
  let damaged = 0;
  for await (const { whole: lines, end } of batchesOf(path)) {
    if (end === undefined) break;
    whole = end;
    if (!lines) damaged++;
    for (const line of lines ?? []) ids.add(line.slice(0, 22));
  }
  await truncate(path, whole);
  return { number, damaged };
}

interface ReadBatch {
  /** Its lines; undefined where the sum does not hold. */
  readonly whole: readonly string[] | undefined;
  /** Where it ends; undefined for a beginning without an end. */
  readonly end: number | undefined;
}

async function* batchesOf(path: string): AsyncGenerator<ReadBatch> {
  let rest = '';
  let lines: string[] = [];
  let at = 0;
  for await (const part of createReadStream(path, { encoding: 'latin1', highWaterMark: 1024 * 1024 })) {
    const parts = (rest + String(part)).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      at += line.length + 1;
      if (!line.startsWith('=')) {
        lines.push(line);
        continue;
      }
      yield { whole: holds(lines, line) ? lines : undefined, end: at };
      lines = [];
    }
  }
  if (lines.length > 0 || rest !== '') yield { whole: undefined, end: undefined };
}

function holds(lines: readonly string[], end: string): boolean {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  return end === `=${bytes.length} ${crc32(bytes).toString(16).padStart(8, '0')}`;
}
