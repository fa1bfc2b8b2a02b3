export { appendEntry, type Appended } from './append-entry.ts';
export {
  checkpointName,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  peekCheckpoint,
  type Checkpoint,
} from './checkpoint.ts';
export { diffMaps, type MapDifference } from './diff-maps.ts';
export { blobName, blobsOf, decodeEntry, encodeEntry, isReleasePath, pieceOf, proofPrefix } from './entry.ts';
export { hashOf, isHash } from './hashing.ts';
export {
  followedKeys,
  followKeys,
  formatKeyStatement,
  keysPrefix,
  keyStatementName,
  openFollowed,
  parseKeyStatement,
  readKeyStatements,
  trusted,
  type FollowedKeys,
  type KeyStatement,
  type Trust,
} from './follow-keys.ts';
export { checkContinues, readHead, type ReleaseHead } from './head.ts';
export { inParallel } from './in-parallel.ts';
export { openLog, type LogReader } from './log-reader.ts';
export {
  decodePage,
  encodePage,
  mapPageName,
  pageLimit,
  type BranchPage,
  type ListPage,
  type MapPage,
} from './map-page.ts';
export { proveInMap, verifyMapProof, type MapProof } from './map-proof.ts';
export { lookup, pageAt, pageReader, walkLeaves, walkPages, type PageReader, type WalkedPage } from './map-reader.ts';
export {
  consistencyProof,
  emptyLogRoot,
  inclusionProof,
  nodeHash,
  recordHash,
  treeHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
export {
  formatSkey,
  formatVkey,
  isKeyName,
  keyId,
  parseSkey,
  parseVkey,
  parseVkeys,
  type SigningKey,
  type Verifier,
} from './note-key.ts';
export { openNote, parseNote, signNote, verifiedNote, type Note } from './note.ts';
export {
  blobKey,
  decodeRecordHeader,
  encodeIndexHead,
  encodeRecordHeader,
  indexBits,
  indexEntry,
  indexHeader,
  indexFile,
  keyPrefix,
  packFile,
  packFolder,
  packKey,
  packName,
  readIndexEntry,
  parsePackFile,
  recordHeader,
  recordsIn,
  removed,
  tableLength,
  writeIndexEntry,
  writeRecordHeader,
  type Location,
  type PackKey,
} from './pack-format.ts';
export { entriesOfNames, exactEntries, findEntry, indexBytes, mergedEntryBytes, withoutRemoved } from './pack-index.ts';
export {
  createPackReader,
  mergedEntries,
  openIndex,
  readOn,
  type OpenIndex,
  type OpenPack,
  type PackFiles,
  type PackReader,
} from './pack-reader.ts';
export { proofOf, verifyPageProof, type PageProof } from './page-proof.ts';
export {
  formatHeld,
  formatPending,
  isReleaseFile,
  parseHeld,
  parsePending,
  pendingCheckpoint,
  pendingHeld,
  pendingPartial,
  pendingPrefix,
  pendingPruning,
  pendingUnsigned,
  type PendingList,
  temporaryPrefix,
} from './pending.ts';
export {
  checkedPruning,
  formatPruning,
  noPrunings,
  parsePruning,
  pruningHash,
  pruningName,
  pruningsOf,
  pruningsPrefix,
  readPrunings,
  type ErasedRecord,
  type PrunedRecord,
  type PruningRecord,
  type Prunings,
} from './prunings.ts';
export { readBody, readPiece, readProvenance } from './read-piece.ts';
export { problemOf, ReleaseError } from './release-error.ts';
export { formatLeaf, isSiteId, parseLeaf } from './release-leaf.ts';
export { ed25519, suites, type SignatureSuite } from './signature-suite.ts';
export {
  decodeEntries,
  encodeEntries,
  levelLength,
  parseTileName,
  rightEdge,
  tileName,
  tileWidth,
  type Tile,
} from './tiles.ts';
export { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.ts';
export { emptyHash, emptyMap, keyOf, type Leaf } from './trie.ts';
export * from './types.ts';
export { entryLeaf, updateMap, type MapChange, type UpdatedMap, type UpdateOptions } from './update-map.ts';
export {
  levelsOf,
  neededTiles,
  stretchesOf,
  verifyRelease,
  type ErasedFile,
  type PrunedStretch,
  type ReleaseReport,
  type VerifyOptions,
} from './verify-release.ts';
