import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  excerptOf,
  foldingOf,
  hasAll,
  highlight,
  meant,
  openIndex,
  search,
  suggest,
  type SearchIndex,
  type SearchPage,
} from './index.ts';
import { distance } from './near-words.ts';

const english = foldingOf('en');
const page = (path: string, title: string, text = '', date = '2026-11-20 09:30'): SearchPage => ({
  ...{ path, title, date, kind: 'article', channel: '/en/news/', department: 'Water Bureau', validity: '' },
  lines: [title, ...text.split('\n')],
});
function filled(...pages: readonly SearchPage[]): SearchIndex {
  const index = openIndex({ folding: english });
  index.apply(pages.map((one) => ({ path: one.path, hash: 'a', page: one })));
  return index;
}
const paths = (index: SearchIndex, query: string): string[] =>
  search(index, { query, limit: 1000 }).pages.map(({ path }) => path);

test('foldingOf: languages with spaces are found by words, Chinese and its like by characters', () => {
  for (const language of ['en', 'en-GB', 'fr', 'ar', 'ru']) assert.equal(foldingOf(language).words, true, language);
  for (const language of ['zh-Hans', 'ja', 'ko', 'th']) assert.equal(foldingOf(language).words, false, language);
  assert.equal(english.fold('The People’s Café: 1,326 (临江市)'), ' the peoples cafe 1 326 临 江 市');
  assert.equal(english.fold(' — … \ue020 '), '');
});

test('search: a word is found from its beginning, in any case, with or without accents and apostrophes, and nowhere else', () => {
  const index = filled(
    page('/a', 'The North Tower', 'The last bucket of concrete. People’s Café.'),
    page('/b', 'Starting a company', 'Art is not mentioned, but a towering ambition.'),
  );
  for (const query of ['tower', 'TOW', 'buck concr', 'cafe', 'CAFÉ', "people's", 'peoples', '“north tower”'])
    assert.ok(paths(index, query).includes('/a'), query);
  assert.deepEqual(paths(index, 'art'), ['/b'], 'not within start');
  assert.deepEqual(paths(index, 'ower'), []);
  assert.deepEqual(paths(index, '"tower north"'), []);
  assert.deepEqual(paths(index, '"towering"'), ['/b']);
});

test('search: other forms of a word stand for it, and what people wrap a question in does not count', () => {
  const index = filled(page('/a', 'The ferry', 'Boats cross. Passports are registered.'), page('/b', 'Ferries stop'));
  assert.deepEqual(paths(index, 'ferries').sort(), ['/a', '/b']);
  assert.equal(paths(index, 'ferries')[0], '/b', 'the word itself first');
  assert.deepEqual(paths(index, 'ferry').sort(), ['/a', '/b']);
  assert.deepEqual(paths(index, 'how do I register my passport?'), ['/a']);
  assert.deepEqual(paths(index, 'boat'), ['/a']);
  assert.ok(paths(index, 'the').length > 0, 'alone it is all there is');
});

test('search: where no page has all the words, those that have some are shown and it is said', () => {
  const index = filled(page('/a', 'Ferry', 'boats'), page('/b', 'Library', 'books'));
  const found = search(index, { query: 'ferry books' });
  assert.deepEqual([found.relaxed, found.some, found.count], [true, true, 2]);
  assert.deepEqual(paths(index, 'zeppelin'), []);
});

const some = fc.constantFrom(
  ...'north tower of the river’s ferry, ferries registering 1,326 Café-bar 临江 to a I'.split(' '),
);
const text = fc.array(some, { maxLength: 12 }).map((words) => words.join(' '));

test('search: each title verbatim is on the first page, each beginning of a word of a page finds it, whatever is typed is answered', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.nat(),
      fc.string({ unit: 'binary', maxLength: 60 }),
      (texts, which, length, hostile) => {
        const pages = texts.map(([title, body], at) => page(`/${at}`, `${title} ${at}x`, body));
        const index = filled(...pages);
        for (const { title, path } of pages) assert.equal(paths(index, title)[0], path, title);
        const words = english
          .fold(pages.map(({ lines }) => lines.join(' ')).join(' '))
          .split(' ')
          .filter(Boolean);
        const word = words[which % words.length] ?? '';
        const beginning = ` ${word.slice(0, 1 + (length % word.length))}`;
        const naive = pages.filter(({ lines }) => lines.some((line) => english.fold(line).includes(beginning)));
        const found = paths(index, `"${beginning}"`);
        assert.deepEqual(found.sort(), naive.map(({ path }) => path).sort(), beginning);
        assert.doesNotThrow(() => [search(index, { query: hostile }), suggest(index, hostile), meant(index, hostile)]);
        index.close();
      },
    ),
    { numRuns: 100 },
  );
});

test('suggest, meant: titles whose words begin so; the word that is spelled nearly so', () => {
  const index = filled(
    page('/a', 'The ferry at Little Wharf'),
    page('/b', 'Ferries in fog'),
    page('/c', 'Residence permit'),
  );
  assert.deepEqual(suggest(index, 'ferr'), ['Ferries in fog', 'The ferry at Little Wharf']);
  assert.deepEqual(suggest(index, 'little wh'), ['The ferry at Little Wharf']);
  assert.deepEqual(suggest(index, 'erry'), []);
  assert.deepEqual(meant(index, 'ferrry'), ['ferry']);
  assert.deepEqual(meant(index, 'residance permit'), ['residence permit']);
  assert.deepEqual(meant(index, 'zzzzzz'), []);
});

test('distance: letters put in, left out, altered, swapped', () => {
  for (const [one, other, far] of [
    ['ferry', 'ferry', 0],
    ['ferrry', 'ferry', 1],
    ['fery', 'ferry', 1],
    ['ferri', 'ferry', 1],
    ['feryr', 'ferry', 1],
    ['bridge', 'ferry', Infinity],
  ] as const)
    assert.equal(distance(one, other, 2), far, one);
});

test('highlight, excerptOf: whole words are marked, and none is cut', () => {
  assert.deepEqual(highlight('Registering a company', [' regist'], english), [
    { text: 'Registering', hit: true },
    { text: ' a company', hit: false },
  ]);
  const long = `${'Nothing to be seen here at all. '.repeat(12)}The last bucket of concrete reached the top${' and so on and so forth'.repeat(12)}`;
  const pieces = excerptOf(['short', long], [' concret'], english);
  const shown = pieces.map((piece) => piece.text).join('');
  assert.match(shown, /^…(?:\w+\b.* )?.*concrete.*\w…$/);
  assert.ok(pieces.some(({ text: one, hit }) => hit && one === 'concrete'));
  for (const one of shown.replaceAll('…', '').trim().split(/\s+/)) assert.ok(long.split(/\s+/).includes(one), one);
  assert.ok(shown.length < 260);
  assert.equal(hasAll(['The Café'], [[' cafe']], english), true);
});
