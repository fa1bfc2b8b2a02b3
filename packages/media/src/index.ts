export { openByteStore, type ByteStore, type Received } from './byte-store.ts';
export {
  fileLimits,
  mediaFields,
  takeFile,
  type FileLimits,
  type TakeFileOptions,
  type TakenFile,
} from './take-file.ts';
