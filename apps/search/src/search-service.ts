import { rmSync } from 'node:fs';
import { ChengmenError } from '@chengmen/model';
import type { SearchAnswer, SearchProgress, SearchRequest } from '@chengmen/portal';
import { lookup, pageReader, readPiece, type PageReader } from '@chengmen/release';
import {
  foldingOf,
  mainLanguage,
  openIndex,
  synonymsOf,
  type Folding,
  type SearchIndex,
  type SiteLanguage,
  type Synonyms,
} from '@chengmen/search';
import { folderStore, openRelease, seenFile } from '@chengmen/serve';
import { LruMap } from 'toad-cache';
import { answerQuery, answerSuggest, twinLanguage } from './answer-query.ts';
import { parseWords, type SearchWords } from './editions.ts';
import { keepIndex, type KeptIndex } from './keep-index.ts';
import { selfTest, type SelfTestOptions, type SelfTestReport } from './self-test.ts';

export interface SearchServiceOptions {
  /** Folder of the release store of one site, for reading. */
  readonly releases: string;
  /** Verifier keys, one a line. */
  readonly key: string;
  readonly origin?: string | undefined;
  /** File of the index, beginning of the names of those of other languages; all can be deleted at any time, and are made again from the release. */
  readonly file: string;
  /** Where the newest checkpoint seen is kept. */
  readonly seenFile: string;
  readonly alarm?: (code: string, where: string, problem: string) => void;
  /** Milliseconds a query waits for the release it names. Default 1500. */
  readonly patience?: number;
}

