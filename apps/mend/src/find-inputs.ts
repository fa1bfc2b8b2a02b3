import { statSync } from 'node:fs';
import { ChengmenError } from '@chengmen/model';
import { glob, isDynamicPattern } from 'tinyglobby';

/** Pages in a folder are known by these endings. */
export const pageEndings = ['htm', 'html', 'shtml', 'xhtml', 'txt', 'php', 'asp', 'aspx', 'jsp'] as const;

/** Standard input. */
export const standardInput = '-';

/**
 * Files for operands: a file is itself, a folder all pages in it, a pattern what it matches, in the order given and sorted
 * within. Throws `file-unreadable` for a name that is none of them, `arguments-invalid` for a pattern that matches nothing.
 */
export async function findInputs(operands: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const operand of operands) found.push(...(operand === standardInput ? [operand] : await filesOf(operand)));
  return [...new Set(found)];
}

async function filesOf(operand: string): Promise<string[]> {
  const stat = statSync(operand, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) {
    const names = await glob(`**/*.{${pageEndings.join(',')}}`, { cwd: operand, caseSensitiveMatch: false, dot: true });
    return names.sort().map((name) => `${operand.replace(/\/$/, '')}/${name}`);
  }
  if (stat !== undefined || !isDynamicPattern(operand)) return [operand];
  const names = await glob(operand, { dot: true, absolute: operand.startsWith('/') });
  if (names.length === 0)
    throw new ChengmenError('arguments-invalid', { problem: `${operand}：没有匹配的文件 (matches no file)` });
  return names.sort();
}
