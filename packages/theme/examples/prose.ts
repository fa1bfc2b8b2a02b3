import { html } from '@chengmen/html';
import { bodyOf } from '../src/parts/body.ts';
import { itemOf } from './example.ts';
import type { Example } from './example.ts';

export const prose: Example = {
  name: 'prose',
  zh: '正文',
  about: '18 px at 1.9, 44 rem wide at most, two characters of indent, headings that are headings.',
  markup: (city) => html`<div class="prose">${bodyOf(itemOf(city, 'rich', 'article').fields.body, city)}</div>`,
};
