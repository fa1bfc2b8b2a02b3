export { compress, isCompressible, type Compressed } from './compress.ts';
export { encodeBodies, type Body } from './encode-bodies.ts';
export { DirectoryStore } from './directory-store.ts';
export { ensureKeyFiles, generateKey, readSigner, signerOf, type KeyPair } from './key.ts';
export { MemoryStore } from './memory-store.ts';
export {
  createMirror,
  type Mirror,
  type Mirrored,
  type MirrorOptions,
  type MirrorProgress,
  type MirrorStep,
} from './mirror.ts';
export { siteSource, storeSource, type MirrorSource } from './mirror-source.ts';
export { ObjectStoreError } from './object-store-error.ts';
export { nextPruning, pruningsIn, recordPruning, withPruning, type NewPruning } from './record-pruning.ts';
export { S3Store, type S3StoreOptions } from './s3-store.ts';
export { scrub, type ScrubOptions, type ScrubProgress, type ScrubReport } from './scrub.ts';
export { remoteSigner, remoteVkey } from './remote-signer.ts';
export { startSignServer, type SignServer, type SignServerOptions } from './sign-server.ts';
export { openSealKeys, remoteKeys, type KeyChange, type SealKeys } from './seal-keys.ts';
export { createSealer } from './sealer.ts';
export { keptMaps, namesOfHash, sweep, type Between, type SweepOptions, type Swept, type SweepStep } from './sweep.ts';
export * from './types.ts';
