import { html } from '@chengmen/html';
import { chart } from '../src/parts/chart.ts';
import { chinese } from '../src/words.ts';
import { itemOf } from './example.ts';
import type { Example } from './example.ts';

export const barChart: Example = {
  name: 'bar-chart',
  zh: '条形图',
  about: 'Named things beside one another. Names and numbers are text of the page.',
  markup: (city) => html`${chart(chinese, itemOf(city, 'dataset-districts', 'dataset').fields)}`,
};
