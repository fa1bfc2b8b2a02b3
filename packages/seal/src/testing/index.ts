export { buildVersitygw, startObjectStore, type NoObjectStore, type ObjectStore } from './start-object-store.ts';
