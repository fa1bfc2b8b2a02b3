import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutLink } from './cut-link.ts';

test('cutLink: an ellipsis where the title goes on, the last character where it lacks one', () => {
  const link = (title: string, shown: string): string => `<li><a href="/1" title="${title}">${shown}`;
  assert.equal(cutLink(link('县图书馆开展主题活动', '县图书馆开'))?.text, '…');
  assert.equal(cutLink(link('标题：县图书馆开放', '县〓书馆开'))?.text, '放');
  assert.equal(cutLink(link('县图书馆开展', '县图书馆开展')), undefined);
  assert.equal(cutLink(link('县文化馆开展活动', '县图书馆开')), undefined);
  assert.equal(cutLink('<a href="/1">县图书馆开'), undefined);
});
