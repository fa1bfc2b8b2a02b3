import { facts as list } from '../src/parts/blocks.ts';
import type { Example } from './example.ts';

export const facts: Example = {
  name: 'facts',
  zh: '名称与值',
  about: 'Names and values. What has no value is left out.',
  markup: () =>
    list([
      ['索引号', '99010001/2026-00012'],
      ['发文机关', '临江市人民政府'],
      ['成文日期', '2026-03-16'],
    ]),
};
