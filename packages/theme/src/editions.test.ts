import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LiveItem, Output } from '@chengmen/model';
import { createMemorySource, exampleCity, foreignCity, foreignItems, renderAll } from '@chengmen/theme/testing';
import { all, attributesOf, treeOf } from '../testing/page-tree.ts';
import { readsOf } from '../testing/reads-of.ts';
import { createTheme } from './create-theme.ts';

const theme = createTheme();
const outputs = renderAll(theme, foreignCity(), foreignItems);
const isPage = ({ type, status }: Output): boolean => type.startsWith('text/html') && status !== 301;
const pages = [...outputs.values()].filter(isPage);
const languageOf = (path: string): string =>
  path.startsWith('/en/')
    ? 'en'
    : path.startsWith('/ar/')
      ? 'ar'
      : path.startsWith('/zh-hant/')
        ? 'zh-Hant'
        : 'zh-Hans';
const bodyAt = (path: string): string => String((outputs.get(path) ?? assert.fail(path)).body);

/** What a reader of English is shown and told, without what is marked as Chinese. */
function unmarked(markup: string): string {
  return (
    markup
      .replaceAll(/<script type="application\/ld[\s\S]*?<\/script>/g, '')
      .replaceAll(/<(\w+)[^>]*\slang="zh[^"]*"[^>]*>[\s\S]*?<\/\1>|<img lang="zh[^>]*>/g, '')
      // The one title that names the city in Chinese: nothing can be marked in a head.
      .replaceAll('Where 临江市 is', '')
      .replaceAll(/ (?:download|data-validity)="[^"]*"/g, '')
  );
}

test('inEdition: nothing Chinese stands on a page of another language but what is marked as Chinese', () => {
  const foreign = pages.filter(({ path }) => path.startsWith('/en/'));
  assert.ok(foreign.length > 100);
  for (const { path, body } of foreign) {
    const rest = unmarked(String(body));
    const at = rest.search(/\p{Script=Han}/u);
    assert.equal(at < 0 ? '' : rest.slice(Math.max(0, at - 40), at + 20), '', path);
  }
});

test('inEdition: every page says its language, and its direction where that is not the usual one', () => {
  for (const { path, body } of pages) {
    const [, attributes = ''] = /<html ([^>]*)>/.exec(String(body)) ?? [];
    assert.match(attributes, new RegExp(`^lang="${languageOf(path)}"`), path);
    assert.equal(attributes.includes('dir="rtl"'), languageOf(path) === 'ar', path);
  }
});

test('alternates: each page names all its versions and is named by all of them; the Chinese one is for everybody else', () => {
  const sets = new Map<string, string>();
  for (const { path, body } of pages) {
    const links = all(treeOf({ body } as Output), 'link').map(attributesOf);
    const named = links.flatMap(({ rel, hreflang = '', href = '' }) =>
      rel === 'alternate' && hreflang !== '' ? [`${hreflang} ${href.replace('https://www.linjiang.example', '')}`] : [],
    );
    if (named.length > 0) sets.set(path, named.sort().join('\n'));
  }
  assert.ok(sets.size > 100);
  for (const [path, set] of sets)
    for (const [language = '', to = ''] of set.split('\n').map((line) => line.split(' '))) {
      assert.equal(sets.get(to), set, `${path} names ${to}, which names others`);
      if (language !== 'x-default') assert.equal(languageOf(to), language);
      else assert.equal(languageOf(to), 'zh-Hans');
    }
  assert.match(
    sets.get('/news/headlines/2026/11/20/news-1.html') ?? '',
    /^ar .*\nen .*\nx-default .*\nzh-Hans .*\nzh-Hant /,
  );
});

test('languageLinks: a page without a version says so in words of that language and leads to the home page', () => {
  const own = bodyAt('/en/news/notices/2026/11/19/en-own.html');
  assert.match(
    own,
    /<li lang="zh-Hans" dir="ltr">\s*此页没有中文版。\s*<a\s+href="\/"\s+hreflang="zh-Hans"\s*>临江市人民政府<\/a/,
  );
  const untranslated = bodyAt('/news/headlines/2026/11/18/news-2.html');
  assert.match(untranslated, /<li lang="ar" dir="rtl">\s*لا توجد[^<]* <a\s+href="\/ar\/"/);
  assert.match(untranslated, /href="\/en\/news\/headlines\/2026\/11\/18\/news-2\.html"\s+translate="no"\s*>English</);
  assert.ok(!untranslated.includes('This page has not been translated'));
});

