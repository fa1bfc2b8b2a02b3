import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sha256 } from '@chengmen/model';

/** A script of the desk; its address changes with it. */
export interface DeskScript {
  readonly text: string;
  readonly path: string;
}

function read(...names: readonly string[]): DeskScript {
  const text = names.map((name) => readFileSync(new URL(`browser/${name}.js`, import.meta.url), 'utf8')).join('');
  return { text, path: `/desk/${sha256(text).slice(0, 12)}.js` };
}

export const deskScripts = {
  /** Signing in with a passkey, and making one. */
  passkey: read('passkey'),
  /** Dragging in the tree of channels; without it the buttons and forms do the same. */
  channels: read('channels'),
  /** Order of blocks and rows in forms; without it the buttons ask the desk. */
  blocks: read('blocks'),
  /** Many files at once, chosen or dropped, in the media library; without it there is the form for a few. */
  media: read('drop', 'media'),
  /** The frame and the focus of a picture, moved on the picture itself; without it they are typed as numbers. */
  crop: read('crop'),
  /** Files dropped, places gone through by keys, runs kept up to date; without it the forms do the same. */
  intake: read('drop', 'intake'),
  /** To any screen, channel or item by a few words; without it there is the page `/go`. */
  palette: read('palette'),
  /** Keeps what the press is at up to date; without it the page says so when it is opened. */
  press: read('press'),
} as const;

/** A number used once: the page that names it may run the script that carries it, and nothing else. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}
