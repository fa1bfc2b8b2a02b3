import type { SiblingFurniture } from '@chengmen/mend';
import { Tinypool } from 'tinypool';
import { mendJob, type MendDone, type MendJob } from './mend-job.ts';

const siblings = Tinypool.workerData as SiblingFurniture | undefined;

/** The work of one thread: mends one input at a time. What siblings say came with the thread, once for all inputs. */
export default function work(job: MendJob): MendDone {
  return mendJob({ ...job, siblings });
}
