import type { Kind } from '../desk-api.ts';
import { base } from './base.ts';
import type { Values } from './values.ts';

/** What was typed, as this browser keeps it: beside the desk's copy, for when the desk cannot be reached. */
export interface Entry {
  readonly account: string;
  readonly item: string;
  readonly kind: Kind;
  /** The revision that was being changed; empty for none. */
  readonly base: string;
  readonly values: Values;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
  /** The desk has the very same. */
  readonly kept: boolean;
}

// Each site has its own: ids of items are unique within one.
let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(`chengmen-desk${base}`, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('writing', { keyPath: ['account', 'item'] });
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB'));
    };
  });
  return opened;
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const tx = (await open()).transaction('writing', mode);
  const request = work(tx.objectStore('writing'));
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => {
      resolve(request.result);
    };
    tx.onabort = tx.onerror = () => {
      reject(tx.error ?? new Error('IndexedDB'));
    };
  });
}

export const writeEntry = (entry: Entry): Promise<unknown> => run('readwrite', (store) => store.put(entry));

export const entryOf = (account: string, item: string): Promise<Entry | undefined> =>
  run('readonly', (store) => store.get([account, item]) as IDBRequest<Entry | undefined>);

export const dropEntry = (account: string, item: string): Promise<unknown> =>
  run('readwrite', (store) => store.delete([account, item]));

export async function entriesOf(account: string): Promise<Entry[]> {
  const all = await run('readonly', (store) => store.getAll() as IDBRequest<Entry[]>);
  return all.filter((entry) => entry.account === account);
}
