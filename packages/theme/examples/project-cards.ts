import { projectCards as cards } from '../src/parts/kind-cards.ts';
import type { Example } from './example.ts';

export const projectCards: Example = {
  name: 'project-cards',
  zh: '项目卡片',
  about: 'Stage by word, progress by number and bar.',
  markup: (city) => cards(city.newest('projects', 3), city),
};
