import { createHash } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { byCharacters, type Folding } from './folding.ts';
import { gramText, markOf } from './grams.ts';
import { initialsOf } from './initials.ts';
import type { SearchPage } from './search-page.ts';

/** Changes whenever pages are folded, read or kept in another way: an older index is made anew. */
const indexVersion = '1';

/** A page as it is kept. Its text is not: that stands in the release. */
export interface IndexedPage {
  /** Grows with the date: the order of all lists. */
  readonly id: number;
  readonly path: string;
  /** SHA-256 of the page's bytes in the release it was read from. */
  readonly hash: string;
  readonly title: string;
  readonly folded: string;
  readonly initials: string;
  readonly date: string;
  readonly kind: string;
  readonly channel: string;
  readonly department: string;
  readonly validity: string;
}

/** A page and the bytes it was read from; without a page, nothing of it is to be found any more. */
export interface IndexChange {
  readonly path: string;
  readonly hash: string;
  readonly page: SearchPage | undefined;
}

export interface OpenIndexOptions {
  /** The index itself; others of the same beginning stand beside it. Made where it is missing. Without it, in memory. */
  readonly file?: string;
  /** Bytes of the index held in memory. Default 32 MiB. */
  readonly cacheBytes?: number;
  /** How its texts are compared; always the same for a file. Default by characters. */
  readonly folding?: Folding;
}

export interface SearchIndex {
  /** Takes up changes, and remembers `facts` (what it was made from) with them: all of it or, in a crash, nothing. */
  apply(changes: Iterable<IndexChange>, facts?: Readonly<Record<string, string>>): void;
  fact(name: string): string | undefined;
  count(): number;
  page(path: string): IndexedPage | undefined;
  /** Of all pages, in no particular order; the index may change meanwhile. */
  paths(): Generator<string>;
  /** Puts a part of the index in better order, after very many changes; false when that is done. */
  tidy(): boolean;
  readonly folding: Folding;
  /** For queries; see search.ts. */
  readonly database: DatabaseSync;
  close(): void;
}

const schema = `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE pages (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, digest TEXT NOT NULL, title TEXT NOT NULL,
    folded TEXT NOT NULL, initials TEXT NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL,
    department TEXT NOT NULL, validity TEXT NOT NULL
  );
  CREATE INDEX pages_folded ON pages (folded);
  CREATE INDEX pages_kind ON pages (kind);
  CREATE VIRTUAL TABLE grams USING fts5 (
    title, body, initials, marks, content = '', contentless_delete = 1, tokenize = 'ascii'
  );
`;

/**
 * Opens an index of pages: pairs of characters with their places, kept by SQLite's full-text engine, which pages them from
 * disk and takes changes in steps. One process writes it. What is no index of this version is begun anew.
 */
export function openIndex({
  file,
  cacheBytes = 32 * 1024 * 1024,
  folding = byCharacters,
}: OpenIndexOptions = {}): SearchIndex {
  const database = openDatabase(file);
  database.exec(
    `PRAGMA cache_size = ${-Math.ceil(cacheBytes / 1024)}; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY`,
  );
  const prepared = prepare(database);
  const { facts, setFact, pageAt } = prepared;
  let tidying = false;
  return {
    database,
    folding,
    apply(changes, remembered = {}) {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const change of changes) applyOne(change, prepared, folding);
        for (const [name, value] of Object.entries(remembered)) setFact.run(name, value);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    fact: (name) => (facts.get(name) as { value: string } | undefined)?.value,
    count: () => (database.prepare('SELECT count(*) AS count FROM pages').get() as { count: number }).count,
    page: (path) => pageAt.get(path) as unknown as IndexedPage | undefined,
    *paths() {
      const some = database.prepare('SELECT id, path FROM pages WHERE id > ? ORDER BY id LIMIT 1000');
      for (let rows = some.all(-1); rows.length > 0; rows = some.all(rows.at(-1)?.['id'] ?? null))
        for (const { path } of rows) yield path as string;
    },
    tidy() {
      const changes = (): number =>
        (database.prepare('SELECT total_changes() AS changes').get() as { changes: number }).changes;
      const before = changes();
      // A negative number begins to merge all there is; what it has begun, positive ones carry on.
      database.exec(`INSERT INTO grams (grams, rank) VALUES ('merge', ${tidying ? 500 : -500})`);
      tidying = changes() - before >= 2;
      return tidying;
    },
    close: () => {
      database.close();
    },
  };
}

