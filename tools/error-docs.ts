import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../packages/model/src/error-catalogue.ts';
import type { CatalogueEntry } from '../packages/model/src/errors.ts';
import { root, rooms } from './rooms.ts';

export const errorDocsFile = join(root, 'docs', 'errors.md');

/** The page of `docs/errors.md`, made from the catalogue. */
export function errorDocs(): string {
  const rows = Object.entries(catalogue)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, entry]: [string, CatalogueEntry]) =>
        `## \`${code}\` (${entry.status})\n\n${entry.zh}\n${entry.en}\n\n${entry.todo.zh}\n${entry.todo.en}\n`,
    );
  return `# 错误目录 · Error catalogue\n\nMade by \`node tools/check.ts --write\` from \`packages/model/src/error-catalogue.ts\`. Codes are permanent. The number is the HTTP status where the error reaches a browser.\n\n${rows.join('\n')}`;
}

/** What is wrong with the catalogue: codes that nothing throws, and a page that is out of date. */
export function errorProblems(): string[] {
  const code = rooms()
    .flatMap((room) => room.files)
    .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('error-catalogue.ts'))
    // Read by any Node before the rest can run, so it is plain JavaScript and says its error itself.
    .concat('apps/chengmen/bin/chengmen.js')
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const unused = Object.keys(catalogue).filter((name) => !code.includes(`'${name}'`) && !code.includes(`${name}:`));
  const page = readOr(errorDocsFile);
  return [
    ...unused.map((name) => `error-catalogue.ts: nothing throws “${name}”`),
    ...(page === errorDocs() ? [] : ['docs/errors.md is out of date: run node tools/check.ts --write']),
  ];
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
