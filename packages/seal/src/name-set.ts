/** A set of names that are made of a hash, 16 bytes each or less than twice that. */
export interface NameSet {
  /** False where it was in already. */
  add(name: string): boolean;
  has(name: string): boolean;
  readonly size: number;
}

/**
 * Of each name 64 bits of its hash are kept: two that agree in those are one name here, which no site will see. Whoever
 * makes it happen on purpose keeps rubbish from being cleared away, and nothing more.
 */
export function createNameSet(): NameSet {
  let slots = 1 << 12;
  let words = new Uint32Array(slots * 2);
  let size = 0;

  const place = (table: Uint32Array, high: number, low: number): number => {
    for (let slot = (high ^ low) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const [one, other] = [table[slot * 2], table[slot * 2 + 1]];
      if ((one === 0 && other === 0) || (one === high && other === low)) return slot;
    }
  };
  const grow = (): void => {
    const old = words;
    slots *= 2;
    words = new Uint32Array(slots * 2);
    for (let at = 0; at < old.length; at += 2) {
      const [high = 0, low = 0] = [old[at], old[at + 1]];
      if (high === 0 && low === 0) continue;
      const slot = place(words, high, low);
      words[slot * 2] = high;
      words[slot * 2 + 1] = low;
    }
  };
  const find = (name: string): { readonly slot: number; readonly high: number; readonly low: number } => {
    const from = name.lastIndexOf('/') + 1;
    const high = Number.parseInt(name.slice(from, from + 8), 16) >>> 0;
    // The same bytes may stand under a name of each kind: `blob/…`, `blob/….gz`, `blob/….br`, `map/…`.
    const kind = name.endsWith('.gz') ? 1 : name.endsWith('.br') ? 2 : name.startsWith('map/') ? 3 : 0;
    const low = ((Number.parseInt(name.slice(from + 8, from + 16), 16) ^ kind) | (high === 0 ? 4 : 0)) >>> 0;
    return { slot: place(words, high, low), high, low };
  };
  return {
    add(name) {
      const { slot, high, low } = find(name);
      if (words[slot * 2] !== 0 || words[slot * 2 + 1] !== 0) return false;
      words[slot * 2] = high;
      words[slot * 2 + 1] = low;
      size++;
      if (size * 2 > slots) grow();
      return true;
    },
    has(name) {
      const { slot } = find(name);
      return words[slot * 2] !== 0 || words[slot * 2 + 1] !== 0;
    },
    get size() {
      return size;
    },
  };
}
