import { html } from '@chengmen/html';

import type { Example } from './example.ts';

export const buttons: Example = {
  name: 'buttons',
  zh: '按钮',
  about: 'One filled button a group at most: what most people come to do. Everything else is quiet. 44 px high.',
  markup: () =>
    html`<p class="tools">
      <a class="button" href="#">我要写信</a> <a class="button button-quiet" href="#">查询进度</a>
      <button type="button" class="quiet">打印此页</button>
      <button type="button" class="choice" aria-pressed="true">标准</button>
    </p>`,
};
