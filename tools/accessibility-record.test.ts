import assert from 'node:assert/strict';
import { test } from 'node:test';
import { criteriaOf } from './accessibility-record.ts';

const row = (criterion: string, name: string, tested: string): string =>
  `| ${criterion}  | ${name} | 怎样做到 | ${tested} |`;

test('criteriaOf: tests by name and by word, what is left to people, what is not there and what needs no test', () => {
  const table = [
    '| 条款 | 名称 | 怎样做到 | 怎样检验 |',
    '| ---- | ---- | -------- | -------- |',
    row('1.4.3', '对比度 Contrast', '`tokens.test.ts`：5 套配色；axe'),
    row('1.2.5', '音频描述 Audio description', '人工'),
    row('2.1.1', '键盘 Keyboard', '浏览器：快捷键、对话框；逐页走查：人工'),
    row('1.4.5', '文字的图像 Images of text', '看图；编辑上传的图：人工'),
    row('2.2.1', '时间可调 Timing adjustable', '无此内容'),
    row('3.2.3', '一致的导航 Consistent navigation', '由同一函数印出'),
  ].join('\n');
  assert.deepEqual(criteriaOf(table), [
    {
      ...{ criterion: '1.4.3', level: 'AA', zh: '对比度', en: 'Contrast', otherwise: 'by-design' },
      tests: ['packages/theme/src/tokens.test.ts', 'packages/theme/src/in-browser.test.ts'],
    },
    { criterion: '1.2.5', level: 'AA', zh: '音频描述', en: 'Audio description', tests: [], otherwise: 'person' },
    {
      ...{ criterion: '2.1.1', level: 'A', zh: '键盘', en: 'Keyboard', left: '逐页走查', otherwise: 'by-design' },
      tests: ['packages/theme/src/in-browser.test.ts'],
    },
    {
      ...{ criterion: '1.4.5', level: 'AA', zh: '文字的图像', en: 'Images of text', tests: [] },
      ...{ left: '看图；编辑上传的图', otherwise: 'person' },
    },
    { criterion: '2.2.1', level: 'A', zh: '时间可调', en: 'Timing adjustable', tests: [], otherwise: 'absent' },
    {
      ...{ criterion: '3.2.3', level: 'AA', zh: '一致的导航', en: 'Consistent navigation', tests: [] },
      otherwise: 'by-design',
    },
  ]);
});
