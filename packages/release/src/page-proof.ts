import { decodeEntry, encodeEntry, isReleasePath } from './entry.ts';
import { followKeys, openFollowed, trusted, type Trust } from './follow-keys.ts';
import { readHead, type ReleaseHead } from './head.ts';
import { fromBase64, isHash, sameBytes } from './hashing.ts';
import { proveInMap, verifyMapProof, type MapProof } from './map-proof.ts';
import { pageReader } from './map-reader.ts';
import { inclusionProof, recordHash, verifyInclusion } from './merkle.ts';
import { ReleaseError } from './release-error.ts';
import { formatLeaf, parseLeaf } from './release-leaf.ts';
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts';
import { emptyHash } from './trie.ts';
import type { Entry, ReadStore, ReleaseLeaf } from './types.ts';

/** What the newest release says of a path, with all that is needed to check it offline. */
export interface PageProof {
  readonly path: string;
  /** undefined: the release has nothing at the path, and the proof shows it. */
  readonly entry?: Entry;
  readonly leaf: ReleaseLeaf;
  /** Index of the release in the log. */
  readonly index: number;
  readonly checkpoint: string;
  /** A tlog-proof whose extra data carries the leaf and the way through the map. docs/formats/release.md, “Proof of one page”. */
  readonly text: string;
}

/** Proves what the newest release of a store says of a path. Throws as readHead does, and `invalid` for the path. */
export async function proofOf(
  options: { readonly store: Pick<ReadStore, 'get'>; readonly path: string; readonly head?: ReleaseHead } & Trust,
): Promise<PageProof> {
  const { store, path } = options;
  if (!isReleasePath(path)) throw new ReleaseError('invalid', path, 'not a path a release can hold');
  const { checkpoint, log, leaf, note } = options.head ?? (await readHead(store, options));
  const proof = await proveInMap(pageReader(store), leaf.map, path);
  const index = checkpoint.size - 1;
  const text = formatTlogProof({
    extra: formatExtra(leaf, proof),
    index,
    path: await inclusionProof(log.hash, index, checkpoint.size),
    checkpoint: note,
  });
  return { path, ...(proof.entry ? { entry: proof.entry } : {}), leaf, index, checkpoint: note, text };
}

/**
 * Checks a proof with nothing but the trusted key, and returns what it proves.
 * Throws `checkpoint-invalid`, `damaged`, `invalid`.
 */
export function verifyPageProof(text: string, trust: Trust): PageProof {
  const { keys, origin } = trusted(trust);
  const { extra, index, path, checkpoint: note } = parseTlogProof(text);
  const checkpoint = openFollowed(note, followKeys(keys, { origin, notes: trust.statements ?? [] }));
  if (!extra) throw new ReleaseError('invalid', 'proof', 'it says nothing of a page');
  const { leaf, proof } = parseExtra(extra);
  if (!verifyInclusion(checkpoint, index, recordHash(formatLeaf(leaf)), path))
    throw new ReleaseError('damaged', 'proof', 'the release is not in the log');
  if (!verifyMapProof(leaf.map.hash, proof)) throw new ReleaseError('damaged', proof.path, 'not what the release says');
  return { path: proof.path, ...(proof.entry ? { entry: proof.entry } : {}), leaf, index, checkpoint: note, text };
}

/** Lines: the leaf (four lines), the path, the entry or `-`, the other leaf or `-`, then the hashes beside the way. */
function formatExtra(leaf: ReleaseLeaf, { path, entry, other, siblings }: MapProof): Buffer {
  const lines = [
    path,
    entry ? encodeEntry(entry) : '-',
    other ? `${other.key} ${other.entryHash}` : '-',
    ...siblings.map((hash) => (hash === emptyHash ? '-' : Buffer.from(hash, 'hex').toString('base64'))),
  ];
  return Buffer.concat([formatLeaf(leaf), Buffer.from(`${lines.join('\n')}\n`)]);
}

function parseExtra(extra: Uint8Array): { readonly leaf: ReleaseLeaf; readonly proof: MapProof } {
  const lines = Buffer.from(extra).toString('utf8').split('\n');
  const leaf = parseLeaf(Buffer.from(`${lines.slice(0, 4).join('\n')}\n`), 'proof');
  const [path = '', entry = '', other = '', ...rest] = lines.slice(4, -1);
  const siblings = rest.map((line) => (line === '-' ? emptyHash : (fromBase64(line)?.toString('hex') ?? '')));
  const [key = '', entryHash = ''] = other.split(' ');
  const wellFormed =
    isReleasePath(path) && siblings.every(isHash) && (other === '-' || (isHash(key) && isHash(entryHash)));
  if (!wellFormed || (entry !== '-' && other !== '-'))
    throw new ReleaseError('invalid', 'proof', 'its extra data is not well formed');
  const proof: MapProof = {
    path,
    ...(entry === '-' ? {} : { entry: decodeEntry(entry) }),
    ...(other === '-' ? {} : { other: { key, entryHash } }),
    siblings,
  };
  if (!sameBytes(formatExtra(leaf, proof), extra))
    throw new ReleaseError('invalid', 'proof', 'its extra data is not in canonical form');
  return { leaf, proof };
}
