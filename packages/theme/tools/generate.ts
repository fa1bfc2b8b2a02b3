/** `node packages/theme/tools/generate.ts`: styles and scripts as a module, with the hash of everything pages are made by. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@chengmen/model';
import { format, resolveConfig } from 'prettier';

const room = join(import.meta.dirname, '..');
export const generatedFile = join(room, 'src/generated/assets.ts');

/** The text `src/generated/assets.ts` must have. */
export async function generatedText(): Promise<string> {
  const style = globSync('src/styles/*.css', { cwd: room }).sort().map(read).map(compactCss).join('');
  const text = `// Made by tools/generate.ts from src/styles and src/browser; do not edit.
import type { Hash } from '@chengmen/model';

/** All styles but the colours. */
export const styles = ${JSON.stringify(style)};

export const scripts = {
  early: ${JSON.stringify(compactScript(read('src/browser/early.js')))},
  site: ${JSON.stringify(compactScript(read('src/browser/site.js')))},
  reader: ${JSON.stringify(compactScript(read('src/browser/reader.js')))},
} as const;

/** SHA-256 over every template, style and script, and over all they are printed with. */
export const sourcesHash: Hash = '${sourcesHash()}';
`;
  return await format(text, { ...(await resolveConfig(generatedFile)), filepath: generatedFile });
}

function read(file: string): string {
  return readFileSync(join(room, file), 'utf8');
}

/** This room and the rooms its pages are printed with: a change in any of them may change the bytes of a page. */
const rooms = ['theme', 'html', 'calendar', 'chinese'];

function sourcesHash(): string {
  const files = rooms
    .flatMap((name) => globSync(`${name}/src/**/*.{ts,css,js}`, { cwd: join(room, '..') }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.endsWith('.test.ts') && file !== 'theme/src/generated/assets.ts')
    .sort()
    .map((file) => `${file} ${sha256(readFileSync(join(room, '..', file)))}\n`);
  // Libraries that draw and convert have no sources here; their versions stand for them.
  return sha256([...files, read('package.json'), read('../chinese/package.json')].join(''));
}

/** Without comments and the white space nobody needs. Strings of our styles hold no comment signs; quoted ones stay as they are. */
function compactCss(css: string): string {
  return css
    .split(/("data:[^"]*")/)
    .map((part, at) => (at % 2 === 1 ? part : compactPart(part)))
    .join('');
}

function compactPart(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s*([{};,>])\s*/g, '$1')
    .replace(/:\s+/g, ':')
    .replace(/;\}/g, '}')
    .replace(/^ | $/g, '');
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
