/** `npm run check`: format, lint, types, layers, error catalogue. `--write` makes what is generated anew. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessibilityProblems } from './accessibility-record.ts';
import { errorDocs, errorDocsFile, errorProblems } from './error-docs.ts';
import { layerProblems } from './layers.ts';
import { root } from './rooms.ts';
import { styleGuideDocs, styleGuideFile, styleGuideProblems } from './style-guide-docs.ts';

interface Result {
  readonly name: string;
  readonly problems: string;
  readonly seconds: number;
}

const bin = (path: string): string => join(root, 'node_modules', path);

if (process.argv.includes('--write')) {
  writeFileSync(errorDocsFile, errorDocs());
  writeFileSync(styleGuideFile, styleGuideDocs());
}

const results = await Promise.all([
  program('format', [
    bin('prettier/bin/prettier.cjs'),
    '--check',
    '--cache',
    '--cache-location',
    '.cache/prettier',
    '--log-level',
    'warn',
    '.',
  ]),
  program('lint', [bin('eslint/bin/eslint.js'), '--cache', '--cache-location', '.cache/eslint', '.']),
  program('types', [bin('ts7/bin/tsc'), '-p', '.']),
  program('browser', [bin('ts7/bin/tsc'), '-p', 'apps/desk-web/src/browser']),
  inside('layers', layerProblems),
  inside('errors', errorProblems),
  inside('guide', styleGuideProblems),
  inside('wcag', accessibilityProblems),
]);

for (const { name, problems, seconds } of results) {
  console.log(`${problems ? '✗' : '✓'} ${name.padEnd(8)} ${seconds.toFixed(1)} s`);
  if (problems) console.log(problems);
}
process.exitCode = results.some(({ problems }) => problems) ? 1 : 0;

function program(name: string, args: string[]): Promise<Result> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    child.on('close', (code) => {
      resolve({
        name,
        problems: code === 0 ? '' : output || `exit code ${code}`,
        seconds: (performance.now() - start) / 1000,
      });
    });
  });
}

function inside(name: string, problems: () => string[]): Promise<Result> {
  const start = performance.now();
  const found = problems().join('\n');
  return Promise.resolve({ name, problems: found, seconds: (performance.now() - start) / 1000 });
}
