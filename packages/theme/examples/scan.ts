import { scanBox } from '../src/parts/tools.ts';
import type { Example } from './example.ts';

export const scan: Example = {
  name: 'scan',
  zh: '扫一扫',
  about: 'The page’s own address; no third party learns of it.',
  markup: (city) => scanBox(city.site().fields, '/services/'),
};
