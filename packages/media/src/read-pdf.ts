import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FileWords } from './read-words.ts';

export interface PdfOrder {
  /** Pages that are read. */
  readonly pages: number;
  /** Characters after which no further page is begun. */
  readonly characters: number;
  /** Bytes the process may have in memory, whatever for. */
  readonly memory: number;
}

export interface PdfLimits extends PdfOrder {
  /** Milliseconds until a file that does not come to an end is given up. */
  readonly patience: number;
}

export const pdfLimits: PdfLimits = {
  pages: 500,
  characters: 4_000_000,
  memory: 768 * 1024 * 1024,
  patience: 10_000,
};

const nothing: FileWords = { lines: [], complete: false };

/** One file at a time: each may take as much memory as it is allowed. */
let last: Promise<unknown> = Promise.resolve();

/**
 * The words of a PDF, page by page, with its notes, filled-in fields and properties. What cannot be read, needs a password or goes
 * beyond a limit is not complete; never throws.
 */
export function readPdf(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): Promise<FileWords> {
  const next = last.then(() => inChild(bytes, { ...pdfLimits, ...limits }));
  last = next;
  return next;
}

const program = fileURLToPath(new URL('./pdf-child.ts', import.meta.url));
/** It reads its own program and nothing else: it writes no file, starts nothing and loads nothing that is native. */
const bounds = ['--permission', '--allow-fs-read=*', '--allow-worker', '--max-old-space-size=512'];

function inChild(bytes: Uint8Array, { patience, ...order }: PdfLimits): Promise<FileWords> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...bounds, program, JSON.stringify(order)], {
      // Nothing of ours; Windows cannot start a program without the one.
      env: process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] } : {},
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: patience,
      killSignal: 'SIGKILL',
    });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    // It may be gone before it has taken everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
    child.on('error', () => {
      resolve(nothing);
    });
    child.on('close', () => {
      resolve(reportOf(Buffer.concat(said).toString('utf8')));
    });
  });
}

function reportOf(text: string): FileWords {
  try {
    return JSON.parse(text) as FileWords;
  } catch {
    return nothing;
  }
}
