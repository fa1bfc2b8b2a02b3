import { ChengmenError } from '@chengmen/model';
import type { SearchAnswer, SearchProgress, SearchRequest } from '@chengmen/portal';
import { lookup, pageReader, readPiece, type PageReader } from '@chengmen/release';
import { openIndex, synonymsOf, type SearchIndex, type Synonyms } from '@chengmen/search';
import { folderStore, openRelease, seenFile } from '@chengmen/serve';
import { answerQuery, answerSuggest } from './answer-query.ts';
import { keepIndex } from './keep-index.ts';
import { selfTest, type SelfTestOptions, type SelfTestReport } from './self-test.ts';

export interface SearchServiceOptions {
  /** Folder of the release store of one site, for reading. */
  readonly releases: string;
  /** Verifier keys, one a line. */
  readonly key: string;
  readonly origin?: string | undefined;
  /** File of the index; it can be deleted at any time, and is made again from the release. */
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
  suggest(typed: string): readonly string[];
  selfTest(options: SelfTestOptions): Promise<SelfTestReport>;
  /** Looks for a newer release and takes it up; true where what is served is the newest there is. */
  follow(): Promise<boolean>;
  status(): { readonly map: string | undefined; readonly pages: number; readonly behind: SearchProgress | undefined };
  /** When everything begun is done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Address of the words that mean the same, as the release has them. */
const wordsPath = '/search/words.json';
/** Pages of the map held in memory: each is some kilobytes. */
const mapPagesKept = 2000;

/** Searches one site: the index, kept by the release folder, and answers from it. Throws `setting-invalid`. */
export async function openSearchService(options: SearchServiceOptions): Promise<SearchService> {
  const { releases, key, origin, file, alarm = () => undefined, patience = 1500 } = options;
  const store = folderStore(releases);
  const read = remembering(pageReader(store));
  const index = openOrThrow(file);
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
  const kept = keepIndex({
    index,
    store,
    read,
    alarm: (where, problem) => {
      alarm('search-page-unread', where, problem);
    },
    failed,
  });
  let synonyms: Synonyms = new Map();
  let wordsHash = '';

  const readWords = async (): Promise<void> => {
    const map = release.current()?.map;
    const entry = map && (await lookup(read, map, wordsPath));
    if ((entry?.hash ?? '') === wordsHash) return;
    synonyms = entry?.status === 200 ? synonymsOf(parseWords(await readPiece(store, entry))) : new Map();
    wordsHash = entry?.hash ?? '';
  };
  const follow = async (): Promise<boolean> => {
    await release.reload();
    const map = release.current()?.map;
    if (map) {
      await kept.follow(map);
      await readWords();
    }
    return release.upToDate();
  };
  await follow().catch(failed);

  return {
    async search(request, map) {
      if (map !== undefined && release.current()?.map.hash !== map) await soon(follow().catch(failed), patience);
      const current = release.current()?.map;
      return current && answerQuery(request, current, { index, store, read, synonyms, behind: kept.behind() });
    },
    suggest: (typed) => answerSuggest(typed, { index }),
    selfTest: (chosen) => selfTest(index, chosen),
    follow: () => follow().catch(failed),
    status: () => ({ map: release.current()?.map.hash, pages: index.count(), behind: kept.behind() }),
    settled: () => kept.settled(),
    async close() {
      await kept.stop();
      index.close();
    },
  };
}

function openOrThrow(file: string): SearchIndex {
  try {
    return openIndex({ file });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('setting-invalid', { name: '--index / CHENGMEN_SEARCH', value: file, problem });
  }
}

/** Groups of words; what is none is left out. */
function parseWords(bytes: Uint8Array): readonly (readonly string[])[] {
  const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly synonyms?: unknown };
  return Array.isArray(value.synonyms)
    ? value.synonyms.filter(
        (group): group is string[] => Array.isArray(group) && group.every((one) => typeof one === 'string'),
      )
    : [];
}

/** Resolves with the work or after so many milliseconds. */
async function soon(work: Promise<unknown>, wait: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, wait)))]);
  clearTimeout(timer);
}

/** What was read last stays: neighbouring releases share nearly all pages of their maps, and all share the upper ones. */
function remembering(read: PageReader): PageReader {
  const known = new Map<string, Awaited<ReturnType<PageReader>>>();
  return async (prefix, ref) => {
    const name = `${prefix} ${ref.hash} ${ref.count}`;
    const page = known.get(name) ?? (await read(prefix, ref));
    known.delete(name);
    known.set(name, page);
    for (const oldest of known.keys()) {
      if (known.size <= mapPagesKept) break;
      known.delete(oldest);
    }
    return page;
  };
}
