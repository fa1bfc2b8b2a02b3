import { html } from '@chengmen/html';
import { attachmentsPart } from '../src/parts/attachments.ts';
import { itemOf } from './example.ts';
import type { Example } from './example.ts';

export const attachments: Example = {
  name: 'attachments',
  zh: '附件',
  about: 'Type and size before fetching, a hash to check afterwards.',
  markup: (city) => html`${attachmentsPart(itemOf(city, 'with-files', 'article').fields, city)}`,
};
