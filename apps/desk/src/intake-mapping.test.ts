import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import { mappingOf } from './intake-mapping.ts';

const channels = [
  { id: 'news', name: '新闻中心' },
  { id: 'notices', name: '通知公告' },
  { id: 'east', name: '要闻' },
  { id: 'west', name: '要闻' },
];

test('mappingOf: columns, constants and channel rules by id or name; nothing filled in is no mapping', () => {
  assert.equal(mappingOf({ channels: ' \n ', 'column-title': ' ' }, channels), null);
  const form = {
    ...{ 'column-title': '标题', 'column-body': '正文', 'constant-source': '市府', body: 'text', sheet: '' },
    channels: '/xwzx/tpxw/ → 新闻中心\nold.example.gov.cn/xx/ = news\n公告 -> notices\n',
  };
  assert.deepEqual(mappingOf(form, channels), {
    columns: { title: '标题', body: '正文' },
    channels: [
      { address: '/xwzx/tpxw/', channel: 'news' },
      { address: 'old.example.gov.cn/xx/', channel: 'news' },
      { breadcrumb: '公告', channel: 'notices' },
    ],
    constants: { source: '市府' },
    body: 'text',
  });
});

test('mappingOf: a line that is no rule, names no channel or two is refused, with the line', () => {
  for (const line of ['/xwzx/ news', '/xwzx/ → 没有的', '/xwzx/ → 要闻'])
    assert.throws(
      () => mappingOf({ channels: line }, channels),
      (error) =>
        error instanceof ChengmenError && error.code === 'mapping-invalid' && error.parameters['file'] === line,
    );
});
