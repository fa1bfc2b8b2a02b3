/**
 * Measures the alarms: recall on the hijacked pages of the tests and on the corpus' word list (each word as a title and as
 * an anchor, alone and before a word that calls), false alarms on every clean page of the corpus, and the time they take
 * beside parsing.
 *
 *   CHENGMEN_CORPUS=DIR node packages/mend/tools/measure-alarms.ts [--show N]
 */
import { Console } from 'node:console';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'parse5';
import { hijackAlarms } from '../src/alarms/hijack-alarms.ts';
import { cleanPages } from '../src/alarms/testing/clean-pages.ts';
import { hijackedPages } from '../src/alarms/testing/hijacked-pages.ts';
import { pageOf } from '../src/alarms/testing/page-of.ts';

const out = new Console(process.stdout);
const { values } = parseArgs({ options: { show: { type: 'string', default: '20' } } });
const corpus = process.env.CHENGMEN_CORPUS;
if (corpus === undefined) throw new Error('Set CHENGMEN_CORPUS to the folder of the corpus.');
const toShow = Number(values.show);

function lines<T>(path: string): T[] {
  return gunzipSync(readFileSync(join(corpus ?? '', path)))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function falseAlarms(name: string, pages: Iterable<string>): void {
  let count = 0;
  let alarmed = 0;
  let shown = 0;
  for (const html of pages) {
    count++;
    const alarms = hijackAlarms(html);
    if (alarms.length > 0) alarmed++;
    for (const { kind, evidence } of alarms) if (shown++ < toShow) out.log(`    ${kind}: ${evidence}`);
  }
  out.log(`${name}: ${String(alarmed)} of ${String(count)} clean pages raise an alarm`);
}

interface Article {
  readonly title: string;
  readonly html: string;
  readonly text: string;
}

/** An article as a portal shows it, with the titles of others as its list of news. */
function* portalPages(articles: readonly Article[]): Generator<string> {
  for (const [index, { title, html, text }] of articles.entries()) {
    const others = articles.slice(index + 1, index + 9).map((other) => `<a href="/n/">${escaped(other.title)}</a>`);
    yield pageOf({
      title: `${escaped(title)}-临江市人民政府`,
      h1: escaped(title),
      head: `<meta name="description" content="${escaped(text.slice(0, 160))}"><meta name="keywords" content="${escaped(title)}">`,
      nav: others.join(''),
      body: html,
    });
  }
}

function recall(): void {
  const missed = hijackedPages.filter(({ html, kinds }) => {
    const found = new Set(hijackAlarms(html).map(({ kind }) => kind));
    return !kinds.every((kind) => found.has(kind));
  });
  out.log(
    `hijacked pages: ${String(hijackedPages.length - missed.length)} of ${String(hijackedPages.length)} with every alarm`,
  );
  const list = readFileSync(join(corpus ?? '', 'keywords/gambling.txt'), 'utf8')
    .trim()
    .split(/\s+/);
  const forms: Record<string, (word: string) => string> = {
    'title, word alone': (word) => pageOf({ title: word }),
    'title, word and 官网': (word) => pageOf({ title: `${word}官网_春季植树活动公告` }),
    'title in references, word and 官网': (word) =>
      pageOf({ title: [...`${word}官网`].map((c) => `&#${String(c.codePointAt(0))};`).join('') }),
    'anchor, word alone': (word) => pageOf({ nav: `<a href="/">首页</a><a href="/x/">${word}</a>` }),
    'anchor, word and 平台注册': (word) => pageOf({ nav: `<a href="/">首页</a><a href="/x/">${word}平台注册</a>` }),
  };
  for (const [name, form] of Object.entries(forms)) {
    const silent = list.filter((word) => hijackAlarms(form(word)).length === 0);
    out.log(
      `word list, ${name}: ${String(list.length - silent.length)} of ${String(list.length)}; silent: ${silent.join(' ')}`,
    );
  }
}

function time(pages: readonly string[]): void {
  const bytes = pages.reduce((sum, page) => sum + Buffer.byteLength(page), 0) / 1e6;
  const run = (work: (page: string) => unknown): number => {
    for (const page of pages.slice(0, 50)) work(page);
    const from = performance.now();
    for (const page of pages) work(page);
    return bytes / ((performance.now() - from) / 1000);
  };
  const [parsing, alarms] = [run((page) => parse(page)), run((page) => hijackAlarms(page))];
  out.log(`${bytes.toFixed(1)} MB: parse5 ${parsing.toFixed(1)} MB/s, alarms ${alarms.toFixed(1)} MB/s`);
}

recall();
falseAlarms('clean pages of the tests', Object.values(cleanPages));
const articles = lines<Article>('articles/articles.jsonl.gz');
falseAlarms('articles as portal pages', portalPages(articles));
falseAlarms(
  'laws as portal pages',
  portalPages(
    lines<{ title: string; text: string }>('laws/laws.jsonl.gz').map(({ title, text }) => ({
      title,
      text,
      html: text
        .split('\n')
        .map((line) => `<p>${escaped(line)}</p>`)
        .join('\n'),
    })),
  ),
);
falseAlarms(
  'originals of damaged/',
  lines<{ original: string }>('damaged/cases.jsonl.gz').map(({ original }) => original),
);
const decoder = new TextDecoder('gb18030');
const folder = join(corpus, 'gbk-pages');
const gbk = readdirSync(folder).map((name) => decoder.decode(readFileSync(join(folder, name))));
falseAlarms('gbk-pages', gbk);
falseAlarms('seed, reconstructed', [readFileSync(join(corpus, 'seed/reconstruction.html'), 'utf8')]);
time([...portalPages(articles.slice(0, 600))]);
time(gbk);
