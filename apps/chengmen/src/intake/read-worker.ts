/** The work of one thread: mends and reads one page at a time, decodes a text, unpacks a sheet. */
import { setPriority } from 'node:os';
import type { Cells } from './cell-text.ts';
import { meansDone, plainMeans, type MeansDone } from './source-means.ts';

export { readJob as default } from './read-job.ts';

const behindOthers = 5;

// Nobody waits for one page of thousands: whoever asks the desk or the portal goes before. Linux knows priorities of single threads.
if (process.platform === 'linux') setPriority(behindOthers);

export const text = ({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<MeansDone<string>> =>
  meansDone(plainMeans.text(name, bytes));

export const sheet = ({ file, sheet: named }: { file: string; sheet?: string }): Promise<MeansDone<readonly Cells[]>> =>
  meansDone(plainMeans.sheet(file, named));
