import { gzipSync } from 'node:zlib';
import { chooseCoding, headerOf, type Answer, type OpenRelease, type Request } from '@chengmen/serve';
import { askSearch, type Edition, type Hit, type SearchAnswer } from './search-port.ts';
import { editionAt, readSearchForm, searchPath, type SearchForm } from './search-form.ts';
import { fillSearchPage, isSearchPage, type SearchTrouble } from './search-page.ts';
import { createTurns } from './turns.ts';

export interface SearchRouteOptions {
  /** Socket of the search process. */
  readonly socket: string;
  readonly release: OpenRelease;
  /** Headers of every answer. */
  readonly always: Readonly<Record<string, string>>;
  /** Milliseconds the search process may take. Default 3000. */
  readonly patience?: number;
}

/** Searches: an answer to come where a request is one; undefined where it is for the release. `client`: who asks. */
export type SearchRoute = (request: Request, client: () => string) => Promise<Answer> | undefined;

/** Searches under way at a time; more would only wait behind them. */
const mostAtOnce = 16;

/**
 * Answers search addresses with the search page of the release, results put in. The search process is not believed: of each
 * hit, the release that is being served must have that page at that address, with that very hash. So nothing withdrawn is ever
 * shown, whatever the index knows. Without a search process the page says so, and every other page is served as ever.
 */
export function createSearchRoute({ socket, release, always, patience = 3000 }: SearchRouteOptions): SearchRoute {
  const turns = createTurns({ most: 20, perSecond: 1 });
  // While somebody types: a question for each pause.
  const typing = createTurns({ most: 60, perSecond: 4 });
  let under = 0;

  const ask = async <T>(path: string, value: unknown): Promise<T | SearchTrouble> => {
    if (under >= mostAtOnce) return 'busy';
    under++;
    const asked = await askSearch<T>(socket, path, value, patience);
    under--;
    if ('value' in asked) return asked.value;
    return asked.problem === 'busy' ? 'busy' : 'unavailable';
  };

  const results = async (request: Request, form: SearchForm, client: string): Promise<Answer> => {
    const plain = await release.respond({ method: 'GET', path: searchPath(form.edition), headers: {} });
    const text = Buffer.from(plain.body).toString('utf8');
    if (plain.status !== 200 || !isSearchPage(text)) return release.respond(request);
    const wait = turns.take(client);
    const map = release.current()?.map.hash;
    const found: SearchAnswer | SearchTrouble = wait > 0 ? 'too-fast' : await ask('/search', { ...form, map });
    const shown = typeof found === 'string' ? found : await checked(found, release).catch(() => 'unavailable' as const);
    const [status, page] = filled(text, form, shown);
    return dynamic(request, status, 'text/html; charset=utf-8', page, {
      ...always,
      ...(status !== 200 ? { 'retry-after': String(Math.max(wait, 1)) } : {}),
    });
  };

  const suggestions = async (request: Request, edition: Edition, client: string): Promise<Answer> => {
    const asked = request.path.slice(request.path.indexOf('?') + 1);
    const typed = new URLSearchParams(asked).get('q')?.slice(0, 200) ?? '';
    const titles = typing.take(client) > 0 ? [] : titlesOf(await ask<unknown>('/suggest', { typed, edition }));
    // Browsers want what was typed beside what they offer.
    const value = /(?:^|&)form=opensearch(?:&|$)/.test(asked) ? [typed, titles] : titles;
    return dynamic(request, 200, 'application/json; charset=utf-8', JSON.stringify(value), always);
  };

  return (request, client) => {
    const { method, path } = request;
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    const offered = path.includes('/search/suggest?')
      ? editionAt(path.slice(0, path.indexOf('?')), 'search/suggest')
      : undefined;
    if (offered !== undefined) return suggestions(request, offered, client());
    const form = path.includes('/search.html?') ? readSearchForm(path) : undefined;
    return form && results(request, form, client());
  };
}

/** The page with its status. An answer that is none is the search process's fault, and no reason to answer nothing. */
function filled(text: string, form: SearchForm, shown: SearchAnswer | SearchTrouble): readonly [number, string] {
  try {
    const status = shown === 'too-fast' ? 429 : typeof shown === 'string' ? 503 : 200;
    return [status, fillSearchPage(text, form, shown)];
  } catch {
    return [503, fillSearchPage(text, form, 'unavailable')];
  }
}

/** What is offered; nothing where there was trouble, or where the answer is none. */
function titlesOf(found: unknown): readonly unknown[] {
  const titles = typeof found === 'object' && found !== null && 'titles' in found ? found.titles : undefined;
  return Array.isArray(titles) ? titles : [];
}

/** Only what stands in the release that is being served. */
async function checked(found: SearchAnswer, release: OpenRelease): Promise<SearchAnswer> {
  const stands = async ({ path, hash }: Hit): Promise<boolean> => {
    const entry = await release.entry(path);
    return entry?.status === 200 && entry.hash === hash;
  };
  const kept = await Promise.all(found.hits.map(stands));
  const hits = found.hits.filter((_, at) => kept[at]);
  return { ...found, hits, count: found.count - (found.hits.length - hits.length) };
}

/** An answer made for this request: kept by nobody, found by no engine. */
function dynamic(
  request: Request,
  status: number,
  type: string,
  text: string,
  more: Readonly<Record<string, string>>,
): Answer {
  const plain = Buffer.from(text);
  const coding = chooseCoding(headerOf(request, 'accept-encoding'), { gz: plain.length > 1000 });
  const body = coding === 'gzip' ? gzipSync(plain, { level: 4 }) : plain;
  return {
    status,
    headers: {
      'content-type': type,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      vary: 'accept-encoding',
      ...(body === plain ? {} : { 'content-encoding': 'gzip' }),
      ...more,
      'content-length': String(body.length),
    },
    body: request.method === 'HEAD' ? new Uint8Array() : body,
  };
}
