import { lines as list } from '../src/parts/rows.ts';
import { chinese } from '../src/words.ts';
import type { Example } from './example.ts';

export const lines: Example = {
  name: 'lines',
  zh: '标题列表',
  about: 'Title and day: notices, and short lists beside a document.',
  markup: (city) => list(chinese, city.newest('notices', 4)),
};
