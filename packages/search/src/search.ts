import { fold } from './fold.ts';
import { byCharacters } from './folding.ts';
import { gramPhrase, markOf } from './grams.ts';
import { idOfDate, type IndexedPage, type SearchIndex } from './open-index.ts';
import { parseQuery, type ParsedQuery, type Synonyms, type Term } from './parse-query.ts';
import { scoreOf } from './score.ts';
import { statement } from './statement.ts';

export interface SearchFilters {
  /** Address of a channel: it and all below. */
  readonly channel?: string | undefined;
  readonly kind?: string | undefined;
  readonly department?: string | undefined;
  readonly validity?: string | undefined;
  /** Civil dates, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface SearchOptions {
  readonly query: string;
  readonly filters?: SearchFilters;
  readonly order?: 'relevance' | 'newest';
  readonly offset?: number;
  readonly limit?: number;
  readonly synonyms?: Synonyms;
}

export interface Found {
  readonly parsed: ParsedQuery;
  /** What pages were really asked for: the parts typed, or where no page has them all as typed, the words in them. */
  readonly terms: readonly Term[];
  readonly relaxed: boolean;
  /** Pages have one of the terms at least, not all. */
  readonly some: boolean;
  readonly pages: readonly IndexedPage[];
  /** Of all pages that have it. */
  readonly count: number;
  /** How many of them can be reached: the best few hundred by relevance, all by date. */
  readonly reachable: number;
}

/** Pages looked at for ranking: so many of the newest with it in the title, and so many of the newest of all. */
const candidates = 250;

/** Answers a query: by relevance among a bounded number of pages, or all by date. Any string is a query. */
export function search(index: SearchIndex, options: SearchOptions): Found {
  const { query, synonyms } = options;
  const { folding } = index;
  const parsed = parseQuery(query, synonyms, folding);
  const found = searchFor(index, parsed.terms, parsed, options);
  const strict = { parsed, relaxed: false, some: false, ...found };
  if (found.count > 0 || parsed.terms.length === 0) return strict;
  const words = folding.words ? parsed.terms : wordsOf(parsed, synonyms);
  if (words.length < 2) return strict;
  const some = folding.words;
  return { parsed, relaxed: true, some, ...searchFor(index, words, parsed, { ...options, some }) };
}

type Answered = Pick<Found, 'terms' | 'pages' | 'count' | 'reachable'>;

function searchFor(
  index: SearchIndex,
  terms: readonly Term[],
  parsed: ParsedQuery,
  {
    filters = {},
    order = 'relevance',
    offset = 0,
    limit = 20,
    some = false,
  }: SearchOptions & { readonly some?: boolean },
): Answered {
  if (terms.length === 0) return { terms, pages: [], count: 0, reachable: 0 };
  const match = (columns: string, whole?: string): string => matchOf(terms, { columns, filters, whole, some });
  const asked: Asked = { match: match(textColumns, parsed.whole), range: rangeOf(filters) };
  const count = countOf(index, asked);
  if (order === 'newest' || count === 0)
    return { terms, pages: newestPages(index, asked, limit, offset), count, reachable: count };
  const ranked = rank(index, { terms, parsed, filters, asked, inTitle: match('title') });
  return { terms, pages: ranked.slice(offset, offset + limit), count, reachable: Math.min(count, ranked.length) };
}

interface Asked {
  readonly match: string;
  /** First and last id, where there are dates to keep to. */
  readonly range: readonly [number, number] | undefined;
}

const textColumns = '{title body}';

function rangeOf({ from, to }: SearchFilters): Asked['range'] {
  if (from === undefined && to === undefined) return undefined;
  const first = from === undefined ? 0 : idOfDate(from);
  const last = to === undefined ? Number.MAX_SAFE_INTEGER : idOfDate(`${to.slice(0, 10)} 23:59`) + 2 ** 20 - 1;
  return [first, last];
}

interface Match {
  readonly columns: string;
  readonly filters: SearchFilters;
  readonly whole?: string | undefined;
  readonly some?: boolean;
}

/** All of the terms, or some, and all of the filters, in the words of the full-text engine. Nothing that was typed goes into it unchanged. */
function matchOf(terms: readonly Term[], { columns, filters, whole, some = false }: Match): string {
  const marks: readonly (readonly [string, string | undefined])[] = [
    ['c', filters.channel],
    ['k', filters.kind],
    ['d', filters.department],
    ['v', filters.validity],
  ];
  const all = terms
    .map(({ folded, synonyms }) => `(${[folded, ...synonyms].map((text) => oneOf(text, columns)).join(' OR ')})`)
    .join(some ? ' OR ' : ' AND ');
  // What was typed may stand on a page just so, with its spaces and quotation marks.
  const inARow = whole !== undefined && whole !== terms[0]?.folded && [...whole].length > 1;
  return [
    inARow ? `((${all}) OR ${phraseIn(whole, columns)})` : `(${all})`,
    ...marks.flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : `marks : "${markOf(name, value)}"`,
    ),
  ].join(' AND ');
}

