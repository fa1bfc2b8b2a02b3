import { readFileSync } from 'node:fs';
import { sha256 } from '@chengmen/model';

/** Dragging in the tree of channels, and its address; without it the buttons and forms do the same. */
export const channelScript = readFileSync(new URL('browser/channels.js', import.meta.url), 'utf8');
export const channelScriptPath = `/desk/${sha256(channelScript).slice(0, 12)}.js`;
