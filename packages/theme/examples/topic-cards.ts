import { topicCards as cards } from '../src/parts/rows.ts';
import type { Example } from './example.ts';

export const topicCards: Example = {
  name: 'topic-cards',
  zh: '专题卡片',
  about: 'Topics are chosen by what they are about, so a sentence stands under the title and no date.',
  markup: (city) => cards(city.newest('topics', 2), city),
};
