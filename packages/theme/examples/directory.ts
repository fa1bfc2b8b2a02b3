import { departmentCards } from '../src/parts/kind-cards.ts';
import { chinese } from '../src/words.ts';
import type { Example } from './example.ts';

export const directory: Example = {
  name: 'directory',
  zh: '部门名录',
  about: 'Every department with its number: no need to open a page to make a call.',
  markup: (city) => departmentCards(chinese, city.all('departments')),
};
