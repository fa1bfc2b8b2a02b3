/** What a page itself writes after characters: its own names and set phrases, which no counts of other texts know. */
export interface PageWords {
  /**
   * The share of a Han among those that the page writes after the last one, two and three characters of some words, in this
   * order; undefined where it writes none after them.
   */
  readonly shares: (before: string, char: string) => readonly (number | undefined)[];
  /** Whether the page writes two characters side by side of which the second one is a Han. */
  readonly writes: (first: string, second: string) => boolean;
}

const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;
const longest = 3;

/** What follows some characters: each with how often, and all of them under the empty string. */
type Followers = Map<string, number>;

/**
 * Counts the Han that a page's text writes after each other one, and after the last two and three characters of the given
 * words. Linear.
 */
export function pageWords(text: string, befores: readonly string[]): PageWords {
  const after = new Map<string, Followers>();
  const pairs = new Set<string>();
  for (let size = 2; size <= longest; size++)
    for (const before of befores) if (before.length >= size) after.set(before.slice(-size), new Map());
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    if (!isHan(text.charCodeAt(i))) {
      run = 0;
      continue;
    }
    pairs.add(text.slice(Math.max(0, i - 1), i + 1));
    for (let size = 1; size <= Math.min(run, longest); size++) {
      const key = text.slice(i - size, i);
      if (size === 1 && !after.has(key)) after.set(key, new Map());
      const followers = after.get(key);
      for (const one of followers === undefined ? [] : [text[i] ?? '', ''])
        followers?.set(one, (followers.get(one) ?? 0) + 1);
    }
    run++;
  }
  return {
    writes: (first, second) => pairs.has(first + second),
    shares: (before, char) =>
      Array.from({ length: Math.min(longest, before.length) }, (_, i) => {
        const followers = after.get(before.slice(-1 - i));
        const all = followers?.get('');
        // The one more in the sum keeps a character that is written once from being certain.
        return all === undefined ? undefined : (followers?.get(char) ?? 0) / (all + 1);
      }),
  };
}
