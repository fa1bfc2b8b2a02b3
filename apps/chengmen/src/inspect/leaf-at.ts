import { decodeEntry, type Entry, type MapRef, type PageReader } from '@chengmen/release';

/** The path at a place in the order of a map's keys, 0 … count - 1, with its entry. Reads one page for each level. Throws RangeError outside. */
export async function leafAt(
  read: PageReader,
  root: MapRef,
  place: number,
): Promise<{ readonly path: string; readonly entry: Entry }> {
  if (!(place >= 0 && place < root.count)) throw new RangeError(`no place ${place} in a map of ${root.count}`);
  let [ref, prefix, left] = [root, '', place];
  for (;;) {
    const page = await read(prefix, ref);
    if ('leaves' in page) {
      const leaf = page.leaves[left];
      if (!leaf) throw new RangeError(`no leaf ${left} at “${prefix}”`);
      return { path: leaf.path, entry: decodeEntry(leaf.text) };
    }
    for (const [nibble, child] of page.children.entries()) {
      if (left < child.count) {
        ref = child;
        prefix += nibble.toString(16);
        break;
      }
      left -= child.count;
    }
  }
}
