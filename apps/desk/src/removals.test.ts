import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressGroups, editionOf } from './removals.ts';

test('addressGroups: an address is of its edition; feeds, site maps and files are by themselves', () => {
  const groups = addressGroups(['/', '/elder/news/a.html', '/news/feed.xml', '/sitemap/2026-11.xml', '/files/a/1.pdf']);
  assert.deepEqual(
    groups.map(({ name, paths }) => [name, paths.join()]),
    [
      ['标准版', '/'],
      ['长者版', '/elder/news/a.html'],
      ['订阅和数据', '/news/feed.xml'],
      ['网站地图', '/sitemap/2026-11.xml'],
      ['图片和文件', '/files/a/1.pdf'],
    ],
  );
});

test('editionOf: script and elder edition are read off the address', () => {
  assert.equal(editionOf('/zh-hant/elder/news/a.html'), '长者版 · 繁體');
  assert.equal(editionOf('/elderly/a.html'), '标准版');
});
