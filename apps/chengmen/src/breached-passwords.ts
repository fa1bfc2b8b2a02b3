import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ChengmenError } from '@chengmen/model';

const longestLine = 80;

/**
 * Tells passwords that stand in a list of leaked ones: SHA-1 in hexadecimal, one a line, sorted, a `:count` behind it or not,
 * as Have I Been Pwned hands them out. Asked by halves, so that its 40 GB cost no memory. Throws `file-unreadable`.
 */
export function breachedPasswords(file: string): (password: string) => boolean {
  const descriptor = open(file);
  const { size } = fstatSync(descriptor);
  closeSync(descriptor);
  return (password) => {
    const wanted = createHash('sha1').update(password).digest('hex').toUpperCase();
    const opened = open(file);
    try {
      return stands(opened, size, wanted);
    } finally {
      closeSync(opened);
    }
  };
}

function stands(descriptor: number, size: number, wanted: string): boolean {
  // The wanted line, if any, begins in [low, high).
  let [low, high] = [0, size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = lineFrom(descriptor, middle);
    if (line === undefined || line.at >= high) {
      high = middle;
      continue;
    }
    const hash = line.text.slice(0, 40).toUpperCase();
    if (hash === wanted) return true;
    if (hash < wanted) low = line.at + 1;
    else high = middle;
  }
  return false;
}

/** The first line that begins at or after a place. */
function lineFrom(descriptor: number, place: number): { at: number; text: string } | undefined {
  const from = Math.max(0, place - 1);
  const buffer = Buffer.alloc(2 * longestLine);
  const part = buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, from)).toString('latin1');
  const begins = place === 0 ? 0 : part.indexOf('\n') + 1;
  if (place > 0 && begins === 0) return undefined;
  const text = part.slice(begins).split(/\r?\n/)[0] ?? '';
  return text === '' ? undefined : { at: from + begins, text };
}

function open(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('file-unreadable', { file, problem }, { cause: error });
  }
}
