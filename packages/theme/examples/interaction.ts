import { html } from '@chengmen/html';
import { interaction as block } from '../src/parts/interaction.ts';
import type { Example } from './example.ts';

export const interaction: Example = {
  name: 'interaction',
  zh: '互动',
  about: 'Ways to write first, then how it goes: the numbers are reckoned from the published letters.',
  markup: (city) => html`${block(city, { show: 'interaction', letters: 'letters', consultations: 'consultations' })}`,
};
