/**
 * `npm run accessibility`: runs the tests that docs/wcag.md names for each criterion, and writes down what they found for the
 * accessibility statement, which a person signs at the desk. Needs a browser: what was skipped is not known.
 * Exit codes: 0 written; 1 written, and a test failed; 2 not written.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import type { AccessibilityFact, AccessibilityRecord } from '@chengmen/model';
import { accessibilityRecord } from '@chengmen/theme';
import { format, resolveConfig } from 'prettier';
import { root } from './rooms.ts';
import { findBrowser } from './support/find-browser.ts';

export interface Criterion extends Omit<AccessibilityFact, 'result'> {
  /** Test files, relative to the root; all of them must pass. */
  readonly tests: readonly string[];
  /** What is known where there are no tests. */
  readonly otherwise: Exclude<AccessibilityFact['result'], 'passed' | 'failed'>;
}

/** WCAG 2.2, level AA; the others of the table are level A. */
const levelAA = new Set(
  '1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3'.split(
    ' ',
  ),
);
const browserTests = 'packages/theme/src/in-browser.test.ts';
/** Words of the table for tests that it does not name by their file. */
const testsBehind: readonly (readonly [RegExp, string])[] = [
  [/^(?:axe|浏览器)/, browserTests],
  [/^验证/, 'packages/theme/src/valid-html.test.ts'],
  [/^检索的测试/, 'apps/portal/src/search-route.test.ts'],
];

/** The criteria of a table like that of docs/wcag.md, with what it says about how each is tested. */
export function criteriaOf(table: string): readonly Criterion[] {
  return [...table.matchAll(/^\| (\d\.\d\.\d{1,2}) +\|(.+)\|$/gm)].map(([, criterion = '', row = '']): Criterion => {
    const [name = '', , tested = ''] = row.split('|').map((cell) => cell.trim());
    const [, zh = name, en = name] = /^(\S+) (.+)$/.exec(name) ?? [];
    const parts = tested.split('；').map((part) => part.trim());
    const isLeft = (part: string): boolean => part.includes('人工') || part.startsWith('看图');
    const left = parts.filter(isLeft).map((part) => part.replace(/[：:]?人工$/, '') || '整条');
    const tests = parts.filter((part) => !isLeft(part)).flatMap(testsIn);
    const absent = parts.some((part) => /^无(?:此|其他)/.test(part));
    const onlyPerson = parts.every(isLeft);
    return {
      ...{ criterion, level: levelAA.has(criterion) ? 'AA' : 'A', zh, en },
      ...(left.length > 0 && !(onlyPerson && left.join() === '整条') ? { left: left.join('；') } : {}),
      tests: [...new Set(tests)],
      otherwise: absent ? 'absent' : onlyPerson ? 'person' : 'by-design',
    };
  });
}

function testsIn(part: string): string[] {
  const behind = testsBehind.flatMap(([sign, file]) => (sign.test(part) ? [file] : []));
  const named = [...part.matchAll(/`([\w-]+\.test\.ts)`/g)].flatMap(([, file]) => {
    const found = globSync(`packages/theme/src/**/${file}`, { cwd: root });
    if (found.length !== 1) throw new Error(`docs/wcag.md: ${file}?`);
    return found;
  });
  return [...behind, ...named];
}

const tableFile = join(root, 'docs/wcag.md');
const recordFile = join(root, 'packages/theme/src/generated/accessibility-record.ts');

/** For `npm run check`: the record is of the criteria that the table has now. */
export function accessibilityProblems(): string[] {
  const written = criteriaOf(readFileSync(tableFile, 'utf8')).map(({ criterion, level, zh, en, left = '' }) =>
    [criterion, level, zh, en, left].join(' '),
  );
  const recorded = accessibilityRecord.facts.map(({ criterion, level, zh, en, left = '' }) =>
    [criterion, level, zh, en, left].join(' '),
  );
  return written.join('\n') === recorded.join('\n')
    ? []
    : ['docs/wcag.md: says something else than the record; run npm run accessibility'];
}

async function main(): Promise<number> {
  const browser = await findBrowser();
  if (!('path' in browser)) {
    console.error(`not written: ${browser.reason}`);
    return 2;
  }
  process.env['CHENGMEN_TEST_BROWSER'] = browser.path;
  const criteria = criteriaOf(readFileSync(tableFile, 'utf8'));
  const files = [...new Set(criteria.flatMap(({ tests }) => tests))].sort();
  const { passed, bad } = await runTests(files);
  const facts = criteria.map(({ tests, otherwise, ...told }): AccessibilityFact => {
    const failed = tests.some((file) => bad.has(file));
    return { ...told, result: tests.length === 0 ? otherwise : failed ? 'failed' : 'passed' };
  });
  const same = JSON.stringify(facts) === JSON.stringify(accessibilityRecord.facts);
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
  await writeRecord({ checkedOn: today, tests: passed, facts });
  console.log(`${passed} tests passed; ${bad.size} files failed; ${same ? 'as before' : 'other than before'}`);
  return bad.size > 0 ? 1 : 0;
}

async function runTests(files: readonly string[]): Promise<{ passed: number; bad: ReadonlySet<string> }> {
  let passed = 0;
  const bad = new Set<string>();
  const stream = run({ files: [...files], cwd: root, concurrency: 1, timeout: 480_000 });
  const fileOf = (file: string | undefined): string => files.find((one) => file?.endsWith(one) === true) ?? '?';
  stream.on('test:pass', ({ details, skip, name, file }) => {
    if (details.type === 'suite' || name.endsWith('.test.ts')) return;
    if (skip === undefined) passed++;
    else bad.add(fileOf(file));
  });
  stream.on('test:fail', ({ file, name }) => {
    console.error(`failed: ${file ?? ''}: ${name}`);
    bad.add(fileOf(file));
  });
  stream.resume();
  await new Promise((resolve) => stream.on('end', resolve));
  return { passed, bad };
}

async function writeRecord(record: AccessibilityRecord): Promise<void> {
  const text = `// Made by tools/accessibility-record.ts from docs/wcag.md and the tests it names; do not edit.
import type { AccessibilityRecord } from '@chengmen/model';

export const accessibilityRecord: AccessibilityRecord = ${JSON.stringify(record)};
`;
  writeFileSync(recordFile, await format(text, { ...(await resolveConfig(recordFile)), filepath: recordFile }));
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main();
