import { readFileSync } from 'node:fs';
import { sha256 } from '@chengmen/model';

/** Keeps what the press is at up to date, and its address; without it the page says so when it is opened. */
export const pressScript = readFileSync(new URL('browser/press.js', import.meta.url), 'utf8');
export const pressScriptPath = `/desk/${sha256(pressScript).slice(0, 12)}.js`;
