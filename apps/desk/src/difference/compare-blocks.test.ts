import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block } from '@chengmen/model';
import { compareBlocks } from './compare-blocks.ts';

const text = (title: string, words = '一段。'): Block => ({ show: 'text', title, paragraphs: [words] });
const channel = (id: string, count = 3): Block => ({ channel: id, count });
const told = (before: Block[], after: Block[]): string[] =>
  compareBlocks(before, after).map(({ was, label, from, to }) => `${was} ${label} ${from ?? ''}>${to ?? ''}`);

test('compareBlocks: what came, went, moved and changed is told as such, the least that explains it', () => {
  const [a, b, c] = [text('甲'), channel('notices'), text('丙')];
  assert.deepEqual(told([a, b, c], [a, b, c]), ['same 文字：甲 >1', 'same 栏目最新：{notices} >2', 'same 文字：丙 >3']);
  assert.deepEqual(told([a, b, c], [c, a, b]), [
    'moved 文字：丙 3>1',
    'same 文字：甲 >2',
    'same 栏目最新：{notices} >3',
  ]);
  assert.deepEqual(told([a, b, c], [a, c]), ['same 文字：甲 >1', 'removed 栏目最新：{notices} 2>', 'same 文字：丙 >2']);
  assert.deepEqual(told([a], [text('新'), a]), ['added 文字：新 >1', 'same 文字：甲 >2']);
  assert.deepEqual(told([a, b], []), ['removed 文字：甲 1>', 'removed 栏目最新：{notices} 2>']);
});

test('compareBlocks: a block that changed is told with its fields, also where it moved meanwhile', () => {
  const [first] = compareBlocks([channel('notices'), text('甲')], [text('甲', '另一段。'), channel('notices', 5)]);
  assert.equal(first?.was, 'changed');
  assert.deepEqual(
    first.fields.map(({ label }) => label),
    ['正文'],
  );
  const [, second] = compareBlocks([channel('notices'), text('甲')], [text('甲'), channel('notices', 5)]);
  assert.deepEqual([second?.was, second?.fields.map(({ label }) => label)], ['changed', ['条数']]);
});

test('compareBlocks: the old form without a name and the new one are the same block', () => {
  const [one] = compareBlocks([channel('notices')], [{ show: 'channel', channel: 'notices', count: 3 }]);
  assert.deepEqual([one?.was, one?.fields], ['same', []]);
});
