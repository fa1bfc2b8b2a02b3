export { folderStore } from './folder-store.ts';
export { openRelease } from './open-release.ts';
export { fetchRaw } from './fetch-raw.ts';
export { mapAddress } from './proof-address.ts';
export { notice } from './notice.ts';
export { securityHeaders } from './security-headers.ts';
export { seenFile, seenInMemory } from './seen-file.ts';
export * from './types.ts';
export { difference, sitePages, siteProofs, verifySite, type VerifySiteOptions } from './verify-site.ts';
