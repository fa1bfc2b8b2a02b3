import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mapAddress } from '@chengmen/serve';
import {
  checkpointName,
  pageReader,
  proofPrefix,
  readHead,
  walkPages,
  type MapRef,
  type ReadStore,
} from '@chengmen/release';
import { createSealer, DirectoryStore, MemoryStore, signerOf, type Change, type WriteStore } from '@chengmen/seal';
import { sentence } from '../city.ts';
import { benchKey } from '../line.ts';

/** What was approved for an address: what a citizen must get, or else nothing. */
export interface Approved {
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly location: string | undefined;
  /** Without content coding. */
  readonly body: Uint8Array;
}

/** A release store of several releases, as its files were after each of them. */
export interface TamperSite {
  readonly layout: 'packs' | 'files';
  readonly key: string;
  /** The note a portal that served the newest release remembers. */
  readonly seen: string;
  readonly approved: readonly Approved[];
  /** Files of the folder after each release; the last are those in force. */
  readonly history: readonly ReadonlyMap<string, Uint8Array>[];
  readonly map: MapRef;
}

const releases = 6;

/** Both layouts of the same releases. */
export async function tamperSites(folder: string): Promise<readonly TamperSite[]> {
  const packed = join(folder, 'packs');
  return [
    await sealed('packs', new DirectoryStore(packed, { packSize: 48 * 1024 }), () => filesIn(packed)),
    await inFiles(),
  ];
}

async function inFiles(): Promise<TamperSite> {
  const store = new MemoryStore();
  return sealed('files', store, () => new Map(store.files));
}

async function sealed(
  layout: TamperSite['layout'],
  store: WriteStore,
  files: () => ReadonlyMap<string, Uint8Array>,
): Promise<TamperSite> {
  const sealer = createSealer({ store, signer: signerOf(benchKey.skey), site: 'bench' });
  const history: ReadonlyMap<string, Uint8Array>[] = [];
  const standing = new Map<string, Change>();
  for (let number = 1; number <= releases; number++) {
    const changes = changesOf(number);
    for (const change of changes) standing.set(change.path, change);
    await sealer.seal(changes);
    history.push(files());
  }
  const { note, leaf } = await readHead(store, { key: benchKey.vkey });
  const pages = [...standing.values()].flatMap(approvedOf);
  const approved = [...pages, ...(await approvedProofs(store, leaf.map))];
  return { layout, key: benchKey.vkey, seen: note, approved, history, map: leaf.map };
}

const html = 'text/html; charset=utf-8';

/** Forty addresses of every kind; each release changes some of them. */
function changesOf(number: number): Change[] {
  const change = (path: string, body: string | Uint8Array, more: Partial<Change['entry']> = {}): Change => ({
    path,
    entry: {
      status: 200,
      type: html,
      body: Buffer.from(body),
      provenance: Buffer.from(JSON.stringify({ target: path, release: number })),
      ...more,
    },
  });
  const page = (seed: number): string =>
    `<!doctype html><title>${seed}</title>${Array.from({ length: 12 }, (_, at) => `<p>${sentence(seed * 100 + at)}</p>`).join('\n')}`;
  const articles = Array.from({ length: 26 }, (_, at) => at).filter(
    (at) => number === 1 || at % releases === number - 1,
  );
  const titles = Array.from({ length: 26 }, (_, at) => `<item><title>${sentence(at)}${number}</title></item>`);
  return [
    ...articles.map((at) => change(`/news/${at}.html`, page(at + number * 1000))),
    ...['/', '/news/', '/notices/', '/about.html'].map((path, at) => change(path, page(500 + at + number * 1000))),
    change('/feed.xml', `<rss>${titles.join('\n')}</rss>`, { type: 'application/rss+xml' }),
    change('/sitemap.xml', `<urlset>${titles.join('')}</urlset>`, { type: 'application/xml' }),
    change('/robots.txt', `# ${number}\nUser-agent: *\n`, { type: 'text/plain; charset=utf-8' }),
    change('/media/plan.pdf', noise(30_000, number), { type: 'application/pdf' }),
    change('/404.html', page(700 + number), { status: 404 }),
    change('/old/', '→ /news/', { status: 301, location: '/news/' }),
    change('/old.html', '→ /about.html', { status: 301, location: '/about.html' }),
    change('/gone.html', page(900 + number), { status: 410 }),
  ];
}

function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 24);
}

function approvedOf({ path, entry }: Change): Approved[] {
  if (!entry) return [];
  const { status, type, location, body } = entry;
  return [
    { path, status, type, location, body },
    // An address the release does not have gets its own page.
    ...(path === '/404.html' ? [{ path: '/never/was.html', status, type, location, body }] : []),
  ];
}

async function approvedProofs(store: ReadStore, map: MapRef): Promise<Approved[]> {
  const binary = 'application/octet-stream';
  const text = 'text/plain; charset=utf-8';
  const proof = async (name: string, address: string, type: string): Promise<Approved> => ({
    path: `${proofPrefix}${address}`,
    status: 200,
    type,
    location: undefined,
    body: (await store.get(name)) ?? new Uint8Array(),
  });
  const proofs = [await proof(checkpointName, checkpointName, text)];
  for (const tile of [`tile/0/000.p/${releases}`, `tile/entries/000.p/${releases}`])
    proofs.push(await proof(tile, tile, binary));
  for await (const { prefix, ref } of walkPages(pageReader(store), map))
    proofs.push(await proof(`map/${ref.hash.slice(0, 2)}/${ref.hash}`, mapAddress(prefix, ref.hash), text));
  return proofs;
}

/** Every file below a folder by its name in it. */
export function filesIn(folder: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const one of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!one.isFile()) continue;
    const path = join(one.parentPath, one.name);
    files.set(path.slice(folder.length + 1), readFileSync(path));
  }
  return files;
}

export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}
