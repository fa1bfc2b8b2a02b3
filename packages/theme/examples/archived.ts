import { html } from '@chengmen/html';
import { archivedNotice } from '../src/parts/archived.ts';
import { chinese } from '../src/words.ts';
import type { Example } from './example.ts';

export const archived: Example = {
  name: 'archived',
  zh: '归档说明',
  about: 'Before the text of what is kept as it was and no longer kept up to date.',
  markup: () => html`${archivedNotice(chinese, { on: '2025-11-01', why: '最新汛情请看通知公告。' })}`,
};
