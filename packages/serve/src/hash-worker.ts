import { workerData } from 'node:worker_threads';
import { hashPacks, type PackWork } from './hash-packs.ts';

hashPacks(workerData as PackWork);
