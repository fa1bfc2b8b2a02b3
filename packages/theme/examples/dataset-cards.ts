import { datasetCards as cards } from '../src/parts/kind-cards.ts';
import { chinese } from '../src/words.ts';
import type { Example } from './example.ts';

export const datasetCards: Example = {
  name: 'dataset-cards',
  zh: '数据卡片',
  about: 'What the data are about, for which time, how often they are renewed.',
  markup: (city) => cards(chinese, city.newest('opendata', 3)),
};
