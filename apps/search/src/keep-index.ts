import { setImmediate as breathe } from 'node:timers/promises';
import {
  diffMaps,
  emptyMap,
  lookup,
  readPiece,
  type Entry,
  type Leaf,
  type MapDifference,
  type MapRef,
  type PageReader,
  type ReadStore,
} from '@chengmen/release';
import type { SearchProgress } from '@chengmen/portal';
import { mainLanguage, readPage, type IndexChange, type SearchIndex, type SiteLanguage } from '@chengmen/search';

export interface KeepIndexOptions {
  readonly index: SearchIndex;
  /** Which pages it is of. Default the main edition. */
  readonly edition?: SiteLanguage;
  readonly store: ReadStore;
  /** Pages of maps, verified. */
  readonly read: PageReader;
  /** Told of what could not be read; the page is left out until it changes or the process starts again. */
  readonly alarm: (where: string, problem: string) => void;
  /** Told of a wide change that came to nothing: the next `follow` begins it again. */
  readonly failed: (error: unknown) => void;
  /** Up to so many changes are taken up before anything is answered; more, beside the answering. Default 400. */
  readonly atOnce?: number;
}

export interface KeptIndex {
  /** Brings the index up to this map. Resolves when what is new in it can be found; a wide change may still be at work. */
  follow(map: MapRef): Promise<void>;
  /** Pages still to be read, where that is not for a moment only; undefined when the index is whole. */
  behind(): SearchProgress | undefined;
  /** When all that was begun is done. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const fact = 'map';
/** Written where the index is not of one map: all of it is compared with the next. */
const noMap = '';
const batch = 48;
/** Other forms of pages that are in the index. */
const otherEditions = ['/zh-hant/', '/elder/'];

/**
 * Keeps an index of what a release holds. What it was made from is written with it: a map whose pages are all in the index.
 * From one release to the next only pages at which the maps differ are read. A change of very many pages (the first index, new
 * templates) is taken up in portions between queries and later releases; each page is read as it stands in the newest one.
 */
export function keepIndex(options: KeepIndexOptions): KeptIndex {
  const { index, atOnce = 400 } = options;
  /** All of it is in the index. */
  let whole = readFact(index);
  /** The newest map asked for. */
  let newest = whole;
  let progress: { readonly total: number; readonly first: boolean; done: number } | undefined;
  let working: Promise<void> | undefined;
  /** The index has pages of a later map than `whole`, and not all of them. */
  let torn = false;
  /** A wide change came then: the index may differ from both maps where they are the same, so all of it is compared. */
  let again = false;
  let stopped = false;
  /** Nothing was unreadable so far: else the next start looks again, since what is in the index is not told to be whole. */
  let sound = true;
  let turn: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const change = async (paths: readonly string[], map: MapRef): Promise<readonly IndexChange[]> => {
    const changes = await Promise.all(
      paths.map((path) =>
        changeAt(options, path, map).catch((error: unknown) => {
          sound = false;
          options.alarm(path, error instanceof Error ? error.message : String(error));
          return undefined;
        }),
      ),
    );
    return changes.flatMap((one) => one ?? []);
  };
  const isBehind = (): boolean => again || !isSame(whole, newest);
  const became = (map: MapRef, changes: readonly IndexChange[] = []): void => {
    // What came beside a wide change is in the index already.
    const beyond = working !== undefined && (again || !isSame(map, newest));
    index.apply(changes, { [fact]: sound && !beyond ? factOf(map) : noMap });
    whole = map;
    torn = beyond;
    progress = undefined;
  };
  /** Between two maps: a page may come back to what it was, and would differ from neither. */
  const tear = (changes: readonly IndexChange[]): void => {
    index.apply(changes, { [fact]: noMap });
    torn = true;
  };

  const takeUp = async (map: MapRef): Promise<void> => {
    if (stopped || isSame(map, newest)) return;
    const paths = await firstDifferences(options, newest, map, atOnce);
    const changes = paths && (await change(paths, map));
    if (changes && working) tear(changes);
    else if (changes) became(map, changes);
    newest = map;
    if (changes) return;
    again ||= torn;
    beginWide();
  };

  /** A map that came after the last look, before `working` was cleared, is begun with at once. */
  const beginWide = (): void => {
    working ??= takeUpWide()
      .catch(giveUp)
      .then(() => {
        working = undefined;
        if (!stopped && isBehind()) beginWide();
      });
  };

  const takeUpWide = async (): Promise<void> => {
    for (;;) {
      while (!stopped && isBehind()) {
        const to = newest;
        if (again) whole = emptyMap;
        again = false;
        progress = { total: to.count, done: 0, first: whole.count === 0 };
        // Pages that came or went first: what only looks otherwise is found as it was.
        for (const both of [false, true]) await walk(to, both);
        if (!stopped) became(to);
      }
      if (stopped || !index.tidy()) return;
      await breathe();
    }
  };

  /** In turn: a release being taken up meanwhile reckons with the newest map as it was, and with a wide change at work. */
  const giveUp = async (error: unknown): Promise<void> => {
    await inTurn(() => {
      if (torn || again) whole = emptyMap;
      again = false;
      newest = whole;
      return Promise.resolve();
    });
    options.failed(error);
  };

  const walk = async (to: MapRef, both: boolean): Promise<void> => {
    let paths: string[] = [];
    for await (const { path, before, after } of differencesOf(options, whole, to)) {
      if (stopped) return;
      if ((before !== undefined && after !== undefined) !== both) continue;
      if (progress) progress.done++;
      if (!isOfInterest(options, path, before) && !isOfInterest(options, path, after)) continue;
      paths.push(path);
      if (paths.length < batch) continue;
      await portion(paths);
      paths = [];
    }
    await portion(paths);
  };

  /** A later release may have come meanwhile: each page is taken as it now stands, in turn with what that one changed. */
  const portion = async (paths: readonly string[]): Promise<void> => {
    await inTurn(async () => {
      tear(await change(paths, newest));
    });
    await breathe();
  };

  return {
    follow: (map) => inTurn(() => takeUp(map)),
    behind: () => progress && { ...progress, done: Math.min(progress.done, progress.total) },
    async settled() {
      await turn;
      while (working) await working;
    },
    async stop() {
      stopped = true;
      await turn;
      await working;
    },
  };
}

function isSame(one: MapRef, other: MapRef): boolean {
  return one.hash === other.hash && one.count === other.count;
}

function factOf({ hash, count }: MapRef): string {
  return `${hash} ${count}`;
}

function readFact(index: SearchIndex): MapRef {
  const [, hash, count] = /^([0-9a-f]{64}) (\d+)$/.exec(index.fact(fact) ?? '') ?? [];
  return hash === undefined ? emptyMap : { hash, count: Number(count) };
}

/** Only pages are read; twins have the text of their page. Pages of other languages are told by what they say of themselves. */
function isOfInterest({ edition }: KeepIndexOptions, path: string, leaf: Leaf | undefined): boolean {
  if (leaf === undefined || !/"type":"text\/html\b/.test(leaf.text)) return false;
  const root = edition?.root ?? '';
  return root === '' ? !otherEditions.some((other) => path.startsWith(other)) : path.startsWith(`${root}/`);
}

/** Paths of interest that differ; undefined where there are more than `most`. */
async function firstDifferences(
  options: KeepIndexOptions,
  from: MapRef,
  to: MapRef,
  most: number,
): Promise<string[] | undefined> {
  const paths: string[] = [];
  let seen = 0;
  for await (const { path, before, after } of differencesOf(options, from, to)) {
    if (isOfInterest(options, path, before) || isOfInterest(options, path, after)) paths.push(path);
    if (paths.length > most || ++seen > most * 50) return undefined;
  }
  return paths;
}

type Difference = Pick<MapDifference, 'path'> & Record<'before' | 'after', Leaf | undefined>;

/** Where there is no older map, or it is not to be had any more, all that stands in the newer, and what the index has besides. */
async function* differencesOf({ index, read }: KeepIndexOptions, from: MapRef, to: MapRef): AsyncGenerator<Difference> {
  if (from.count > 0) {
    try {
      yield* diffMaps(read, from, to);
      return;
    } catch {
      // All of it, then; what of the newer cannot be read either is thrown there.
    }
  }
  const before = index.count() > 0;
  yield* diffMaps(read, emptyMap, to);
  if (!before) return;
  for (const path of index.paths())
    yield { path, before: { path, key: '', text: '"type":"text/html' } as Leaf, after: undefined };
}

/** What the index must learn of a path; undefined where it knows those bytes already. Throws what cannot be read. */
async function changeAt(
  { index, edition = mainLanguage, store, read }: KeepIndexOptions,
  path: string,
  map: MapRef,
): Promise<IndexChange | undefined> {
  const entry = await lookup(read, map, path);
  if (!isPage(entry)) return { path, hash: '', page: undefined };
  if (index.page(path)?.hash === entry.hash) return undefined;
  const bytes = await readPiece(store, entry);
  return { path, hash: entry.hash, page: readPage(path, Buffer.from(bytes).toString('utf8'), edition) };
}

export function isPage(entry: Entry | undefined): entry is Entry {
  return entry?.status === 200 && entry.type.startsWith('text/html');
}
