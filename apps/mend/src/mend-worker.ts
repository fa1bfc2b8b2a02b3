/** The work of one thread: mends one input at a time. */
export { mendJob as default } from './mend-job.ts';