function oneOf(text: string, columns: string): string {
  // Single characters are found in titles alone: nearly every page has nearly each of them.
  if ([...text].length < 2) return `marks : "${markOf('s', text)}"`;
  const phrase = phraseIn(text, columns);
  return /^[a-z0-9]+$/.test(text) && /[a-z]/.test(text) ? `${phrase} OR initials : ${gramPhrase(text)}` : phrase;
}

function phraseIn(text: string, columns: string): string {
  const phrase = gramPhrase(text);
  // Of all columns only title and body hold Chinese side by side; not asked for, they need not be told apart row by row.
  const anywhere = columns === textColumns && /^\p{sc=Han}+$/u.test(text);
  return anywhere ? phrase : `${columns} : ${phrase}`;
}

function countOf(index: SearchIndex, asked: Asked): number {
  const row = statement(index, `SELECT count(*) AS count FROM grams WHERE ${whereOf(asked)}`).get(...valuesOf(asked));
  return (row as { count: number }).count;
}

function newest(index: SearchIndex, asked: Asked, limit: number): number[] {
  const sql = `SELECT rowid AS id FROM grams WHERE ${whereOf(asked)} ORDER BY rowid DESC LIMIT ?`;
  return statement(index, sql)
    .all(...valuesOf(asked), limit)
    .map((row) => (row as { id: number }).id);
}

function newestPages(index: SearchIndex, asked: Asked, limit: number, offset: number): IndexedPage[] {
  const found = `SELECT rowid AS found FROM grams WHERE ${whereOf(asked)} ORDER BY rowid DESC LIMIT ? OFFSET ?`;
  const sql = `SELECT pages.* FROM (${found}) JOIN pages ON id = found ORDER BY id DESC`;
  return statement(index, sql).all(...valuesOf(asked), limit, offset) as unknown as IndexedPage[];
}

/** A range that leaves nothing out is not asked for: it would be compared row by row. */
function whereOf({ range }: Asked): string {
  return range ? 'grams MATCH ? AND rowid BETWEEN ? AND ?' : 'grams MATCH ?';
}

function valuesOf({ match, range }: Asked): (string | number)[] {
  return [match, ...(range ?? [])];
}

function pagesOf(index: SearchIndex, ids: Iterable<number>): IndexedPage[] {
  const one = statement(index, 'SELECT * FROM pages WHERE id = ?');
  return [...ids].flatMap((id) => (one.get(id) as unknown as IndexedPage | undefined) ?? []);
}

interface Ranking {
  readonly terms: readonly Term[];
  readonly parsed: ParsedQuery;
  readonly filters: SearchFilters;
  readonly asked: Asked;
  /** What asks titles alone. */
  readonly inTitle: string;
}

/** The best first. Title, then the query in a row, then kind and age decide; among equals the newer. */
function rank(index: SearchIndex, { terms, parsed, filters, asked, inTitle }: Ranking): IndexedPage[] {
  const ids = new Set<number>(titled(index, parsed.whole, filters));
  for (const id of newest(index, { ...asked, match: inTitle }, candidates)) ids.add(id);
  const whole: Term = { text: '', folded: parsed.whole, synonyms: [] };
  const inARow = new Set(
    terms.length > 1
      ? newest(index, { ...asked, match: matchOf([whole], { columns: textColumns, filters }) }, candidates)
      : [],
  );
  for (const id of inARow) ids.add(id);
  for (const id of newest(index, asked, candidates)) ids.add(id);
  const pages = pagesOf(index, ids);
  const latest = Math.max(0, ...pages.map(({ id }) => id));
  const context = { terms, whole: parsed.whole, latest };
  return pages
    .map((page) => ({ page, score: scoreOf(page, { ...context, inARow: inARow.has(page.id) }) }))
    .sort((a, b) => b.score - a.score || b.page.id - a.page.id)
    .map(({ page }) => page);
}

/** Pages called exactly so, however long the title is. */
function titled(index: SearchIndex, whole: string, filters: SearchFilters): number[] {
  const [first, last] = rangeOf(filters) ?? [0, Number.MAX_SAFE_INTEGER];
  const { channel = '', kind, department, validity } = filters;
  return (
    statement(index, 'SELECT * FROM pages WHERE folded = ? AND id BETWEEN ? AND ? ORDER BY id DESC LIMIT 50').all(
      whole,
      first,
      last,
    ) as unknown as IndexedPage[]
  )
    .filter(
      (page) =>
        page.channel.startsWith(channel) &&
        (!kind || page.kind === kind) &&
        (!department || page.department === department) &&
        (!validity || page.validity === validity),
    )
    .map(({ id }) => id);
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** The words in what was typed without spaces: a page that has them all may answer it. */
function wordsOf({ terms }: ParsedQuery, synonyms: Synonyms = new Map()): Term[] {
  const words = new Map<string, Term>();
  for (const { text } of terms)
    for (const { segment, isWordLike } of segmenter.segment(text)) {
      const folded = fold(segment);
      if (isWordLike === true && [...folded].length > 1)
        words.set(folded, { text: segment, folded, synonyms: synonyms.get(folded) ?? [] });
    }
  return [...words.values()].slice(0, byCharacters.mostTerms);
}