test('createTheme: other languages have no Traditional twins and no plain forms, and are not listed among Chinese news', () => {
  assert.deepEqual(
    [...outputs.keys()].filter((path) => /^\/(?:zh-hant|elder)\/(?:en|ar)\//.test(path)),
    [],
  );
  for (const path of ['/feed.xml', '/sitemap.html', '/'])
    assert.doesNotMatch(unversioned(bodyAt(path)), /\/en\/news/, path);
  assert.match(bodyAt('/en/feed.xml'), /xml:lang="en"/);
  assert.match(bodyAt('/sitemap/pages.xml'), /<loc>[^<]*\/en\/<\/loc><xhtml:link rel="alternate" hreflang="zh-Hans"/);
});

const unversioned = (markup: string): string => markup.replace(/<nav class="languages[\s\S]*?<\/nav>/, '');

test('translationNotice: a translation older than its original says which of them holds', () => {
  const rich = foreignItems.find(({ id }) => id === 'rich') as LiveItem<'article'>;
  const later = { ...rich, editions: [...(rich.editions ?? []), { on: '2026-11-25', hash: rich.hash }] };
  const items = foreignItems.map((item) => (item.id === 'rich' ? later : item));
  const [page] = theme.render('item:en-rich', createMemorySource({ items }));
  assert.match(String(page?.body), /revised after this translation \(25 November 2026\)/);
  assert.doesNotMatch(bodyAt(page?.path ?? ''), /revised after this translation/);
});

test('known: what is one of a few has the same form in every language, and counts for the same', () => {
  const badges = (path: string): string[] => bodyAt(path).match(/class="badge badge-\w+"/g) ?? [];
  const both = pages.map(({ path }) => path).filter((path) => path.endsWith('.html') && outputs.has(`/en${path}`));
  for (const path of both) assert.deepEqual(badges(`/en${path}`), badges(path), path);
  const tones = new Set(both.flatMap(badges).map((found) => found.slice('class="badge '.length, -1)));
  assert.deepEqual([...tones].sort(), ['badge-done', 'badge-off', 'badge-on', 'badge-soon']);
  const satisfied = (satisfaction: string): string | undefined => {
    const items = foreignItems.map((item) =>
      item.kind === 'letter' ? ({ ...item, fields: { ...item.fields, satisfaction } } as LiveItem) : item,
    );
    const home = theme.render('channel:english', createMemorySource({ items })).find(({ path }) => path === '/en/');
    return /Satisfied writers<\/dt>\s*<dd>(\d+)</.exec(String(home?.body))?.[1];
  };
  assert.deepEqual(['满意', '不满意', '未评价'].map(satisfied), ['100', '0', undefined]);
});

test('gonePage: the files of a withdrawn data set say so in the language of its page', () => {
  const found = foreignItems.find(({ id, kind }) => kind === 'dataset' && id.startsWith('en-')) ?? assert.fail();
  const gone: LiveItem = { ...found, state: 'withdrawn', withdrawal: { on: '2026-11-25', reason: 'Wrong.' } };
  const items = foreignItems.map((item) => (item === found ? gone : item));
  const file = theme.render(`item:${gone.id}`, createMemorySource({ items })).find(({ path }) => path.endsWith('.csv'));
  assert.equal(file?.body, 'These data have been withdrawn.\nWithdrawn on: 2026-11-25\nReason: Wrong.\n');
});

test('createTheme: what is new in another language is no concern of the Chinese home page', () => {
  const reads = readsOf(theme, foreignCity(), 'home');
  assert.deepEqual(
    reads.filter((key) => /english|arabic|en-|ar-|newest::/.test(key)),
    [],
  );
  assert.ok(readsOf(theme, exampleCity(), 'home').includes('newest::20'));
});

test('Styles: what has a side has it by the direction of the text', () => {
  const styles = globSync('src/styles/*.css', { cwd: join(import.meta.dirname, '..') });
  const physical =
    /(?<![\w-])(?:(?:margin|padding|border|inset|scroll-\w+)-)?(?:left|right)(?:-\w+)?\s*:|:\s*(?:left|right)\b|(?:top|bottom)-(?:left|right)/;
  assert.match('margin-left: 1em', physical);
  for (const file of styles)
    assert.doesNotMatch(readFileSync(join(import.meta.dirname, '..', file), 'utf8'), physical, file);
});
