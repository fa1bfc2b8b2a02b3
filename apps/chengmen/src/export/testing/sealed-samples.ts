import { createSealer, generateKey, MemoryStore, signerOf, type Change, type NewEntry } from '@chengmen/seal';

export type Sample = Partial<Pick<NewEntry, 'status' | 'type' | 'location'>> & {
  readonly body: string | Uint8Array;
  /** JSON; by default a target of the path and no revisions. */
  readonly provenance?: string;
};

export interface SealedSamples {
  readonly store: MemoryStore;
  readonly vkey: string;
  readonly skey: string;
  /** null takes a page away. */
  seal(pages: Readonly<Record<string, Sample | null>>): Promise<void>;
}

/** A release in memory, made by the real sealer. */
export async function sealedSamples(...releases: Readonly<Record<string, Sample | null>>[]): Promise<SealedSamples> {
  const store = new MemoryStore();
  const { skey, vkey } = generateKey('sample.example/log');
  const sealer = createSealer({ store, signer: signerOf(skey), site: 'sample' });
  const samples: SealedSamples = {
    store,
    vkey,
    skey,
    async seal(pages) {
      await sealer.seal(Object.entries(pages).map(([path, page]) => changeOf(path, page)));
    },
  };
  for (const pages of releases) await samples.seal(pages);
  return samples;
}

function changeOf(path: string, page: Sample | null): Change {
  if (!page) return { path, entry: null };
  const { status = 200, type = 'text/html; charset=utf-8', location, body, provenance } = page;
  const entry: NewEntry = {
    status,
    type,
    body: Buffer.from(body),
    provenance: Buffer.from(provenance ?? JSON.stringify({ target: `page:${path}`, revisions: [] })),
    ...(location === undefined ? {} : { location }),
  };
  return { path, entry };
}
