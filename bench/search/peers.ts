import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { secondsOf } from '../measure.ts';
import { wordsOf, type Article } from './articles.ts';

/** An engine that answers one word: the newest twenty with their number, and the twenty it ranks first. */
export interface Engine {
  readonly newest: (word: string) => unknown;
  readonly ranked: (word: string) => unknown;
}

export interface Built extends Engine {
  /** How long it took; undefined where it was kept from an earlier run. */
  readonly seconds: number | undefined;
  readonly bytes: number;
  readonly close: () => Promise<void> | void;
}

/** Newest first is descending by number. */
const inOrder = (articles: readonly Article[]): readonly Article[] =>
  articles.toSorted((a, b) => (a.date === b.date ? a.at - b.at : a.date < b.date ? -1 : 1));

const asWords = ({ title, lines }: Article): readonly [string, string] => [
  wordsOf(title).join(' '),
  wordsOf(lines.join('\n')).join(' '),
];

/** FTS5 over segmented words. */
export async function sqliteWords(articles: readonly Article[], file: string): Promise<Built> {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768');
  const kept = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'words'").get() !== undefined;
  const seconds = kept
    ? undefined
    : await secondsOf(() => {
        fillWords(database, articles);
      });
  const count = database.prepare('SELECT count(*) AS count FROM words WHERE words MATCH ?');
  const newest = database.prepare('SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 20');
  const ranked = database.prepare('SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const pages = database
    .prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
    .get();
  return {
    seconds,
    bytes: (pages as { bytes: number }).bytes,
    newest: (word) => [count.get(`"${word}"`), newest.all(`"${word}"`)],
    ranked: (word) => ranked.all(`"${word}"`),
    close: () => {
      database.close();
    },
  };
}

/** In one transaction, with the table: what is there is whole. */
function fillWords(database: DatabaseSync, articles: readonly Article[]): void {
  database.exec("BEGIN; CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', tokenize = 'unicode61')");
  const put = database.prepare('INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)');
  for (const [at, article] of inOrder(articles).entries()) put.run(at + 1, ...asWords(article));
  database.exec("COMMIT; INSERT INTO words (words) VALUES ('optimize')");
}

/** PostgreSQL's tsvector over the same words, with a GIN index. */
export async function postgresWords(articles: readonly Article[], url: string): Promise<Built> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE bench_words (id int PRIMARY KEY, words tsvector NOT NULL)');
  const seconds = await secondsOf(async () => {
    const ordered = inOrder(articles);
    for (let from = 0; from < ordered.length; from += 1000) {
      const some = ordered.slice(from, from + 1000);
      await client.query(
        "INSERT INTO bench_words SELECT id, to_tsvector('simple', words) FROM unnest($1::int[], $2::text[]) AS t (id, words)",
        [some.map((_, at) => from + at + 1), some.map((article) => asWords(article).join(' '))],
      );
    }
    await client.query('CREATE INDEX ON bench_words USING gin (words)');
    await client.query('VACUUM ANALYZE bench_words');
  });
  const size = await client.query<{ bytes: string }>("SELECT pg_total_relation_size('bench_words') AS bytes");
  const asked = "words @@ plainto_tsquery('simple', $1)";
  return {
    seconds,
    bytes: Number(size.rows[0]?.bytes ?? 0),
    newest: async (word) => [
      await client.query(`SELECT count(*) FROM bench_words WHERE ${asked}`, [word]),
      await client.query(`SELECT id FROM bench_words WHERE ${asked} ORDER BY id DESC LIMIT 20`, [word]),
    ],
    ranked: (word) =>
      client.query(
        `SELECT id FROM bench_words WHERE ${asked} ORDER BY ts_rank(words, plainto_tsquery('simple', $1)) DESC LIMIT 20`,
        [word],
      ),
    close: async () => {
      await client.query('DROP TABLE bench_words');
      await client.end();
    },
  };
}
