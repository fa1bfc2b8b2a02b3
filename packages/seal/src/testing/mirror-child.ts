/** Mirrors a folder and ends by SIGKILL before its n-th write; ends by itself where there are fewer. Run by mirror.test.ts. */
import { createMirror, DirectoryStore, S3Store, storeSource, type WriteStore } from '../index.ts';
import type { S3StoreOptions } from '../s3-store.ts';

interface Job {
  readonly from: string;
  /** A folder or a bucket. */
  readonly to: string | S3StoreOptions;
  readonly key: string;
  readonly writes: number;
}

const { from, to, key, writes } = JSON.parse(process.argv[2] ?? '') as Job;
const store: WriteStore = typeof to === 'string' ? new DirectoryStore(to) : new S3Store(to);
let left = writes;
const dying = new Proxy(store, {
  get(target, name: 'put' | 'replace' | 'remove' | 'sync') {
    const method = target[name] as unknown;
    if (typeof method !== 'function') return method;
    return (...given: unknown[]) => {
      if (['put', 'replace', 'remove', 'sync'].includes(name) && left-- === 0) process.kill(process.pid, 'SIGKILL');
      return (method as (...all: unknown[]) => unknown).apply(target, given);
    };
  },
});
await createMirror({ from: storeSource(new DirectoryStore(from)), to: dying, key }).pull();
