import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveItem, Output } from '@chengmen/model';
import { createMemorySource, exampleCity, exampleItems, exampleTemplates, renderAll } from '@chengmen/theme/testing';
import { all, attributesOf, illFormed, text, treeOf } from '../testing/page-tree.ts';
import { createTheme } from './create-theme.ts';

const theme = createTheme();
const outputs = renderAll(theme, exampleCity(), exampleItems);
const isPage = ({ type, status }: Output): boolean => type.startsWith('text/html') && status !== 301;
const own = [...outputs.values()].filter(({ path }) => !path.startsWith('/zh-hant/'));
const twins = [...outputs.values()].filter(({ path }) => path.startsWith('/zh-hant/'));

test('traditionalTwins: without the edition nothing stands below its address, and nothing speaks of it', () => {
  const items = exampleItems.map((item): LiveItem => {
    if (item.kind !== 'site') return item;
    const fields = { ...(item as LiveItem<'site'>).fields };
    delete fields.traditional;
    return { ...item, fields };
  });
  const plain = renderAll(theme, createMemorySource({ items }), items);
  // This source holds no bytes of media.
  assert.deepEqual(
    [...plain.keys()].sort(),
    own
      .map(({ path }) => path)
      .filter((path) => !/^\/(?:media|files)\//.test(path))
      .sort(),
  );
  for (const { body } of plain.values()) if (typeof body === 'string') assert.ok(!body.includes('zh-hant'));
});

test('traditionalTwins: every page, redirect, feed and site map has its twin; pictures and files are shared', () => {
  const shared = /^\/(?:assets|media|files)\/|^\/robots\.txt$|\/rss\.xml$|^\/opensearch\.xml$|\.(?:csv|json)$/;
  assert.deepEqual(
    twins.map(({ path, status }) => [path, status]).sort(),
    own
      .filter(({ path }) => !shared.test(path))
      .map(({ path, status }) => [`/zh-hant${path}`, status])
      .sort(),
  );
  for (const { location, status } of twins) if (status === 301) assert.match(location ?? '', /^\/zh-hant\//);
});

test('traditionalTwins: texts and attributes are Traditional, names are as the site wants them', () => {
  const page = outputs.get('/zh-hant/accessibility.html');
  assert.ok(page);
  const body = String(page.body);
  assert.match(body, /<html lang="zh-Hant">/);
  assert.match(body, /無障礙瀏覽/);
  assert.match(body, /aria-label="當前位置"/);
  assert.match(body, /临江市人民政府/);
  assert.doesNotMatch(body.replaceAll('临江市', '').replaceAll('简体版', ''), /[无碍览员务关这个门]/);
});

test('traditionalTwins: links stay within the edition, and lead to what is there', () => {
  for (const page of twins.filter(isPage)) {
    for (const link of all(treeOf(page), 'a')) {
      const { href = '', hreflang } = attributesOf(link);
      if (!href.startsWith('/') || href.startsWith('/media/')) continue;
      const path = href.replace(/[?#].*$/, '');
      assert.ok(outputs.has(path), `${page.path}: ${href} leads nowhere`);
      if (hreflang === 'zh-Hans') assert.equal(`/zh-hant${path}`, page.status === 200 ? page.path : '/zh-hant/');
      else if (outputs.has(`/zh-hant${path}`)) assert.fail(`${page.path}: ${href} leaves the edition`);
    }
  }
});

test('traditionalTwins: each page names itself and its other form, in both directions', () => {
  const alternatesOf = (page: Output): (readonly [string, string])[] =>
    all(treeOf(page), 'link')
      .map(attributesOf)
      .flatMap(({ rel, hreflang = '', href = '' }) =>
        rel === 'alternate' && hreflang ? [[hreflang, href] as const] : [],
      );
  const origin = 'https://www.linjiang.example';
  const isListed = ({ body }: Output): boolean => !String(body).includes('content="noindex"');
  for (const page of own.filter((one) => isPage(one) && one.status === 200 && isListed(one))) {
    const twin = outputs.get(`/zh-hant${page.path}`);
    assert.ok(twin, page.path);
    const expected = [
      ['zh-Hans', origin + page.path],
      ['zh-Hant', `${origin}/zh-hant${page.path}`],
      ['x-default', origin + page.path],
    ];
    assert.deepEqual(alternatesOf(page), expected);
    assert.deepEqual(alternatesOf(twin), expected);
    const canonical = all(treeOf(twin), 'link')
      .map(attributesOf)
      .find(({ rel }) => rel === 'canonical');
    assert.equal(canonical?.href, `${origin}/zh-hant${page.path}`);
    const title = text(all(treeOf(twin), 'title')[0]!);
    assert.ok(title.startsWith(text(all(treeOf(twin), 'h1')[0]!)), `${twin.path}: ${title}`);
  }
});

test('traditionalTwins: whole addresses of shared files are those of the files', () => {
  const article = String(outputs.get(`/zh-hant${exampleTemplates['article'] ?? ''}`)?.body);
  assert.doesNotMatch(article, /\/zh-hant\/(?:media|assets)\//);
  for (const { path, body, type } of twins)
    if (typeof body === 'string' && type.includes('xml')) {
      assert.equal(illFormed(body), undefined, path);
      for (const [, address = ''] of body.matchAll(/<loc>https:\/\/www\.linjiang\.example([^<]*)<\/loc>/g))
        assert.ok(address.startsWith('/zh-hant/') && outputs.has(address), `${path}: ${address}`);
    }
  assert.match(
    String(outputs.get('/robots.txt')?.body),
    /Sitemap: https:\/\/www\.linjiang\.example\/zh-hant\/sitemap\.xml\n/,
  );
});

test('Traditional twins: what stands after a link that is not to be converted is converted', () => {
  const home = String(outputs.get('/zh-hant/')?.body);
  assert.match(home, />首頁<\/a>/);
  assert.doesNotMatch(home, />首页</);
});
