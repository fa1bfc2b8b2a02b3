import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { formatHit, openHitLog, type Hit } from '@chengmen/statistics';
import { quantile } from '../measure.ts';

/** Writes one thing; resolves when it is on the disk. */
type Write = (at: number) => Promise<void>;

export interface WritePath {
  /** Hits a second. */
  readonly ours: number;
  readonly floor: number;
}

/** Our log beside a plain one that appends the same lines and syncs those that came together, in turn. */
export async function writePath(options: {
  readonly folder: string;
  readonly waiting: number;
  readonly hits: number;
  readonly rounds: number;
}): Promise<WritePath> {
  const { folder, waiting, hits, rounds } = options;
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const sent = Array.from({ length: hits }, (_, at) => hitAt(at, round));
    const lines = sent.map(formatHit);
    const name = `${waiting}-${round}`;
    const plain = await openPlain(join(folder, `plain-${name}`));
    const plainRate = await rate(hits, waiting, (at) => plain.append(lines[at] ?? ''));
    await plain.close();
    const { log } = await openHitLog({ folder: join(folder, name), onFailed: refuse });
    const ourRate = await rate(hits, waiting, (at) => log.take(sent[at] as Hit)?.durable ?? refuse('full'));
    await log.close();
    // The first round warms up.
    if (round > 0) {
      floor.push(plainRate);
      ours.push(ourRate);
    }
  }
  return { ours: quantile(ours, 0.5), floor: quantile(floor, 0.5) };
}

const prefix = 'bench-';
function hitAt(at: number, round: number): Hit {
  const id = `${prefix}${String(round).padStart(4, '0')}${String(at).padStart(12, '0')}`;
  return {
    // In one piece, as a request brings it.
    id: Buffer.from(id, 'latin1').toString('latin1'),
    time: 1_795_000_000_000 + at,
    path: `/news/headlines/2026/11/20/a${at % 1000}.html`,
    ...{ edition: 'standard', device: 'phone', origin: 'search', first: at % 3 === 0 },
  };
}

function refuse(error: unknown): never {
  throw new Error(String(error));
}

/** So many at a time, each following one that is on the disk. */
async function rate(count: number, waiting: number, write: Write): Promise<number> {
  let at = 0;
  const start = performance.now();
  const one = async (): Promise<void> => {
    while (at < count) await write(at++);
  };
  await Promise.all(Array.from({ length: waiting }, one));
  return count / ((performance.now() - start) / 1000);
}

async function openPlain(
  path: string,
): Promise<{ append: (line: string) => Promise<void>; close: () => Promise<void> }> {
  const file = await open(path, 'ax');
  let lines = '';
  let done: () => void = () => undefined;
  let durable = new Promise<void>((resolve) => (done = resolve));
  let writing = false;
  const write = async (): Promise<void> => {
    while (lines !== '') {
      const [now, resolve] = [lines, done];
      lines = '';
      durable = new Promise<void>((next) => (done = next));
      await file.appendFile(now, 'latin1');
      await file.datasync();
      resolve();
    }
    writing = false;
  };
  return {
    append(line) {
      lines += line;
      if (!writing) {
        writing = true;
        setImmediate(() => void write());
      }
      return durable;
    },
    close: () => file.close(),
  };
}
