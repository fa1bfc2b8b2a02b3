import { html } from '@chengmen/html';
import { filmPlayer } from '../src/parts/media-player.ts';
import { mediaOf } from '../src/read.ts';
import { chinese } from '../src/words.ts';
import type { Example } from './example.ts';

export const film: Example = {
  name: 'film',
  zh: '视频',
  about: 'Captions on from the start, the browser’s own controls, everything said and shown as text below.',
  markup: (city) => {
    const shown = mediaOf(city, 'film');
    return html`${shown && filmPlayer(chinese, { film: shown, captions: mediaOf(city, 'film-captions'), poster: mediaOf(city, 'pic-port'), title: '三分钟看懂“免申即享”' })}`;
  },
};
