import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { hijackAlarms } from './hijack-alarms.ts';
import { pageOf } from './testing/page-of.ts';

const corpus = process.env.CHENGMEN_CORPUS;
const skip = corpus === undefined ? 'CHENGMEN_CORPUS is not set' : false;

const lines = <T>(path: string): T[] =>
  gunzipSync(readFileSync(join(corpus ?? '', path)))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const alarmed = (pages: readonly string[]): string[] =>
  pages.flatMap((html) => hijackAlarms(html).map(({ kind, evidence }) => `${kind}: ${evidence}`));

test('hijackAlarms is silent on every tenth article and law of the corpus as a page of a portal', { skip }, () => {
  const articles = lines<{ title: string; html: string }>('articles/articles.jsonl.gz');
  const laws = lines<{ title: string; text: string }>('laws/laws.jsonl.gz').map(({ title, text }) => ({
    title,
    html: text,
  }));
  const pages = [...articles, ...laws].flatMap(({ title, html }, index) =>
    index % 10 === 0
      ? [pageOf({ title: `${title}-临江市人民政府`, h1: title, nav: `<a href="/n/">${title}</a>`, body: html })]
      : [],
  );
  assert.deepEqual(alarmed(pages), []);
});

test('hijackAlarms is silent on the originals of the damaged pages and on real pages in GBK', { skip }, () => {
  const originals = lines<{ original: string }>('damaged/cases.jsonl.gz').map(({ original }) => original);
  const folder = join(corpus ?? '', 'gbk-pages');
  const decoder = new TextDecoder('gb18030');
  const gbk = readdirSync(folder).map((name) => decoder.decode(readFileSync(join(folder, name))));
  assert.deepEqual(alarmed([...originals, ...gbk]), []);
});
