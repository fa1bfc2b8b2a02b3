/** The work of one thread: mends and reads one page at a time. */
export { readJob as default } from './read-job.ts';
