import { html } from '@chengmen/html';
import { editionsPart } from '../src/parts/editions.ts';
import { chinese } from '../src/words.ts';
import { itemOf } from './example.ts';
import type { Example } from './example.ts';

export const editions: Example = {
  name: 'editions',
  zh: '历次修改',
  about: 'Every approved revision with its day and its hash.',
  markup: (city) => html`${editionsPart(chinese, itemOf(city, 'rich', 'article').editions)}`,
};
