import { hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { indexEntry, packFile, packName, readIndexEntry, removed } from '@chengmen/release';
import { checkRegular, openFlags } from './regular-file.ts';

/** Entries of indexes, all of a folder in the order of their keys, and a place to say which were found right. */
export interface PackWork {
  readonly folder: string;
  readonly entries: SharedArrayBuffer;
  /** One byte for each entry: 1 where the bytes it leads to have the hash in its key. */
  readonly marks: SharedArrayBuffer;
  /** Numbers of the packs to be read. */
  readonly packs: readonly number[];
}

/** Read at a time; more for a record that is longer. */
const windowSize = 8 * 1024 * 1024;

/** Reads packs from their beginning to their end. What cannot be read is left unmarked. */
export function hashPacks({ folder, entries, marks, packs }: PackWork): void {
  const all = Buffer.from(entries);
  const sound = new Uint8Array(marks);
  for (const [number, places] of placesByPack(all, new Set(packs))) {
    try {
      readPack(join(folder, packFile(number)), all, places, (at) => {
        sound[at] = 1;
      });
    } catch {
      // Who needs it reads it once more, and tells what is wrong.
    }
  }
}

/** Where the entries of each pack stand, those whose names hold the hash of their bytes. */
function placesByPack(entries: Buffer, packs: ReadonlySet<number>): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (let at = 0; at * indexEntry < entries.length; at++) {
    const { key, pack, length } = readIndexEntry(entries, at * indexEntry);
    if (!packs.has(pack) || length === removed || packName(key)?.startsWith('blob/') !== true) continue;
    const some = places.get(pack) ?? [];
    some.push(at);
    places.set(pack, some);
  }
  return places;
}

function readPack(file: string, entries: Buffer, places: readonly number[], found: (place: number) => void): void {
  const descriptor = openSync(file, openFlags);
  try {
    const stats = fstatSync(descriptor);
    checkRegular(stats, file);
    const { size } = stats;
    let start = 0;
    let window: Buffer = Buffer.alloc(0);
    for (const [place, offset] of inOrder(entries, places)) {
      const { length } = readIndexEntry(entries, place * indexEntry);
      if (offset + length > size) continue;
      if (offset < start || offset + length > start + window.length) {
        window = readAt(descriptor, offset, Math.min(size - offset, Math.max(windowSize, length)));
        start = offset;
      }
      const bytes = window.subarray(offset - start, offset - start + length);
      const at = place * indexEntry;
      if (bytes.length === length && hash('sha256', bytes, 'buffer').compare(entries, at, at + 32) === 0) found(place);
    }
  } finally {
    closeSync(descriptor);
  }
}

function inOrder(entries: Buffer, places: readonly number[]): (readonly [place: number, offset: number])[] {
  return places
    .map((place) => [place, readIndexEntry(entries, place * indexEntry).offset] as const)
    .sort(([, one], [, two]) => one - two);
}

function readAt(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}
