import { availableParallelism } from 'node:os';

/** A run announces so many pages before it asks for the first: they are mended while one is taken in. */
export const announcedAhead = 2 * availableParallelism();
