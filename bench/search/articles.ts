import { dateOf, numberAt } from '../city.ts';
import { corpusFolder, readLines } from '../mend/pages.ts';
import { CorpusMissing } from '../mend.ts';

export interface Article {
  readonly at: number;
  readonly title: string;
  readonly date: string;
  readonly lines: readonly string[];
}

/** Articles of the corpus; beyond their number, such as are put together of their sentences. The same on every machine. */
export function articlesFrom(count: number): readonly Article[] {
  const folder = corpusFolder();
  if (folder === undefined) throw new CorpusMissing();
  const real = readLines(folder, 'articles/articles.jsonl.gz') as { readonly title: string; readonly text: string }[];
  const sentences = real.flatMap(({ text }) => text.split(/(?<=[。！？\n])/)).filter((one) => one.trim().length > 3);
  return Array.from({ length: count }, (_, at): Article => {
    const own = real[at];
    const title = own?.title ?? `${real[numberAt(at, 1, real.length)]?.title ?? ''}（${at}）`;
    const text = own?.text ?? mixed(sentences, at);
    return { at, title, date: dateOf(at), lines: text.split('\n').flatMap((line) => line.trim() || []) };
  });
}

function mixed(sentences: readonly string[], at: number): string {
  let text = '';
  for (let step = 0; text.length < 500; step++) text += sentences[numberAt(at, 100 + step, sentences.length)]?.trim();
  return text;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words of a text, as an engine of words is given them. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) if (isWordLike === true) words.push(segment);
  return words;
}

/** Chinese words drawn from random places of the articles: what people search for, mostly of two characters. */
export function queriesFrom(articles: readonly Article[], count: number): readonly string[] {
  const queries: string[] = [];
  for (let seed = 0; queries.length < count; seed++) {
    const { lines } = articles[numberAt(seed, 11, articles.length)] ?? { lines: [] };
    const words = wordsOf(lines[numberAt(seed, 12, lines.length)] ?? '').filter((word) =>
      /^\p{sc=Han}{2,}$/u.test(word),
    );
    const word = words[numberAt(seed, 13, words.length)];
    if (word !== undefined) queries.push(word);
  }
  return queries;
}
