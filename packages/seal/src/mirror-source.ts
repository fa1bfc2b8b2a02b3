import { blobName, pageReader, type Entry, type PageReader, type ReadStore } from '@chengmen/release';
import { fetchRaw, provenanceAddress, sitePages, siteProofs, type RawFetch } from '@chengmen/serve';

/** Where a mirror pulls from. Nothing it gives is trusted. */
export interface MirrorSource {
  /** Checkpoint, tiles and bundles, by their names in a store. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Verified against the name its parent gave it. */
  readonly page: PageReader;
  /** Bytes an entry names; undefined where they are not to be had. */
  blob(wanted: {
    readonly path: string;
    readonly entry: Entry;
    readonly name: string;
  }): Promise<Uint8Array | undefined>;
  /** Releases before the newest can be had too. */
  readonly older: boolean;
}

/** A store of releases, with all of them. */
export function storeSource(store: Pick<ReadStore, 'get'>): MirrorSource {
  return {
    get: (name) => store.get(name),
    page: pageReader(store),
    blob: ({ name }) => store.get(name),
    older: true,
  };
}

/**
 * A running site, which gives the newest release alone: what was withdrawn is not to be had from the street any more.
 * Pages come from their own addresses, each in every coding it is kept in. `url`: scheme, host and port.
 */
export function siteSource(url: string, fetch: RawFetch = fetchRaw): MirrorSource {
  const base = new URL(url).origin;
  const proofs = siteProofs(base, fetch);
  const page = sitePages(base, fetch);
  return {
    get: (name) => proofs.get(name),
    page,
    async blob({ path, entry, name }) {
      const coding = name.endsWith('.gz') ? 'gzip' : name.endsWith('.br') ? 'br' : undefined;
      if (coding === undefined && name !== blobName(entry))
        return proofs.get(provenanceAddress(path, entry.provenance));
      const { body } = await fetch(`${base}${path}`, { 'accept-encoding': coding ?? 'identity' });
      return body;
    },
    older: false,
  };
}
