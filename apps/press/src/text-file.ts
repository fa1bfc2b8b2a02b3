import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import type { LongTexts, TextPlace } from '@chengmen/press';

export interface TextFile extends LongTexts {
  /** Number of the open file; threads of this process read from it too, after `flush`. */
  readonly file: number;
  readonly flush: () => void;
  readonly close: () => void;
}

const bufferSize = 1024 * 1024;

/**
 * Texts in a file of this process alone, as UTF-16 like in memory, so that taking one out costs a copy.
 * What is no longer needed stays there until the file is closed.
 */
export function createTextFile(path: string): TextFile {
  const file = openSync(path, 'w+', 0o600);
  // Without a name it is gone with the process, however that ends. Windows keeps the name until it is closed.
  if (process.platform !== 'win32') rmSync(path);
  const read = textReader(file);
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let end = 0;
  const flush = (): void => {
    if (waitingBytes > 0) writeWhole(file, Buffer.concat(waiting, waitingBytes), end - waitingBytes);
    waiting = [];
    waitingBytes = 0;
  };
  return {
    file,
    keep: (text) => {
      const bytes = Buffer.from(text, 'utf16le');
      const place: TextPlace = [end, bytes.length];
      waiting.push(bytes);
      waitingBytes += bytes.length;
      end += bytes.length;
      if (waitingBytes >= bufferSize) flush();
      return place;
    },
    read: (place, from, to) => {
      flush();
      return read(place, from, to);
    },
    flush,
    close: () => {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

/** Reads texts from a file that is open in this process. Throws where one is not whole. */
export function textReader(file: number): LongTexts['read'] {
  return ([start, whole], from = 0, to = whole / 2) => {
    const at = start + from * 2;
    const length = (to - from) * 2;
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const count = readSync(file, bytes, done, length - done, at + done);
      if (count === 0) throw new Error(`texts: the file ends before ${at + length}`);
      done += count;
    }
    return bytes.toString('utf16le');
  };
}

function writeWhole(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, at + done);
}
