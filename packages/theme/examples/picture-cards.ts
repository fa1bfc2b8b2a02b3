import { pictureCards as cards } from '../src/parts/rows.ts';
import type { Example } from './example.ts';

export const pictureCards: Example = {
  name: 'picture-cards',
  zh: '图片卡片',
  about:
    'Where the picture is why people look. The picture is decoration, the title says it all; the whole card is one link.',
  markup: (city) => cards(city.newest('pictures', 3), city),
};
