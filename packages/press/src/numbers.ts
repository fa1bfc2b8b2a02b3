/** A row of numbers that grows at its end without being copied; what was never set is 0. */
export interface Numbers {
  readonly get: (at: number) => number;
  readonly set: (at: number, value: number) => void;
  /** The same numbers for another thread, which may read them as long as nobody sets any. */
  readonly share: () => SharedNumbers;
}

const chunkBits = 15;
const chunkMask = (1 << chunkBits) - 1;

type Chunk = Uint32Array | Float64Array;
export type SharedNumbers = readonly Chunk[];

/** Whole numbers below 2^32, four bytes each; with `wide` below 2^53, eight bytes each. Outside the heap that is collected. */
export function createNumbers({ wide = false, shared = [] as SharedNumbers } = {}): Numbers {
  const chunks: Chunk[] = [...shared];
  const openChunk = (): Chunk =>
    wide
      ? new Float64Array(new SharedArrayBuffer(8 << chunkBits))
      : new Uint32Array(new SharedArrayBuffer(4 << chunkBits));
  return {
    get: (at) => chunks[at >>> chunkBits]?.[at & chunkMask] ?? 0,
    set: (at, value) => {
      const number = at >>> chunkBits;
      while (chunks.length <= number) chunks.push(openChunk());
      (chunks[number] as Chunk)[at & chunkMask] = value;
    },
    share: () => chunks,
  };
}
