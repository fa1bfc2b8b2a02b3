import { afterCharacter, aligned, open } from './pairing.ts';
import { tagRemainder } from './tag-remainder.ts';

const both = aligned | open;
/** So many characters are read ahead; hardly a run of a page is longer. */
const reach = 80;

/**
 * What is left of the ways the pairing can be at an offset once the text behind it is considered: an intact sign shows that
 * the walk was aligned before it, the rest of a tag without its `<` that it was open. `spaceTells` where a character that
 * vanished before white space would have left a mark.
 */
export function statesAhead(text: string, index: number, states: number, spaceTells: boolean): number {
  if (states !== both) return states;
  let [one, two] = [aligned, open];
  for (let at = index, left = reach; left > 0 && one !== two; left--) {
    const code = text.codePointAt(at) ?? 0x0a;
    if (code === 0x3f || code === 0xfffd || code === 0x3013) return both;
    if (code < 0x80) {
      if (code <= 0x20 || code === 0x7f) return spaceTells ? (one === aligned ? aligned : open) : both;
      const wasOpen = tagRemainder(text, at) > 0;
      if (code >= 0x40 && !wasOpen) return both;
      return one === (wasOpen ? open : aligned) ? aligned : open;
    }
    one = afterCharacter(one, code);
    two = afterCharacter(two, code);
    at += code > 0xffff ? 2 : 1;
  }
  return both;
}
