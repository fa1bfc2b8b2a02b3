import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createConverter } from '@chengmen/chinese';
import { fold, openIndex, search as searchIndex, type IndexChange, type SearchIndex } from '@chengmen/search';
import { numberAt } from './city.ts';
import { inFolder } from './folder.ts';
import { atLeast, atMost, quantile, secondsOf, type Bench, type BenchOptions, type Measure } from './measure.ts';
import { articlesFrom, queriesFrom, type Article } from './search/articles.ts';
import { postgresWords, sqliteWords, type Built } from './search/peers.ts';
import { withPostgres } from './with-postgres.ts';

/** Recall of parts of texts, and words answered, beside SQLite's and PostgreSQL's engines of words on the same articles. */
export const search: Bench = {
  name: 'search',
  about: 'parts of texts found; newest 20 + count and ranked, beside SQLite FTS5 and PostgreSQL tsvector over words',
  run: (options) => inFolder((folder) => withPostgres((url) => measure(options, folder, url))),
};

async function measure(
  { quick, say, articles: sizes, folder: kept }: BenchOptions,
  own: string,
  url: string,
): Promise<Measure[]> {
  const count = sizes?.[0] ?? (quick ? 5000 : 100_000);
  say(`${count} articles`);
  const articles = articlesFrom(count);
  const folder = kept === undefined ? own : join(kept, `search-${count}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'index');
  say('our index');
  const index = openIndex({ file });
  // One that was kept was filled by an earlier run; how long that took is not told.
  const had = process.cpuUsage();
  const seconds = index.count() === count ? undefined : await secondsOf(() => fill(index, articles));
  const { user, system } = process.cpuUsage(had);
  say('recall');
  const recall = recallOf(index, articles, quick ? 1000 : 10_000);
  const precision = countsAreExact(index, articles, quick ? 40 : 100);
  index.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  index.close();
  say('words in SQLite');
  const sqlite = await sqliteWords(articles, join(folder, 'words'));
  say('words in PostgreSQL');
  const postgres = await postgresWords(articles, url);
  say('queries');
  const queries = queriesFrom(articles, quick ? 200 : 1000);
  const times = await answerAll(file, sqlite, postgres, queries);
  await sqlite.close();
  await postgres.close();
  return [
    atLeast('parts of 2–8 characters that find their article', recall.own, 1),
    atLeast('the same, asked in Traditional characters of Hong Kong and Taiwan', recall.traditional, 1),
    atLeast('counts equal to those of reading every article', precision, 1),
    ...timesOf(times),
    { measure: 'index', value: statSync(file).size / 1e6, unit: 'MB' },
    { measure: 'index, bytes an article', value: statSync(file).size / count, unit: 'B' },
    { measure: 'SQLite words', value: sqlite.bytes / count, unit: 'B' },
    { measure: 'PostgreSQL words', value: postgres.bytes / count, unit: 'B' },
    ...(seconds === undefined
      ? []
      : [
          { measure: 'index built', value: seconds, unit: 's' },
          { measure: 'index built, processor', value: (user + system) / 1e6, unit: 's' },
        ]),
    ...(sqlite.seconds === undefined ? [] : [{ measure: 'SQLite words built', value: sqlite.seconds, unit: 's' }]),
    { measure: 'PostgreSQL words built', value: postgres.seconds ?? 0, unit: 's' },
    atMost('memory of a process that answers', times.bytes / 2 ** 20, 250, 'MB'),
  ];
}

const pathOf = ({ at }: Article): string => `/${at}.html`;

function fill(index: SearchIndex, articles: readonly Article[]): void {
  for (let from = 0; from < articles.length; from += 200)
    index.apply(
      articles.slice(from, from + 200).map((article): IndexChange => {
        const { title, date, lines } = article;
        const common = { kind: 'article', channel: '/', department: '', validity: '' };
        const path = pathOf(article);
        return { path, hash: '', page: { ...common, path, title, date, lines: [title, ...lines] } };
      }),
    );
  while (index.tidy());
}

/** Shares of random parts of lines that find the article they were taken from. */
function recallOf(
  index: SearchIndex,
  articles: readonly Article[],
  count: number,
): { own: number; traditional: number } {
  const converters = (['hk', 'tw'] as const).map((variant) => createConverter({ variant }));
  let own = 0;
  let traditional = 0;
  let tried = 0;
  for (let seed = 0; tried < count; seed++) {
    const article = articles[numberAt(seed, 21, articles.length)];
    const line = [...(article?.lines[numberAt(seed, 22, article.lines.length)] ?? '')];
    const part = partOf(line, seed).join('');
    if (!article || [...fold(part)].length < 2) continue;
    tried++;
    if (finds(index, part, article)) own++;
    // A part may be cut out of a phrase, so the whole line is converted.
    const converted = [...(converters[seed % 2]?.(line.join('')) ?? '')];
    if (converted.length === line.length && finds(index, partOf(converted, seed).join(''), article)) traditional++;
    else if (converted.length !== line.length) traditional++;
  }
  return { own: own / tried, traditional: traditional / tried };
}

function partOf(line: readonly string[], seed: number): readonly string[] {
  const length = 2 + numberAt(seed, 23, 7);
  const at = numberAt(seed, 24, Math.max(1, line.length - length + 1));
  return line.slice(at, at + length);
}

/** The day of the article narrows the list, so that all of it can be looked through. */
function finds(index: SearchIndex, part: string, article: Article): boolean {
  const day = article.date.slice(0, 10);
  const { pages } = searchIndex(index, {
    query: part,
    filters: { from: day, to: day },
    order: 'newest',
    limit: 10_000,
  });
  return pages.some(({ path }) => path === pathOf(article));
}

function countsAreExact(index: SearchIndex, articles: readonly Article[], count: number): number {
  const folded = articles.map(({ title, lines }) => [title, ...lines].map(fold).join('\n'));
  const queries = queriesFrom(articles, count);
  const equal = queries.filter((query) => {
    const wanted = fold(query);
    const naive = folded.filter((text) => text.includes(wanted)).length;
    return searchIndex(index, { query, order: 'newest' }).count === naive;
  });
  return equal.length / queries.length;
}

interface Times {
  readonly newest: Record<'ours' | 'sqlite' | 'postgres', number[]>;
  readonly ranked: Record<'ours' | 'sqlite' | 'postgres', number[]>;
  bytes: number;
}

/** Twenty queries at a time for each engine in turn, so that what the machine does besides falls on all. */
async function answerAll(file: string, sqlite: Built, postgres: Built, queries: readonly string[]): Promise<Times> {
  const none = (): Times['newest'] => ({ ours: [], sqlite: [], postgres: [] });
  const times: Times = { newest: none(), ranked: none(), bytes: 0 };
  const child = fork(join(import.meta.dirname, 'search', 'child.ts'), [file], {
    execArgv: ['--max-old-space-size=96', '--disable-warning=ExperimentalWarning'],
  });
  const ours = async (some: readonly string[], order: 'newest' | 'relevance'): Promise<number[]> => {
    child.send({ queries: some, order });
    const [told] = (await once(child, 'message')) as [{ times: number[]; bytes: number }];
    times.bytes = Math.max(times.bytes, told.bytes);
    return told.times;
  };
  await ours(queries.slice(0, 50), 'relevance');
  for (let from = 0; from < queries.length; from += 20) {
    const some = queries.slice(from, from + 20);
    for (const kind of ['newest', 'ranked'] as const) {
      times[kind].ours.push(...(await ours(some, kind === 'newest' ? 'newest' : 'relevance')));
      times[kind].sqlite.push(...(await timed(some, sqlite[kind])));
      times[kind].postgres.push(...(await timed(some, postgres[kind])));
    }
  }
  child.kill();
  await once(child, 'exit');
  return times;
}

async function timed(queries: readonly string[], answer: (word: string) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (const query of queries) {
    const start = performance.now();
    await answer(query);
    times.push(performance.now() - start);
  }
  return times;
}

function timesOf({ newest, ranked }: Times): Measure[] {
  const p = (name: string, samples: Times['newest'], share: number): Measure[] =>
    (['ours', 'sqlite', 'postgres'] as const).map((engine) => ({
      measure: `${name}, p${share * 100}, ${engine}`,
      value: quantile(samples[engine], share),
      unit: 'ms',
    }));
  return [
    ...p('newest 20 + count', newest, 0.5),
    ...p('newest 20 + count', newest, 0.99),
    atMost('newest 20 + count, p99 ÷ SQLite', quantile(newest.ours, 0.99) / quantile(newest.sqlite, 0.99), 3),
    ...p('ranked', ranked, 0.5),
    ...p('ranked', ranked, 0.99),
    atMost('ranked, p99 ÷ SQLite', quantile(ranked.ours, 0.99) / quantile(ranked.sqlite, 0.99), 1),
  ];
}
