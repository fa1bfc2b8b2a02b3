/** The work of the thread for those who look at a page. */
import { serialize } from 'node:v8';
import { readJob, type ReadJob } from './read-job.ts';
import { rememberedMend } from './remembered-mend.ts';

/** A `ReadDone` as V8 writes it down: whoever keeps it knows how many bytes it keeps. */
export default function look(job: ReadJob): Uint8Array {
  return serialize(readJob(job, { mender: rememberedMend }));
}
