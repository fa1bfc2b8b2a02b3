import { html } from '@chengmen/html';
import { bodyOf } from '../src/parts/body.ts';
import { itemOf } from './example.ts';
import type { Example } from './example.ts';

export const outsideLink: Example = {
  name: 'outside-link',
  zh: '外部链接',
  about: 'A link that leaves the sites of the state says so beside it; where scripts run it asks once more.',
  markup: (city) => html`<div class="prose">${bodyOf(itemOf(city, 'outside', 'article').fields.body, city)}</div>`,
};
