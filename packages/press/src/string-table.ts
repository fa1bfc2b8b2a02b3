import { createNumbers, type SharedNumbers } from './numbers.ts';

/**
 * Texts and the numbers 0, 1, 2 … that stand for them, in the order they came. The texts are bytes outside the heap: a
 * million of them take some fifty bytes each and nothing of the time garbage collection takes. None is ever taken out.
 */
export interface StringTable {
  /** The number of a text, given to it now where it has none. Throws RangeError for a text of more than 65 535 bytes. */
  readonly add: (text: string) => number;
  readonly find: (text: string) => number | undefined;
  readonly text: (number: number) => string;
  readonly size: () => number;
  /** The same texts for another thread, which may read them as long as nobody adds any. */
  readonly share: () => SharedStrings;
}

export interface SharedStrings {
  readonly chunks: readonly Uint8Array[];
  readonly places: SharedNumbers;
  readonly sums: SharedNumbers;
  readonly count: number;
  readonly slots: Uint32Array;
}

const chunkSize = 1 << 20;
const longest = 65_535;

export function createStringTable(shared?: SharedStrings): StringTable {
  const chunks = (shared?.chunks ?? []).map(({ buffer }) => Buffer.from(buffer));
  let room = 0;
  let end = 0;
  /** Where the bytes of a text stand, chunk after chunk; before them, in two bytes, how many there are. */
  const places = createNumbers({ wide: true, ...(shared ? { shared: shared.places } : {}) });
  const sums = createNumbers(shared ? { shared: shared.sums } : {});
  let count = shared?.count ?? 0;
  let slots = shared?.slots ?? newSlots(1024);
  let scratch = Buffer.alloc(1024);

  const encode = (text: string): number => {
    if (scratch.length < text.length * 3) scratch = Buffer.alloc(text.length * 6);
    return scratch.write(text, 0, 'utf8');
  };
  const chunkOf = (place: number): Buffer => chunks[Math.floor(place / chunkSize)] as Buffer;
  const isAt = (number: number, length: number): boolean => {
    const place = places.get(number);
    const chunk = chunkOf(place);
    const from = place % chunkSize;
    return chunk.readUInt16LE(from) === length && chunk.compare(scratch, 0, length, from + 2, from + 2 + length) === 0;
  };
  /** The slot that holds a text, or the free one in its place. */
  const slotOf = (sum: number, length: number): number => {
    const mask = slots.length - 1;
    for (let slot = sum & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot] ?? 0;
      if (held === 0 || (sums.get(held - 1) === sum && isAt(held - 1, length))) return slot;
    }
  };
  const grow = (): void => {
    const larger = newSlots(slots.length * 2);
    const mask = larger.length - 1;
    for (let number = 0; number < count; number++) {
      let slot = sums.get(number) & mask;
      while (larger[slot] !== 0) slot = (slot + 1) & mask;
      larger[slot] = number + 1;
    }
    slots = larger;
  };
  const keep = (length: number): number => {
    if (room < length + 2) {
      end = chunks.length * chunkSize;
      room = chunkSize;
      chunks.push(Buffer.from(new SharedArrayBuffer(chunkSize)));
    }
    const chunk = chunkOf(end);
    chunk.writeUInt16LE(length, end % chunkSize);
    scratch.copy(chunk, (end % chunkSize) + 2, 0, length);
    const place = end;
    end += length + 2;
    room -= length + 2;
    return place;
  };

  return {
    add: (text) => {
      const length = encode(text);
      if (length > longest) throw new RangeError(`a text of ${length} bytes`);
      const sum = sumOf(scratch, length);
      const slot = slotOf(sum, length);
      const held = slots[slot] ?? 0;
      if (held > 0) return held - 1;
      places.set(count, keep(length));
      sums.set(count, sum);
      slots[slot] = ++count;
      if (count * 3 > slots.length * 2) grow();
      return count - 1;
    },
    find: (text) => {
      const length = encode(text);
      const held = slots[slotOf(sumOf(scratch, length), length)] ?? 0;
      return held === 0 ? undefined : held - 1;
    },
    text: (number) => {
      const place = places.get(number);
      const from = place % chunkSize;
      const chunk = chunkOf(place);
      return chunk.toString('utf8', from + 2, from + 2 + chunk.readUInt16LE(from));
    },
    size: () => count,
    share: () => ({ chunks, places: places.share(), sums: sums.share(), count, slots }),
  };
}

const newSlots = (count: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(count * 4));

/** FNV-1a. */
function sumOf(bytes: Buffer, length: number): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < length; at++) sum = Math.imul(sum ^ (bytes[at] ?? 0), 0x01000193);
  // The last steps of MurmurHash3: FNV alone leaves the low bits of like endings alike.
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  return (sum ^ (sum >>> 13)) >>> 0;
}
