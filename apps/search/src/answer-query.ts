import type { Hit, SearchAnswer, SearchProgress, SearchRequest } from '@chengmen/portal';
import { lookup, readPiece, type MapRef, type PageReader, type ReadStore } from '@chengmen/release';
import {
  excerptOf,
  hasAll,
  highlight,
  meant,
  readPage,
  search,
  statement,
  suggest,
  type Folding,
  type Found,
  type IndexedPage,
  type SearchIndex,
  type SearchPage,
  type SiteLanguage,
  type Synonyms,
  type Term,
} from '@chengmen/search';
import { isPage } from './keep-index.ts';

export interface AnswerOptions {
  readonly index: SearchIndex;
  /** Of the pages that are shown: those of the index, or their twins. */
  readonly edition: SiteLanguage;
  readonly store: ReadStore;
  readonly read: PageReader;
  readonly synonyms: Synonyms;
  readonly behind: SearchProgress | undefined;
}

export const hitsOnPage = 10;
/** Who has not found it by then had better ask otherwise. */
const mostPages = 50;
const twins = '/zh-hant';
export const twinLanguage = 'zh-Hant';

/**
 * Answers a query from the index, and each hit from the page itself as it stands in the release: it must be there and have
 * what was asked for, or it is left out.
 */
export async function answerQuery(request: SearchRequest, map: MapRef, options: AnswerOptions): Promise<SearchAnswer> {
  const { index, synonyms, behind } = options;
  const { query, filters = {}, order = 'relevance' } = request;
  const page = Math.min(mostPages, Math.max(1, Math.trunc(request.page ?? 1) || 1));
  const offset = (page - 1) * hitsOnPage;
  const found = search(index, { query, filters, order, synonyms, offset, limit: hitsOnPage });
  const hits = await Promise.all(found.pages.map((one) => hitOf(one, found, map, options)));
  const kept = hits.flatMap((hit) => hit ?? []);
  return {
    map: map.hash,
    hits: kept,
    count: Math.max(kept.length, found.count - (hits.length - kept.length)),
    page,
    pages: Math.min(mostPages, Math.ceil(found.reachable / hitsOnPage)),
    relaxed: found.relaxed ? found.terms.map(({ text }) => text) : [],
    cut: found.parsed.cut,
    meant: found.count === 0 || found.relaxed ? meant(index, query) : [],
    behind,
    ...choices(index),
  };
}

async function hitOf(
  known: IndexedPage,
  { terms, parsed, some }: Found,
  map: MapRef,
  { index: { folding }, edition, store, read }: AnswerOptions,
): Promise<Hit | undefined> {
  try {
    const path = edition.language === twinLanguage ? twins + known.path : known.path;
    const entry = await lookup(read, map, path);
    if (!isPage(entry)) return undefined;
    const page = readPage(path, Buffer.from(await readPiece(store, entry)).toString('utf8'), edition);
    const asked = some ? [{ ...parsed.terms[0], synonyms: terms.flatMap(textsOf) } as Term] : terms;
    if (!page || !(answers(page, known, asked, folding) || hasAll(page.lines, [[parsed.whole]], folding)))
      return undefined;
    const texts = terms.flatMap(textsOf);
    const { title, date, kind, channel, department, validity } = page;
    const excerpt = excerptOf(page.lines.slice(1), texts, folding);
    return {
      path,
      hash: entry.hash,
      title: highlight(title, texts, folding),
      // Found by its title alone: how it begins.
      excerpt: excerpt.length > 0 ? excerpt : excerptOf(page.lines.slice(1), [], folding),
      date,
      kind,
      channel,
      department,
      validity,
    };
  } catch {
    // Not to be read or not whole: the portal has its own alarm for that.
    return undefined;
  }
}

const textsOf = ({ folded, synonyms }: Term): readonly string[] => [folded, ...synonyms];

/** Initials of a title stand nowhere on the page. */
function answers(page: SearchPage, known: IndexedPage, terms: readonly Term[], folding: Folding): boolean {
  const byInitials = ({ folded }: Term): boolean => known.initials.includes(folded);
  const others = terms.filter((term) => !byInitials(term));
  return hasAll(page.lines, others.map(textsOf), folding);
}

/** For typing along. */
export function answerSuggest(typed: string, { index }: Pick<AnswerOptions, 'index'>): readonly string[] {
  return suggest(index, typed);
}

function choices(index: SearchIndex): Pick<SearchAnswer, 'channels' | 'departments'> {
  const rows = (sql: string): Record<string, unknown>[] => statement(index, sql).all();
  return {
    channels: rows(
      "SELECT path, title AS name FROM pages WHERE kind = 'channel' AND channel = '' ORDER BY path LIMIT 100",
    ) as unknown as SearchAnswer['channels'],
    departments: rows("SELECT title FROM pages WHERE kind = 'department' ORDER BY id DESC LIMIT 200").map(({ title }) =>
      String(title),
    ),
  };
}
