import { setImmediate as breathe } from 'node:timers/promises';
import { search, type IndexedPage, type SearchIndex } from '@chengmen/search';
import { hitsOnPage } from './answer-query.ts';

export interface SelfTestOptions {
  readonly titles: 'all' | 'newest' | 'random';
  /** How many; for `all` of no use. Default 200. */
  readonly count?: number;
}

export interface SelfTestReport {
  readonly tried: number;
  /** Titles that do not lead to their page on the first page of results. */
  readonly missed: readonly { readonly path: string; readonly title: string; readonly place: number | null }[];
  /** Pages beyond the first page of results since too many others are called the same. */
  readonly namesakes: readonly { readonly path: string; readonly title: string; readonly pages: number }[];
}

/** Searches every title verbatim, as an inspector does, and tells which do not lead to their page at once. */
export async function selfTest(index: SearchIndex, { titles, count = 200 }: SelfTestOptions): Promise<SelfTestReport> {
  const missed: SelfTestReport['missed'][number][] = [];
  const namesakes: SelfTestReport['namesakes'][number][] = [];
  const called = index.database.prepare('SELECT count(*) AS pages FROM pages WHERE folded = ?');
  let tried = 0;
  for (const { path, title, folded } of chosen(index, titles, count)) {
    tried++;
    const found = search(index, { query: title, limit: 5 * hitsOnPage }).pages.findIndex((page) => page.path === path);
    if (found < 0 || found >= hitsOnPage) {
      const { pages } = called.get(folded) as { pages: number };
      if (pages > hitsOnPage) namesakes.push({ path, title, pages });
      else missed.push({ path, title, place: found < 0 ? null : found + 1 });
    }
    // Citizens are answered in between.
    await breathe();
  }
  return { tried, missed, namesakes };
}

type Titled = Pick<IndexedPage, 'path' | 'title' | 'folded'>;

function* chosen({ database }: SearchIndex, titles: SelfTestOptions['titles'], count: number): Generator<Titled> {
  const columns = 'SELECT id, path, title, folded FROM pages';
  if (titles !== 'all') {
    const order = titles === 'newest' ? 'id DESC' : 'random()';
    yield* database.prepare(`${columns} ORDER BY ${order} LIMIT ?`).all(count) as unknown as Titled[];
    return;
  }
  const some = database.prepare(`${columns} WHERE id > ? ORDER BY id LIMIT 500`);
  for (let rows = some.all(-1); rows.length > 0; rows = some.all(rows.at(-1)?.['id'] ?? null))
    yield* rows as unknown as Titled[];
}
