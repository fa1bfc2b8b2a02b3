import { workerData } from 'node:worker_threads';
import { indexWork, type IndexWork } from './build-index.ts';

await indexWork(workerData as IndexWork);
