import { afterCharacter, aligned, open } from './pairing.ts';
import { tagRemainder } from './tag-remainder.ts';

const both = aligned | open;
/** So many characters are read ahead; hardly a run of a page is longer. */
const reach = 80;

/** The sign that a run ends at, and the pairing before it when the run began aligned and when it began open. */
interface RunEnd {
  readonly at: number;
  readonly code: number;
  readonly ifAligned: number;
  readonly ifOpen: number;
}

/** The end of the run at an offset; undefined where both ways become one, or something is lost within. */
function endOfRun(text: string, index: number): RunEnd | undefined {
  let [ifAligned, ifOpen] = [aligned, open];
  for (let at = index, left = reach; left > 0 && ifAligned !== ifOpen; left--) {
    const code = text.codePointAt(at) ?? 0x0a;
    if (code === 0x3f || code === 0xfffd || code === 0x3013) return undefined;
    if (code < 0x80) return { at, code, ifAligned, ifOpen };
    ifAligned = afterCharacter(ifAligned, code);
    ifOpen = afterCharacter(ifOpen, code);
    at += code > 0xffff ? 2 : 1;
  }
  return undefined;
}

/**
 * What is left of the ways the pairing can be at an offset once the text behind it is considered: an intact sign shows that
 * the walk was aligned before it, the rest of a tag without its `<` that it was open. `spaceTells` where a character that
 * vanished before white space would have left a mark.
 */
export function statesAhead(text: string, index: number, states: number, spaceTells: boolean): number {
  const end = states === both ? endOfRun(text, index) : undefined;
  if (end === undefined) return states;
  const isSpace = end.code <= 0x20 || end.code === 0x7f;
  if (isSpace && !spaceTells) return both;
  const wasOpen = !isSpace && tagRemainder(text, end.at) > 0;
  if (!isSpace && end.code >= 0x40 && !wasOpen) return both;
  return end.ifAligned === (wasOpen ? open : aligned) ? aligned : open;
}

/** Whether the rest of a tag behind an offset shows that the walk is open there. */
export function isOpenBeforeTag(text: string, index: number): boolean {
  const end = endOfRun(text, index);
  return end?.ifOpen === open && tagRemainder(text, end.at) > 0;
}
