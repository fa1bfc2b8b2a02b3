import { readFileSync } from 'node:fs';
import { sha256 } from '@chengmen/model';

/** Many files at once, chosen or dropped, in the media library; without it there is the form for a few. */
export const mediaScript = readFileSync(new URL('browser/media.js', import.meta.url), 'utf8');
export const mediaScriptPath = `/desk/${sha256(mediaScript).slice(0, 12)}.js`;
