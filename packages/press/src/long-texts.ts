/** Where a text lies. */
export type TextPlace = readonly [at: number, length: number];

/** Keeps what is most of a city and needed one at a time out of memory. Nothing is taken out: copies of a city read on. */
export interface LongTexts {
  readonly keep: (text: string) => TextPlace;
  /** A text, or of it the units `from` to `to`. */
  readonly read: (place: TextPlace, from?: number, to?: number) => string;
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
  };
}
