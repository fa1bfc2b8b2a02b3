import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChengmenError, type PictureArea, type PictureForm } from '@chengmen/model';
import type { PictureSource } from './sniff-file.ts';

export interface PictureOrder {
  readonly file: string;
  readonly source: PictureSource;
  /** An empty folder for what is made. */
  readonly folder: string;
  /** Most pixels that are decoded. */
  readonly pixels: number;
  /** What is drawn of it; all where it is not given. */
  readonly area?: PictureArea | undefined;
}

export interface MadeForm extends Omit<PictureForm, 'hash'> {
  readonly name: string;
}

export type PictureReport =
  | { readonly outcome: 'made'; readonly whole: MadeForm; readonly forms: readonly MadeForm[]; readonly madeBy: string }
  | { readonly outcome: 'too-large' }
  | { readonly outcome: 'moves' }
  | { readonly outcome: 'unreadable'; readonly problem: string };

export interface MadePicture {
  /** For browsers that know nothing newer, and for those who link to the picture. */
  readonly whole: PictureForm;
  /** Narrow to wide. */
  readonly forms: readonly PictureForm[];
  readonly madeBy: string;
}

export interface MakeForms extends Omit<PictureOrder, 'folder'> {
  readonly name: string;
  /** Milliseconds until a picture that does not come to an end is given up. */
  readonly patience: number;
  readonly put: (bytes: Uint8Array) => Promise<string>;
}

/** One picture at a time: each may take as much memory as its pixels need. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Draws a picture anew in the sizes pages need: upright, in sRGB, without anything its camera or editor wrote beside it.
 * The same bytes give the same forms as long as `madeBy` is the same.
 * Throws `picture-unreadable`, `picture-too-large`, `picture-moves`.
 */
export function makeForms(options: MakeForms): Promise<MadePicture> {
  const next = last.then(() => makeNow(options));
  last = next.catch(() => undefined);
  return next;
}

async function makeNow({ file, source, pixels, area, name, patience, put }: MakeForms): Promise<MadePicture> {
  const folder = await mkdtemp(join(dirname(file), 'forms-'));
  const keep = async ({ name: made, ...form }: MadeForm): Promise<PictureForm> => ({
    ...form,
    hash: await put(await readFile(join(folder, made))),
  });
  try {
    const report = await inChild({ file, source, folder, pixels, area }, patience);
    if (report.outcome === 'moves') throw new ChengmenError('picture-moves', { name });
    if (report.outcome === 'too-large')
      throw new ChengmenError('picture-too-large', { name, limit: Math.floor(pixels / 1_000_000) });
    if (report.outcome === 'unreadable')
      throw new ChengmenError('picture-unreadable', { name, problem: report.problem });
    const forms: PictureForm[] = [];
    for (const form of report.forms) forms.push(await keep(form));
    return { whole: await keep(report.whole), forms, madeBy: report.madeBy };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const program = fileURLToPath(new URL('./picture-child.ts', import.meta.url));

function inChild(order: PictureOrder, patience: number): Promise<PictureReport> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, JSON.stringify(order)], {
      // Nothing of ours; Windows cannot start a program without the one.
      env: process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] } : {},
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: patience,
      killSignal: 'SIGKILL',
    });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.on('error', ({ message }) => {
      resolve({ outcome: 'unreadable', problem: message });
    });
    child.on('close', (_code, signal) => {
      resolve(reportOf(Buffer.concat(said).toString('utf8'), signal));
    });
  });
}

function reportOf(text: string, signal: NodeJS.Signals | null): PictureReport {
  try {
    return JSON.parse(text) as PictureReport;
  } catch {
    const why = signal === null ? '' : ` (${signal})`;
    return { outcome: 'unreadable', problem: `解码程序没有完成 (the decoder did not come to an end)${why}` };
  }
}
