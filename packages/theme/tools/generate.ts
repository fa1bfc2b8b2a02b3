/** `node packages/theme/tools/generate.ts`: styles and scripts as a module, with the hash of everything pages are made by. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sha256 } from '@chengmen/model';
import { format, resolveConfig } from 'prettier';

const room = join(import.meta.dirname, '..');
export const generatedFile = join(room, 'src/generated/assets.ts');

/** The text `src/generated/assets.ts` must have. */
export async function generatedText(): Promise<string> {
  const style = globSync('src/styles/*.css', { cwd: room }).sort().map(read).map(compactCss).join('');
  const text = `// Made by tools/generate.ts from src/styles and src/browser; do not edit.

/** All styles but the colours. */
export const styles = ${JSON.stringify(style)};

export const scripts = {
  early: ${JSON.stringify(compactScript(read('src/browser/early.js')))},
  site: ${JSON.stringify(compactScript(read('src/browser/site.js')))},
} as const;

/** SHA-256 over every template, style and script. */
export const sourcesHash = '${sourcesHash()}';
`;
  return await format(text, { ...(await resolveConfig(generatedFile)), filepath: generatedFile });
}

function read(file: string): string {
  return readFileSync(join(room, file), 'utf8');
}

function sourcesHash(): string {
  const files = globSync('src/**/*.{ts,css,js}', { cwd: room }).filter(
    (file) => !file.endsWith('.test.ts') && join(room, file) !== generatedFile,
  );
  const lines = files
    .map((file) => relative(room, join(room, file)).replaceAll('\\', '/'))
    .sort()
    .map((file) => `${file} ${sha256(read(file))}\n`);
  return sha256(lines.join(''));
}

/** Without comments and the white space nobody needs. Strings of our styles hold no comment signs and no runs of spaces. */
function compactCss(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s*([{};,>])\s*/g, '$1')
    .replace(/:\s+/g, ':')
    .replace(/;\}/g, '}')
    .trim();
}

/** Without comment lines and indentation; the scripts hold no template strings over several lines. */
function compactScript(script: string): string {
  return script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//') && !line.startsWith('/*') && !line.startsWith('*'))
    .join('\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(generatedFile, await generatedText());
