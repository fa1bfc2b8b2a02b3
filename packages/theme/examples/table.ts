import { html } from '@chengmen/html';
import { bodyOf } from '../src/parts/body.ts';
import type { Example } from './example.ts';

export const table: Example = {
  name: 'table',
  zh: '表格',
  about: 'In a frame of its own that can be moved sideways with finger or arrow keys.',
  markup: (city) =>
    html`<div class="prose">
      ${bodyOf('<table><thead><tr><th>指标</th><th>单位</th><th>数值</th></tr></thead><tbody><tr><td>地区生产总值</td><td>亿元</td><td>2 846.3</td></tr></tbody></table>', city)}
    </div>`,
};
