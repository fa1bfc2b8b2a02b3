export { compress, isCompressible, type Compressed } from './compress.ts';
export { DirectoryStore } from './directory-store.ts';
export { ensureKeyFiles, generateKey, readSigner, signerOf, type KeyPair } from './key.ts';
export { MemoryStore } from './memory-store.ts';
export { createSealer } from './sealer.ts';
export * from './types.ts';
