import { timeline as line } from '../src/parts/timeline.ts';
import { chinese } from '../src/words.ts';
import { itemOf } from './example.ts';
import type { Example } from './example.ts';

export const timeline: Example = {
  name: 'timeline',
  zh: '时间线',
  about: 'What happened and what is planned; which of the two is said in words.',
  markup: (city) => line(chinese, itemOf(city, 'project-bridge', 'project').fields.milestones),
};
