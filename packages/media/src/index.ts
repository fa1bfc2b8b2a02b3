export { openByteStore, type ByteStore, type Received } from './byte-store.ts';
export { cropPicture, leastSide, wholeOf, type CropOptions } from './crop-picture.ts';
export { wordsOfFile, type FileLine, type FileWords, type WordsOfFile } from './read-words.ts';
export { sniffFile, type Sniffed } from './sniff-file.ts';
export {
  fileLimits,
  mediaFields,
  takeFile,
  type FileLimits,
  type TakeFileOptions,
  type TakenFile,
} from './take-file.ts';
