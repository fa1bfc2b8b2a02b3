/** Where a text lies. */
export type TextPlace = readonly [at: number, length: number];

/** Keeps what is most of a city and needed one at a time out of memory. */
export interface LongTexts {
  readonly keep: (text: string) => TextPlace;
  /** A text, or of it the units `from` to `to`. */
  readonly read: (place: TextPlace, from?: number, to?: number) => string;
  /** The text is not needed any more. */
  readonly drop?: (place: TextPlace) => void;
}

/** Texts in memory, for a small city. */
export function textsInMemory(): LongTexts {
  const texts = new Map<number, string>();
  let next = 0;
  return {
    keep: (text) => {
      texts.set(next, text);
      return [next++, text.length];
    },
    read: ([at], from, to) => (texts.get(at) ?? '').slice(from, to),
    drop: ([at]) => {
      texts.delete(at);
    },
  };
}
