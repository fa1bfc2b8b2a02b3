import { html } from '@chengmen/html';
import { stageBadge, validityBadge } from '../src/parts/rows.ts';
import { chinese } from '../src/words.ts';
import type { Example } from './example.ts';

export const badges: Example = {
  name: 'badges',
  zh: '标签',
  about:
    'States by word and by form, never by colour alone. Filled: done; tinted: holds; amber: not yet; dashed: no longer.',
  markup: () =>
    html`<p class="tools">
      ${['有效', '尚未生效', '废止'].map((name) => validityBadge(chinese, name))}
      ${['前期', '在建', '竣工'].map((name) => stageBadge(chinese, name))}
    </p>`,
};
