import { html } from '@chengmen/html';
import { mendingNotice } from '../src/parts/mending.ts';
import { chinese } from '../src/words.ts';
import { itemOf } from './example.ts';
import type { Example } from './example.ts';

export const mending: Example = {
  name: 'mending',
  zh: '修复说明',
  about: 'What was mended of a damaged page, before its text; amber is kept for what needs care.',
  markup: (city) => {
    const { mending: note } = itemOf(city, 'restored-1', 'article').fields;
    return html`${note && mendingNotice(chinese, note)}`;
  },
};
