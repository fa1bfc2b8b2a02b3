import { rows as list } from '../src/parts/rows.ts';
import { chinese } from '../src/words.ts';
import type { Example } from './example.ts';

export const rows: Example = {
  name: 'rows',
  zh: '摘要列表',
  about: 'Title, summary, day and source: the page of a channel.',
  markup: (city) => list(chinese, city.newest('headlines', 3), 3),
};
