import { ReleaseError } from './release-error.ts';

/** Hashes in a full tile, and entries in a full bundle. */
export const tileWidth = 256;

/** A tile of the log: level number, or `entries` for a bundle of entries. c2sp.org/tlog-tiles. */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1…256. */
  readonly width: number;
}

/** `tile/0/x001/x234/067.p/8`. */
export function tileName({ level, index, width }: Tile): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const parts = digits.match(/.{3}/g) ?? [];
  const path = parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join('/');
  return `tile/${level}/${path}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** The tile a file name means; undefined where it is not the one name of a tile. */
export function parseTileName(name: string): Tile | undefined {
  const match =
    /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(name);
  if (!match) return undefined;
  const [, level = '', path = '', width] = match;
  const tile: Tile = {
    level: level === 'entries' ? 'entries' : Number(level),
    index: Number(path.replace(/[x/]/g, '')),
    width: width === undefined ? tileWidth : Number(width),
  };
  return tileName(tile) === name ? tile : undefined;
}

/** Number of hashes that level `level` holds in a log of `size` entries. */
export function levelLength(level: number | 'entries', size: number): number {
  return level === 'entries' ? size : Math.floor(size / tileWidth ** level);
}

/** The tiles a log of `size` entries ends in: the last of each level, widest form. */
export function rightEdge(size: number): Tile[] {
  const edge: Tile[] = [];
  for (let level = 0; levelLength(level, size) > 0; level++) {
    const length = levelLength(level, size);
    const index = Math.floor((length - 1) / tileWidth);
    edge.push({ level, index, width: length - index * tileWidth });
  }
  return edge;
}

/** Entries in their bundle: each with its length before it, 16 bits big-endian. */
export function encodeEntries(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > 0xffff) throw new RangeError('a log entry has at most 65535 bytes');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** Takes a bundle apart. Throws `damaged` at `where`. */
export function decodeEntries(bundle: Uint8Array, where: string): Uint8Array[] {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 2 <= bytes.length ? at + 2 + bytes.readUInt16BE(at) : Infinity;
    if (end > bytes.length) throw new ReleaseError('damaged', where, 'the bundle breaks off');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
