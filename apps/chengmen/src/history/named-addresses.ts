import { readBody, type Entry, type ReadStore } from '@chengmen/release';

type Store = Pick<ReadStore, 'get'>;

const isText = (type: string): boolean => /^text\/|json|xml/.test(type);

async function textOf(store: Store, entry: Entry | undefined): Promise<string> {
  if (entry?.status !== 200 || !isText(entry.type)) return '';
  return Buffer.from((await readBody(store, entry)) ?? []).toString('utf8');
}

/** Whether a page names an address, or that of its twin in another edition. */
export async function names(store: Store, entry: Entry | undefined, path: string): Promise<boolean> {
  return (await textOf(store, entry)).includes(path);
}

/** The addresses of the site that a page names, with host or without. */
export async function namedAddresses(store: Store, entry: Entry | undefined): Promise<Set<string>> {
  const found = (await textOf(store, entry)).match(/\/[A-Za-z0-9._~/-]*/g) ?? [];
  return new Set(found.map((one) => one.replace(/^\/\/[^/]*/, '')));
}
