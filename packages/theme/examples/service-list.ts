import { serviceList as list } from '../src/parts/kind-cards.ts';
import { chinese } from '../src/words.ts';
import type { Example } from './example.ts';

export const serviceList: Example = {
  name: 'service-list',
  zh: '办事列表',
  about: 'Guides with what decides whether to read on: for whom, how long, from whom.',
  markup: (city) => list(chinese, city.newest('services', 4)),
};
