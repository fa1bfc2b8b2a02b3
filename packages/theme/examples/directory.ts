import { departmentDirectory } from '../src/parts/kind-cards.ts';
import type { Example } from './example.ts';

export const directory: Example = {
  name: 'directory',
  zh: '部门名录',
  about: 'Every department with its number, its hours and who leads it: no need to open a page to make a call.',
  markup: (city) => departmentDirectory(city.all('departments'), city),
};
