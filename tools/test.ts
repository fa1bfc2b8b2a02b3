/**
 * `npm test [FILE…]`: every test of the house, with a real PostgreSQL beside the embedded one where there is one,
 * and a real browser. Says plainly what it skipped; ends with `N passed, N failed, N skipped`.
 */
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { buildVersitygw } from '../packages/seal/src/testing/start-object-store.ts';
import { root } from './rooms.ts';
import { findBrowser } from './support/find-browser.ts';
import { startPostgres } from './support/start-postgres.ts';

const started = performance.now();
const notes: string[] = [];

// Some hundred processes load the same modules: what one has made of their text, the next need not.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules', '.cache', 'compile');

// What is the same for many tests is made by the first that needs it, of this run's code, and copied by the others.
const shared = mkdtempSync(join(tmpdir(), 'chengmen-test-run-'));
process.env['CHENGMEN_TEST_SHARED'] = shared;
process.on('exit', () => {
  rmSync(shared, { recursive: true, force: true });
});

const browser = await findBrowser();
if ('path' in browser) process.env['CHENGMEN_TEST_BROWSER'] = browser.path;
else notes.push(`skipped: the browser tests (${browser.reason})`);

const postgres = await startPostgres();
if ('url' in postgres) process.env['CHENGMEN_TEST_DATABASE_URL'] = postgres.url;
else notes.push(`skipped: the database suite on PostgreSQL (${postgres.reason})`);

// Built before the tests that start it, so that none of them waits for the compiler.
const objectStore = buildVersitygw();
if ('reason' in objectStore) notes.push(`skipped: the tests on an S3 server (${objectStore.reason})`);

if (!process.env['CHENGMEN_CORPUS'])
  notes.push('skipped: the tests over the larger data sets (CHENGMEN_CORPUS is not set)');

const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : globSync(['packages/**/*.test.ts', 'apps/**/*.test.ts', 'tools/**/*.test.ts', 'tests/**/*.test.ts'], {
        cwd: root,
        exclude: ['**/node_modules/**'],
      }).sort(wholeHouseFirst);

let passed = 0;
let failed = 0;
let skipped = 0;
const failures: string[] = [];
const durations: { readonly file: string; readonly seconds: number }[] = [];
// A database of one test lives for seconds: to optimise its engine costs a quarter more than it saves.
const stream = run({ files, cwd: root, concurrency: 2, timeout: 480_000, execArgv: ['--liftoff-only'] });
stream.on('test:pass', ({ details, skip, name }) => {
  if (details.type === 'suite' || isFile(name)) return;
  if (skip === undefined) passed++;
  else skipped++;
});
stream.on('test:fail', ({ details, name, file }) => {
  if (details.type === 'suite') return;
  failed++;
  failures.push(`${file ?? ''}: ${name}`);
});
stream.on('test:summary', ({ file, duration_ms }) => {
  if (file !== undefined) durations.push({ file, seconds: duration_ms / 1000 });
});
stream.compose(spec).pipe(process.stdout, { end: false });
await new Promise((resolve) => stream.on('end', resolve));
if ('stop' in postgres) await postgres.stop();

console.log(
  `\n${files.length} files in ${((performance.now() - started) / 1000).toFixed(0)} s; browser: ${'path' in browser ? browser.path : 'none'}; PostgreSQL: ${'url' in postgres ? postgres.version : 'none'}`,
);
if (durations.length > 20) console.log(`slowest: ${slowest(10)}`);
for (const note of notes) console.log(note);
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

function isFile(name: string): boolean {
  return name.endsWith('.test.ts');
}

/** Those of the whole house take longest: begun last, one of them would keep a single core busy at the end. */
function wholeHouseFirst(one: string, two: string): number {
  const rank = (file: string): number => (file.startsWith('tests') ? 0 : 1);
  return rank(one) - rank(two) || (one < two ? -1 : 1);
}

function slowest(count: number): string {
  const sorted = durations.toSorted((one, two) => two.seconds - one.seconds).slice(0, count);
  return sorted.map(({ file, seconds }) => `${relative(root, file)} ${seconds.toFixed(0)} s`).join(', ');
}
