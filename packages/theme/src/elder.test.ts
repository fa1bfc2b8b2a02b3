import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveItem, Output } from '@chengmen/model';
import { createMemorySource, exampleCity, exampleItems, exampleTemplates, renderAll } from '@chengmen/theme/testing';
import { all, attributesOf, text, treeOf } from '../testing/page-tree.ts';
import { readsOf } from '../testing/reads-of.ts';
import { createTheme } from './create-theme.ts';

const theme = createTheme();
const city = exampleCity();
const outputs = renderAll(theme, city, exampleItems);
const isElder = ({ path }: Output): boolean => path.startsWith('/elder/');
const plain = [...outputs.values()].filter(isElder);
const pages = plain.filter(({ status }) => status !== 301);
const at = (path: string): Output => outputs.get(path) ?? assert.fail(path);
const hrefs = (page: Output): string[] => all(treeOf(page), 'a').map((link) => String(attributesOf(link)['href']));

test('elderOutputs: home, the chosen channels, the articles and services in them, and nothing else', () => {
  const chosen = exampleItems.filter(
    ({ kind, fields, path }) =>
      path !== null &&
      (kind === 'article' || kind === 'service') &&
      ['services', 'notices', 'headlines'].includes((fields as { channel: string }).channel),
  );
  assert.deepEqual(
    plain
      .filter(({ status }) => status !== 301)
      .map(({ path }) => path)
      .sort(),
    [
      '/elder/',
      '/elder/services/',
      '/elder/news/notices/',
      '/elder/news/headlines/',
      ...chosen.map(({ path }) => `/elder${path ?? ''}`),
    ].sort(),
  );
});

test('elderOutputs: a city that has no such edition has none, and no page speaks of it', () => {
  const items = exampleItems.map((item): LiveItem => {
    if (item.kind !== 'site') return item;
    const fields = { ...(item as LiveItem<'site'>).fields };
    delete fields.elder;
    return { ...item, fields };
  });
  for (const { path, body } of renderAll(theme, createMemorySource({ items }), items).values()) {
    assert.ok(!path.startsWith('/elder'), path);
    if (typeof body === 'string') assert.ok(!body.includes('/elder/'), path);
  }
});

test('elderOutputs: the text is that of the standard page, which each leads back to; engines are led there too', () => {
  for (const page of pages.filter(({ status }) => status === 200)) {
    const standard = at(page.path.slice('/elder'.length));
    assert.ok(hrefs(page).includes(standard.path), page.path);
    assert.equal(
      /<meta name="robots" content="noindex" \/>/.test(String(page.body)),
      page.path !== '/elder/',
      page.path,
    );
    assert.match(String(page.body), /<meta name="[dD]escription" content="[^"]+"/, page.path);
    assert.ok(hrefs(standard).includes(page.path), standard.path);
    const title = (one: Output): string => text(all(treeOf(one), 'h1')[0]!);
    if (page.path !== '/elder/') assert.equal(title(page), title(standard));
    for (const [at, prose] of all(treeOf(page), 'div')
      .filter((element) => attributesOf(element)['class'] === 'prose')
      .entries()) {
      const other = all(treeOf(standard), 'div').filter((element) => attributesOf(element)['class'] === 'prose')[at];
      assert.equal(text(prose), other && text(other), page.path);
    }
  }
});

test('elderOutputs: every link leads somewhere, to plain forms where there are such', () => {
  for (const page of pages) {
    for (const href of hrefs(page).filter((one) => one.startsWith('/'))) {
      const path = href.replace(/[?#].*$/, '');
      assert.ok(outputs.has(path), `${page.path} → ${href}`);
    }
  }
  const list = hrefs(at('/elder/news/notices/'));
  assert.ok(list.some((href) => /^\/elder\/news\/notices\/\d{4}\//.test(href)));
});

test('elderOutputs: few choices: at most a dozen ways on beside the list, and nothing that opens by itself', () => {
  for (const page of pages.filter(({ status }) => status === 200)) {
    const outside = all(treeOf(page), 'header')
      .filter((header) => attributesOf(header)['class'] === 'top')
      .flatMap((header) => [...all(header, 'a'), ...all(header, 'button')]);
    assert.ok(outside.length <= 7, `${page.path}: ${outside.length}`);
    assert.equal(all(treeOf(page), 'nav').length, 1, 'the footer’s links alone');
    assert.ok(!/<dialog|autoplay/.test(String(page.body)), page.path);
    assert.equal(attributesOf(all(treeOf(page), 'html')[0]!)['data-edition'], 'elder');
  }
});

test('elderOutputs: a withdrawn page is withdrawn here too, and a moved one redirects', () => {
  assert.equal(at('/elder/news/notices/2026/01/05/withdrawn-1.html').status, 410);
  const moved = at('/elder/news/notices/2026/11/18/news-2.html');
  assert.deepEqual([moved.status, moved.location], [301, '/elder/news/headlines/2026/11/18/news-2.html']);
});

test('elderOutputs: made from the reads of the page itself', () => {
  const without = exampleCity({ elder: { channels: ['archive'] } });
  for (const id of ['rich', 'service-1'])
    assert.deepEqual(readsOf(theme, city, `item:${id}`), readsOf(theme, without, `item:${id}`), id);
  assert.ok(exampleTemplates['elder-home']);
});