export interface SearchService {
  /** `map`: the root of the release whoever asks is serving; that one is taken up first. Undefined before the first release. */
  search(request: SearchRequest, map?: string): Promise<SearchAnswer | undefined>;
  /** `edition` as in a request. */
  suggest(typed: string, edition?: string): readonly string[];
  selfTest(options: SelfTestOptions): Promise<SelfTestReport>;
  /** Looks for a newer release and takes it up; true where what is served is the newest there is. */
  follow(): Promise<boolean>;
  status(): { readonly map: string | undefined; readonly pages: number; readonly behind: SearchProgress | undefined };
  /** When everything begun is done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Where a release tells what the search must know of it. */
const wordsPath = '/search/words.json';
const noWords: SearchWords = { synonyms: [], editions: [] };
/** Of the index of each further language held in memory: they are small. */
const foreignCacheBytes = 8 * 1024 * 1024;
/** Pages of the map held in memory: each is some kilobytes. */
const mapPagesKept = 2000;

/** Searches one site: an index for each language, kept by the release folder, and answers from it. Throws `setting-invalid`. */
export async function openSearchService(options: SearchServiceOptions): Promise<SearchService> {
  const { releases, key, origin, file, alarm = () => undefined, patience = 1500 } = options;
  const store = folderStore(releases);
  const read = remembering(pageReader(store));
  const release = await openRelease({
    store,
    key,
    ...(origin === undefined ? {} : { origin }),
    seen: seenFile(options.seenFile),
    cacheBytes: 1024 * 1024,
    alarm,
  });
  const failed = (error: unknown): boolean => {
    alarm('search-behind', releases, error instanceof Error ? error.message : String(error));
    return false;
  };
  const shared = {
    store,
    read,
    alarm: (where: string, problem: string) => {
      alarm('search-page-unread', where, problem);
    },
    failed,
  };
  const open = (edition: SiteLanguage, own: string, cacheBytes?: number): OwnIndex => {
    const index = openOrThrow(own, foldingOf(edition.language), cacheBytes);
    return { edition, file: own, index, kept: keepIndex({ ...shared, index, edition }) };
  };
  const main = open(mainLanguage, file);
  /** By root, as the release names them. */
  let foreign: ReadonlyMap<string, OwnIndex> = new Map();
  let synonyms: Synonyms = new Map();
  let wordsHash = '';

  const readWords = async (): Promise<void> => {
    const map = release.current()?.map;
    const entry = map && (await lookup(read, map, wordsPath));
    const hash = entry?.hash ?? '';
    if (hash === wordsHash) return;
    const words = entry?.status === 200 ? parseWords(await readPiece(store, entry)) : noWords;
    if (hash === wordsHash) return;
    synonyms = synonymsOf(words.synonyms);
    await becomeEditions(words.editions);
    wordsHash = hash;
  };
  /** Indexes of editions that are no more go with their files. */
  const becomeEditions = async (editions: readonly SiteLanguage[]): Promise<void> => {
    const before = foreign;
    const isSame = ({ edition }: OwnIndex, { language }: SiteLanguage): boolean => edition.language === language;
    foreign = new Map(
      editions.map((edition) => {
        const known = before.get(edition.root);
        const own = `${file}${edition.root.replace('/', '-')}-${edition.language}`;
        return [edition.root, known && isSame(known, edition) ? known : open(edition, own, foreignCacheBytes)];
      }),
    );
    for (const [root, old] of before) if (foreign.get(root) !== old) await closeIndex(old, true);
  };
  const all = (): readonly OwnIndex[] => [main, ...foreign.values()];
  const indexOf = (edition: string | undefined): OwnIndex | undefined =>
    edition?.startsWith('/') === true ? foreign.get(edition) : main;
  const follow = async (): Promise<boolean> => {
    await release.reload();
    const map = release.current()?.map;
    if (map) {
      await main.kept.follow(map);
      await readWords();
      for (const { kept } of foreign.values()) await kept.follow(map);
    }
    return release.upToDate();
  };
  await follow().catch(failed);

  return {
    async search(request, map) {
      if (map !== undefined && release.current()?.map.hash !== map) await soon(follow().catch(failed), patience);
      const current = release.current()?.map;
      const own = indexOf(request.edition);
      if (!current || !own) return undefined;
      const edition = request.edition === twinLanguage ? { language: twinLanguage, root: '' } : own.edition;
      const words = own === main ? synonyms : new Map<string, readonly string[]>();
      const { index, kept } = own;
      return answerQuery(request, current, { index, edition, store, read, synonyms: words, behind: kept.behind() });
    },
    suggest: (typed, edition) => {
      const own = indexOf(edition);
      return own ? answerSuggest(typed, own) : [];
    },
    async selfTest(chosen) {
      const reports = [];
      for (const { index } of all()) reports.push(await selfTest(index, chosen));
      return {
        tried: reports.reduce((sum, { tried }) => sum + tried, 0),
        missed: reports.flatMap(({ missed }) => missed),
        namesakes: reports.flatMap(({ namesakes }) => namesakes),
      };
    },
    follow: () => follow().catch(failed),
    status: () => ({
      map: release.current()?.map.hash,
      pages: all().reduce((sum, { index }) => sum + index.count(), 0),
      behind: all().flatMap(({ kept }) => kept.behind() ?? [])[0],
    }),
    async settled() {
      for (const { kept } of all()) await kept.settled();
    },
    async close() {
      for (const one of all()) await closeIndex(one);
    },
  };
}

/** The index of one edition, and what keeps it. */
interface OwnIndex {
  readonly edition: SiteLanguage;
  readonly file: string;
  readonly index: SearchIndex;
  readonly kept: KeptIndex;
}

async function closeIndex({ file, index, kept }: OwnIndex, forGood = false): Promise<void> {
  await kept.stop();
  index.close();
  if (forGood) for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
}

function openOrThrow(file: string, folding: Folding, cacheBytes?: number): SearchIndex {
  try {
    return openIndex({ file, folding, ...(cacheBytes === undefined ? {} : { cacheBytes }) });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('setting-invalid', { name: '--index / CHENGMEN_SEARCH', value: file, problem });
  }
}

/** Resolves with the work or after so many milliseconds. */
async function soon(work: Promise<unknown>, wait: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, wait)))]);
  clearTimeout(timer);
}

/** What was read last stays: neighbouring releases share nearly all pages of their maps, and all share the upper ones. */
function remembering(read: PageReader): PageReader {
  const known = new LruMap<Awaited<ReturnType<PageReader>>>(mapPagesKept);
  return async (prefix, ref) => {
    const name = `${prefix} ${ref.hash} ${ref.count}`;
    const held = known.get(name);
    if (held) return held;
    const page = await read(prefix, ref);
    known.set(name, page);
    return page;
  };
}
