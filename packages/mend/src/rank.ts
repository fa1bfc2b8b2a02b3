import type { LanguageModel } from './language-model.ts';

export interface Words {
  /** At least two characters before the gap and two after it; borders are line feeds. */
  readonly before: string;
  readonly after: string;
}

export interface Scored {
  readonly text: string;
  /** Natural logarithm of the probability of the text and of the two characters after it, given the words before it. */
  readonly score: number;
}

/** Scores texts in a gap by what stands on both sides of it. */
export function score(model: LanguageModel, words: Words, text: string): number {
  const ids = [...words.before]
    .slice(-2)
    .concat([...text], [...words.after].slice(0, 2))
    .map(model.idOf);
  let sum = 0;
  for (let i = 2; i < ids.length; i++) sum += model.logProbability(ids[i - 2] ?? 0, ids[i - 1] ?? 0, ids[i] ?? 0);
  return sum;
}

/** How many characters are tried with each sign when nothing but the words says what stood there. */
const shortlist = 160;

/** The best characters for a gap by the words before it and, where no sign stands between, after it. */
export function likelyCharacters(
  model: LanguageModel,
  words: Words,
  allowed: (char: string) => boolean,
  signs: boolean,
): string[] {
  const after = signs ? { ...words, after: '' } : words;
  return tried(model, words)
    .filter(allowed)
    .map((text) => ({ text, score: score(model, after, text) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, shortlist)
    .map(({ text }) => text);
}

/** Characters seen after the last one before the gap; all of them where too few were. */
function tried(model: LanguageModel, words: Words): readonly string[] {
  const followers = model.followers([...words.before].at(-1) ?? '');
  return followers.length < 20 ? model.characters : followers;
}

/** Scores as probabilities that sum to one. `sharpness` below 1 takes confidence away. */
export function probabilities(scored: readonly Scored[], sharpness: number): { text: string; probability: number }[] {
  const top = Math.max(...scored.map(({ score }) => score));
  const weights = scored.map(({ score }) => Math.exp((score - top) * sharpness));
  const sum = weights.reduce((a, b) => a + b, 0);
  return scored
    .map(({ text }, i) => ({ text, probability: (weights[i] ?? 0) / sum }))
    .sort((a, b) => b.probability - a.probability);
}
