/** The sign a gap is written by, and how many characters it may stand for. */
export interface Gap {
  readonly sign: string;
  readonly least: number;
  readonly most: number;
}

/**
 * Which lengths of a text a pattern of characters and gaps may take up, from its beginning: 1 for each of them. A pattern of
 * the regular expressions would take exponential time for some.
 */
export function matchingLengths(
  pattern: readonly string[],
  text: readonly string[],
  { sign, least, most }: Gap,
): Uint8Array {
  let now = new Uint8Array(text.length + 1);
  now[0] = 1;
  for (const char of pattern) {
    const next = new Uint8Array(text.length + 1);
    let last = Number.NEGATIVE_INFINITY;
    for (let at = 0; at <= text.length; at++) {
      if (char === sign) {
        if (now[at - least] === 1) last = at - least;
        if (at - last <= most) next[at] = 1;
      } else if (at > 0 && now[at - 1] === 1 && text[at - 1] === char) next[at] = 1;
    }
    now = next;
  }
  return now;
}
