/** What a page itself writes after a character: its own names and set phrases, which no counts of other texts know. */
export interface PageWords {
  /** The share of one character among those the page writes after another; 0 where it writes neither often. */
  readonly share: (before: string, char: string) => number;
}

const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;

/** Counts the pairs of Han of a page's text. Linear. */
export function pageWords(text: string): PageWords {
  const pairs = new Map<number, number>();
  const firsts = new Map<number, number>();
  for (let i = 1; i < text.length; i++) {
    const [a, b] = [text.charCodeAt(i - 1), text.charCodeAt(i)];
    if (!isHan(a) || !isHan(b)) continue;
    pairs.set(a * 65_536 + b, (pairs.get(a * 65_536 + b) ?? 0) + 1);
    firsts.set(a, (firsts.get(a) ?? 0) + 1);
  }
  return {
    share: (before, char) => {
      const [a, b] = [before.charCodeAt(0), char.charCodeAt(0)];
      // The one more in the sum keeps a character that is written once from being certain.
      return (pairs.get(a * 65_536 + b) ?? 0) / ((firsts.get(a) ?? 0) + 1);
    },
  };
}
