import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldsOf, LiveItem, Output } from '@chengmen/model';
import { blockItems, createMemorySource, exampleBytes, exampleItems, live, renderAll } from '@chengmen/theme/testing';
import { all, attributesOf, text, treeOf } from '../../testing/page-tree.ts';
import { createTheme } from '../create-theme.ts';
import { figuresOf } from './page-blocks.ts';

const theme = createTheme();
const source = (items: readonly LiveItem[]): ReturnType<typeof createMemorySource> =>
  createMemorySource({ items, bytes: exampleBytes });
const headings = (output: Output | undefined): string[] => all(treeOf(output!), 'h2').map(text);
const withHome = (fields: FieldsOf<'home'>): LiveItem[] => [...exampleItems, live('home', 'home-page', null, fields)];
const home = (items: readonly LiveItem[]): Output | undefined => theme.render('home', source(items))[0];

test('blockRows: every kind of block shows what it names on a home page, a channel’s page and in a topic', () => {
  const pages = renderAll(theme, source(blockItems), blockItems);
  const expected = [
    ...['常办的事', '通知公告', '编辑精选', '政策文件', '政策解读', '开放时间', '近期安排', '一城之数', '政民互动'],
    ...['常用入口', '城市影像', '看图'],
  ];
  const topic = blockItems.find(({ id }) => id === 'topic-bridge')?.path ?? '';
  for (const path of ['/', '/news/notices/', topic]) {
    const page = pages.get(path);
    const shown = headings(page);
    const places = expected.map((title) => shown.indexOf(title));
    assert.ok(!places.includes(-1), `${path}: ${shown.join(' ')}`);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      `${path}: another order`,
    );
    const [banner] = all(treeOf(page!), 'figure');
    const [image] = all(banner!, 'img').map(attributesOf);
    assert.equal(image?.['alt'], '建设中的澜水三桥');
  }
  assert.ok(headings(pages.get('/news/notices/')).includes('全部通告'));
});

test('Home: blocks of its own stand where they were approved; without them, or once they are withdrawn, the settings say what stands there', () => {
  const own = withHome({ words: ['社保'], blocks: [{ show: 'text', title: '只有这些', paragraphs: ['一段。'] }] });
  assert.ok(headings(home(own)).includes('只有这些') && headings(home(own)).includes('要闻动态'));
  assert.match(String(home(own)?.body), /q=%E7%A4%BE%E4%BF%9D/);
  const gone = own.map((item) => (item.id === 'home-page' ? { ...item, state: 'withdrawn' as const } : item));
  assert.equal(String(home(gone)?.body), String(home(exampleItems)?.body));
});

test('blockRows: what a block names and is not there, or has nothing to show, leaves no heading behind', () => {
  const of = (...blocks: FieldsOf<'home'>['blocks']): string =>
    String(home(withHome({ blocks: [{ show: 'text', title: '开头', paragraphs: ['一段。'] }, ...blocks] }))?.body);
  assert.equal(
    of(
      { show: 'items', title: '没有', items: ['withdrawn-1', 'nobody'] },
      { show: 'pictures', title: '没有', pictures: [{ picture: 'attachment' }, { picture: 'nobody' }] },
      { show: 'figures', title: '没有', dataset: 'rich', count: 3, by: 'row' },
      { show: 'channel', channel: 'old-channel', count: 3, title: '没有' },
      { show: 'services', channel: 'archive', count: 3, title: '没有' },
    ),
    of(),
  );
});

test('figuresOf: the last row by column, or the first column of numbers by row', () => {
  const table = {
    columns: [
      { name: '年', type: 'text' },
      { name: '人口', unit: '万人', type: 'number' },
      { name: '面积', type: 'number' },
    ],
    rows: [
      ['2024', 300, 8000],
      ['2025', 310, null],
    ],
    unit: '平方公里',
  } as unknown as FieldsOf<'dataset'>;
  assert.deepEqual(figuresOf(table, { by: 'column' }), [{ name: '人口', value: 310, unit: '万人' }]);
  assert.deepEqual(
    figuresOf(table, { by: 'row' }).map(({ name, value }) => [name, value]),
    [
      ['2024', 300],
      ['2025', 310],
    ],
  );
});

test('Navigation and footer: as the settings order them; a channel that is gone leaves no hole, what leads outside says so', () => {
  const [page] = theme.render('home', source(blockItems));
  const [row] = all(treeOf(page!), 'ul').filter((list) => attributesOf(list)['class'] === 'nav-row');
  assert.deepEqual(all(row!, 'a').map(text), ['首页', '政务服务', '预约', '新闻中心']);
  assert.equal(attributesOf(all(row!, 'a')[2]!)['rel'], 'noopener noreferrer external');
  const foot = text(all(treeOf(page!), 'footer')[0]!);
  assert.match(foot, /无障碍浏览\s*隐私\s*图书馆（外部网站）/);
  const without = blockItems.filter(({ id }) => id !== 'services');
  const [other] = theme.render('home', source(without));
  const [left] = all(treeOf(other!), 'ul').filter((list) => attributesOf(list)['class'] === 'nav-row');
  assert.deepEqual(all(left!, 'a').map(text), ['首页', '预约', '新闻中心']);
});

test('redirect: leads to where its item stands, with the item it goes, and says so once it is withdrawn itself', () => {
  const from = '/art/2019/1/4/art_1_2.html';
  const at = (items: readonly LiveItem[]): Output | undefined => theme.render('redirect:redirect-1', source(items))[0];
  const rich = blockItems.find(({ id }) => id === 'rich');
  assert.deepEqual([at(blockItems)?.status, at(blockItems)?.location], [301, rich?.path]);
  const changed = (id: string, more: object): LiveItem[] =>
    blockItems.map((item) => (item.id === id ? ({ ...item, ...more } as LiveItem) : item));
  assert.equal(at(changed('rich', { state: 'withdrawn' }))?.status, 410);
  assert.equal(at(changed('redirect-1', { state: 'withdrawn' }))?.status, 410);
  assert.equal(at(changed('redirect-1', { fields: { from, to: 'site' } }))?.location, '/');
  assert.equal(at(changed('redirect-1', { fields: { from, to: 'news' } }))?.location, '/news/');
  assert.equal(at(changed('redirect-1', { fields: { from, to: 'nobody' } })), undefined);
});
