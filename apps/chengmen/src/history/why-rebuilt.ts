import { readProvenance, type Entry, type LogReader, type Prunings, type ReadStore } from '@chengmen/release';
import { pageHistory } from './page-history.ts';

/** A read of a page that answered otherwise than before. */
export interface ReadChange {
  /** As the press names it: `item:a1`, `newest:news:20` … */
  readonly read: string;
  /** SHA-256 of the answer; null: the page did not make this read. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Why what stands at a path is not what stood there before. */
export interface WhyRebuilt {
  readonly path: string;
  /** The release it first stood in; counted from 1. */
  readonly release: number;
  /** `first`: nothing stood there; `read` and `theme`: it was rendered again; `taken-away`: nothing stands there now. */
  readonly cause: 'first' | 'theme' | 'read' | 'taken-away' | 'other';
  readonly target: string | null;
  readonly theme: { readonly before: string; readonly after: string } | null;
  readonly reads: readonly ReadChange[];
  /** False: it was rendered again and came out the same. */
  readonly bytesChanged: boolean;
}

/**
 * Reads from the log what was different when a page was last made: each page keeps the reads it was rendered from and
 * the hashes of their answers. undefined where nothing ever stood. Throws `missing` and `damaged`.
 */
export async function whyRebuilt(
  store: Pick<ReadStore, 'get'>,
  log: LogReader,
  path: string,
  prunings?: Prunings,
): Promise<WhyRebuilt | undefined> {
  const [newest, before] = await pageHistory(store, log, path, prunings);
  if (!newest) return undefined;
  const [now, then] = [await madeFrom(store, newest.entry), await madeFrom(store, before?.entry)];
  const theme = now && then && now.theme !== then.theme ? { before: then.theme, after: now.theme } : null;
  const reads = now && then ? changedReads(then.reads, now.reads) : [];
  return {
    path,
    release: newest.from,
    cause: causeOf(newest.entry, before?.entry, theme !== null, reads.length > 0),
    target: (now ?? then)?.target ?? null,
    theme,
    reads,
    bytesChanged: newest.entry?.hash !== before?.entry?.hash,
  };
}

function causeOf(now: Entry | undefined, then: Entry | undefined, theme: boolean, reads: boolean): WhyRebuilt['cause'] {
  if (!now) return 'taken-away';
  if (!then) return 'first';
  if (theme) return 'theme';
  return reads ? 'read' : 'other';
}

interface MadeFrom {
  readonly target: string;
  readonly theme: string;
  readonly reads: ReadonlyMap<string, string>;
}

async function madeFrom(store: Pick<ReadStore, 'get'>, entry: Entry | undefined): Promise<MadeFrom | undefined> {
  if (!entry) return undefined;
  const text = Buffer.from(await readProvenance(store, entry)).toString('utf8');
  const { target, theme, reads } = parsed(text);
  if (typeof target !== 'string' || typeof theme !== 'string' || !Array.isArray(reads)) return undefined;
  const pairs = reads.filter(
    (one): one is [string, string] => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string',
  );
  return { target, theme, reads: new Map(pairs) };
}

function parsed(text: string): { target?: unknown; theme?: unknown; reads?: unknown } {
  try {
    return (JSON.parse(text) ?? {}) as { target?: unknown };
  } catch {
    return {};
  }
}

function changedReads(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ReadChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .flatMap((read) =>
      before.get(read) === after.get(read)
        ? []
        : [{ read, before: before.get(read) ?? null, after: after.get(read) ?? null }],
    );
}