/** Throws what SQLite throws for a file that cannot be opened or made. */
function openDatabase(file: string | undefined): DatabaseSync {
  const database = new DatabaseSync(file ?? ':memory:');
  // A crash of the process loses nothing; a power cut at most the last changes, which the release still tells.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  const version = (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
  if (version === Number(indexVersion)) return database;
  database.exec('DROP TABLE IF EXISTS facts; DROP TABLE IF EXISTS pages; DROP TABLE IF EXISTS grams');
  database.exec(`BEGIN; ${schema} PRAGMA user_version = ${indexVersion}; COMMIT`);
  return database;
}

interface Prepared {
  readonly facts: StatementSync;
  readonly setFact: StatementSync;
  readonly pageAt: StatementSync;
  readonly digestAt: StatementSync;
  readonly idTaken: StatementSync;
  readonly setHash: StatementSync;
  readonly putPage: StatementSync;
  readonly dropPage: StatementSync;
  readonly putGrams: StatementSync;
  readonly dropGrams: StatementSync;
}

function prepare(database: DatabaseSync): Prepared {
  return {
    facts: database.prepare('SELECT value FROM facts WHERE name = ?'),
    setFact: database.prepare('INSERT OR REPLACE INTO facts VALUES (?, ?)'),
    pageAt: database.prepare(
      'SELECT id, path, hash, title, folded, initials, date, kind, channel, department, validity FROM pages WHERE path = ?',
    ),
    digestAt: database.prepare('SELECT id, digest FROM pages WHERE path = ?'),
    idTaken: database.prepare('SELECT 1 FROM pages WHERE id = ?'),
    setHash: database.prepare('UPDATE pages SET hash = ? WHERE id = ?'),
    putPage: database.prepare('INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    dropPage: database.prepare('DELETE FROM pages WHERE id = ?'),
    putGrams: database.prepare('INSERT INTO grams (rowid, title, body, initials, marks) VALUES (?, ?, ?, ?, ?)'),
    dropGrams: database.prepare('DELETE FROM grams WHERE rowid = ?'),
  };
}

function applyOne({ path, hash, page }: IndexChange, to: Prepared, { fold, words }: Folding): void {
  const known = to.digestAt.get(path) as { id: number; digest: string } | undefined;
  const digest = page && digestOf(page);
  if (known && known.digest === digest) {
    to.setHash.run(hash, known.id);
    return;
  }
  if (known) {
    to.dropGrams.run(known.id);
    to.dropPage.run(known.id);
  }
  if (!page || digest === undefined) return;
  const id = freeId(page, to.idTaken);
  const { title, date, kind, channel, department, validity } = page;
  const folded = fold(title);
  const initials = words ? '' : initialsOf(title);
  to.putPage.run(id, path, hash, digest, title, folded, initials, date, kind, channel, department, validity);
  const lines = page.lines.map(fold);
  to.putGrams.run(
    id,
    gramText([folded]),
    gramText(lines.filter((line) => line !== folded)),
    gramText([initials]),
    marksOf(page, folded),
  );
}

/** What stands on a page and all that is known of it, but not the bytes round it. */
function digestOf(page: SearchPage): string {
  return createHash('sha256').update(JSON.stringify(page)).digest('base64');
}

/** Words that filters ask for, and the single characters of the title. */
function marksOf({ kind, channel, department, validity }: SearchPage, folded: string): string {
  const marks = [markOf('k', kind), markOf('d', department), markOf('v', validity)];
  // /news/local/ stands in /news/ too.
  for (let at = channel.indexOf('/', 1); at >= 0; at = channel.indexOf('/', at + 1))
    marks.push(markOf('c', channel.slice(0, at + 1)));
  for (const character of new Set(folded)) marks.push(markOf('s', character));
  return marks.join(' ');
}

const slots = 2 ** 20;
const firstMinute = Date.UTC(1900, 0, 1) / 60_000;

/** The first id a page of that minute may have: ids go by date. Those without a date come before all others. */
export function idOfDate(date: string): number {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d))?/.exec(date) ?? [];
  if (year === undefined) return 0;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0));
  return Math.max(1, time / 60_000 - firstMinute) * slots;
}

/** Within a minute the order hangs on the path alone, unless two of a million places fall together. */
function freeId({ path, date }: SearchPage, taken: StatementSync): number {
  const first = idOfDate(date);
  const wanted = createHash('sha256').update(path).digest().readUInt32BE(0) % slots;
  for (let step = 0; step < slots; step++) {
    const id = first + ((wanted + step) % slots);
    if (id > 0 && !taken.get(id)) return id;
  }
  throw new RangeError(`too many pages of one minute: ${date}`);
}
