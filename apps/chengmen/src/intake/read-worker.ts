/** The work of one thread: mends and reads one page at a time, decodes a text, unpacks a sheet. */
import { serialize } from 'node:v8';
import type { Cells } from './cell-text.ts';
import { readJob, type ReadJob } from './read-job.ts';
import { rememberedMend } from './remembered-mend.ts';
import { meansDone, plainMeans, type MeansDone } from './source-means.ts';

export { readJob as default } from './read-job.ts';

/** A `ReadDone` as V8 writes it down: whoever keeps it knows how many bytes it keeps. */
export const look = (job: ReadJob): Uint8Array => serialize(readJob(job, { mender: rememberedMend }));

export const text = ({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<MeansDone<string>> =>
  meansDone(plainMeans.text(name, bytes));

export const sheet = ({ file, sheet: named }: { file: string; sheet?: string }): Promise<MeansDone<readonly Cells[]>> =>
  meansDone(plainMeans.sheet(file, named));
