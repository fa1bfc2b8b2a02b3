import { linkTiles as tiles } from '../src/parts/link-tiles.ts';
import type { Example } from './example.ts';

export const linkTiles: Example = {
  name: 'link-tiles',
  zh: '入口',
  about: 'Ways on, each a surface that a thumb finds. What leads outside says so.',
  markup: (city) =>
    tiles(
      [
        { name: '给市长写信', note: '五个工作日内答复', address: '/contact.html' },
        { name: '设计单位', address: 'https://bridge.example/' },
      ],
      city.site().fields,
    ),
};
