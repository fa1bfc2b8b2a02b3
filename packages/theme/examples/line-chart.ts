import { html } from '@chengmen/html';
import { chart } from '../src/parts/chart.ts';
import { chinese } from '../src/words.ts';
import { itemOf } from './example.ts';
import type { Example } from './example.ts';

export const lineChart: Example = {
  name: 'line-chart',
  zh: '折线图',
  about: 'Up to three lines told apart by their stroke as well. The numbers follow as a table, always.',
  markup: (city) => html`${chart(chinese, itemOf(city, 'dataset-population', 'dataset').fields)}`,
};
