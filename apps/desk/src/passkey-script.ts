import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sha256 } from '@chengmen/model';

/** The desk's one script, and its address. */
export const passkeyScript = readFileSync(new URL('browser/passkey.js', import.meta.url), 'utf8');
export const passkeyScriptPath = `/desk/${sha256(passkeyScript).slice(0, 12)}.js`;

/** A number used once: the page that names it may run the script that carries it, and nothing else. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}
