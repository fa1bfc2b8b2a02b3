import { html } from '@chengmen/html';
import { progressBar } from '../src/parts/rows.ts';
import type { Example } from './example.ts';

export const progress: Example = {
  name: 'progress',
  zh: '进度',
  about: 'The bar beside its number, never instead of it.',
  markup: () => html`<p class="progress">${progressBar(58)}<span>形象进度 58%</span></p>`,
};
