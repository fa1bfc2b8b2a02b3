import { gapSign } from '../types.ts';
import type { MendResult, Place } from '../types.ts';

/** Stands for a gap while the page is read: a noncharacter, so that a `〓` the page had of its own stays a letter. */
export const gapMark = '\ufdd0';

export interface MarkedPlace extends Place {
  /** Where `after` stands in the marked page, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** It is shown as a gap. */
  readonly open: string;
  readonly isGap: boolean;
}

export interface MarkedPage {
  /** The mended page with every gap as `gapMark`. */
  readonly html: string;
  readonly places: readonly MarkedPlace[];
}

/** The mended page with its gaps marked and its places found again in UTF-16 units. */
export function markGaps({ html, plan }: MendResult): MarkedPage {
  const pieces: string[] = [];
  const places: MarkedPlace[] = [];
  let [unit, point, length] = [0, 0, 0];
  const put = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const place of plan) {
    const from = unitAt(html, unit, place.out - point);
    put(html.slice(unit, from).replaceAll(gapMark, '\ufffd'));
    const start = length;
    put(place.after.replace(gapSign, gapMark));
    places.push({ ...place, from: start, to: length, isGap: place.after.includes(gapSign) });
    unit = from + place.after.length;
    point = place.out + [...place.after].length;
  }
  put(html.slice(unit).replaceAll(gapMark, '\ufffd'));
  return { html: pieces.join(''), places };
}

/** The UTF-16 offset that lies some code points after another. */
function unitAt(html: string, from: number, points: number): number {
  let unit = from;
  for (let left = points; left > 0; left--) unit += (html.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  return unit;
}
