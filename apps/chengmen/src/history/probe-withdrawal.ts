import type { Probe } from '@chengmen/desk';
import {
  diffMaps,
  lookup,
  pageReader,
  readBody,
  readHead,
  type Entry,
  type MapRef,
  type PageReader,
  type ReadStore,
} from '@chengmen/release';
import { provenanceOf, releasesOf, rememberingReader } from './page-history.ts';

/** As many releases are gone back, and as many addresses looked at. */
const furthest = 500;
const mostAddresses = 5000;

export interface ProbeOptions {
  readonly store: Pick<ReadStore, 'get' | 'list'>;
  readonly key: string;
  readonly item: string;
  /** The address of the item. */
  readonly path: string;
  readonly clock: () => Date;
}

/**
 * Compares the last release that had an item with the one that took it away: wherever the item's page stood, or a page
 * named its address, is read in the release that serves now. What the press believes is not asked.
 * Throws `no-release`, `missing` and `damaged`.
 */
export async function probeWithdrawal({ store, key, item, path, clock }: ProbeOptions): Promise<Probe> {
  const { log, leaf, checkpoint } = await readHead(store, { key });
  const read = pageReader(store);
  const told = { release: checkpoint.size, at: clock().toISOString() };
  const now = await lookup(read, leaf.map, path);
  if (now?.status === 200) return { ...told, since: undefined, addresses: [path], left: [path], more: false };
  const turn = await turnOf(rememberingReader(read), releasesOf(log), path);
  if (!turn) return { ...told, since: undefined, addresses: [path], left: [], more: false };
  const [addresses, left]: [string[], string[]] = [[], []];
  let more = false;
  for await (const changed of diffMaps(read, turn.before, turn.after)) {
    if (addresses.length >= mostAddresses) {
      more = true;
      break;
    }
    const before = changed.before && (await lookup(read, turn.before, changed.path));
    if (before?.status !== 200) continue;
    const own = await isOf(store, before, item);
    if (!own && !(await names(store, before, path))) continue;
    addresses.push(changed.path);
    const entry = await lookup(read, leaf.map, changed.path);
    if (own ? entry?.status === 200 : entry && (await names(store, entry, path))) left.push(changed.path);
  }
  return { ...told, since: turn.number, addresses: addresses.sort(), left: left.sort(), more };
}

interface Turn {
  /** The release that took it away. */
  readonly number: number;
  readonly before: MapRef;
  readonly after: MapRef;
}

async function turnOf(
  read: PageReader,
  releases: ReturnType<typeof releasesOf>,
  path: string,
): Promise<Turn | undefined> {
  let after: { readonly number: number; readonly map: MapRef } | undefined;
  let steps = 0;
  for await (const release of releases) {
    // What was pruned cannot be read, and what came before it says nothing of the turn.
    const entry = await lookup(read, release.map, path).catch(() => null);
    if (entry === null || ++steps > furthest) return undefined;
    if (entry?.status === 200) return after && { number: after.number, before: release.map, after: after.map };
    after = release;
  }
  return undefined;
}

async function isOf(store: Pick<ReadStore, 'get'>, entry: Entry, item: string): Promise<boolean> {
  const { target = '' } = (await provenanceOf(store, entry)) ?? {};
  return target.split(':')[1] === item;
}

const isText = (type: string): boolean => /^text\/|json|xml/.test(type);

async function names(store: Pick<ReadStore, 'get'>, entry: Entry, path: string): Promise<boolean> {
  if (entry.status !== 200 || !isText(entry.type)) return false;
  const body = await readBody(store, entry);
  return body !== undefined && Buffer.from(body).includes(path);
}
