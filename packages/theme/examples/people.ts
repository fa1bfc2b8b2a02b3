import { peopleCards } from '../src/parts/kind-cards.ts';
import type { Example } from './example.ts';

export const people: Example = {
  name: 'people',
  zh: '领导列表',
  about: 'In the order of office. Without a portrait the family name stands in its place.',
  markup: (city) => peopleCards(city.all('leaders'), city),
};
