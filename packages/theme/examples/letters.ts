import { letterCards } from '../src/parts/kind-cards.ts';
import { chinese } from '../src/words.ts';
import type { Example } from './example.ts';

export const letters: Example = {
  name: 'letters',
  zh: '来信列表',
  about: 'A question as its sender put it, with both days: how long it took can be reckoned by anybody.',
  markup: (city) => letterCards(chinese, city.newest('letters', 3)),
};
