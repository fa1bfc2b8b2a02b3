import { gapMarkup, html, raw } from '@chengmen/html';
import type { Example } from './example.ts';

export const gap: Example = {
  name: 'gap',
  zh: '缺字',
  about: 'A character that is lost stays lost; ears hear that something is missing here.',
  markup: () => html`<p>推动重大项目${raw(gapMarkup)}展</p>`,
};
