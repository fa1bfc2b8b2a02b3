import type { Answer, Told } from '../desk-api.ts';
import { base } from './base.ts';
import { createDeskClient, type DeskClient, type Sent } from '../desk-client.ts';

/** The desk refused. */
export class Refusal extends Error {
  readonly told: Told;
  constructor(told: Told) {
    super(told.zh);
    this.told = told;
  }
}

/** Nobody answered: the network or the desk is away. */
export class Unreachable extends Error {}

let token = '';
let writer = '';

/** Whose page this is, and what shows the desk that a request comes from it. */
export function setSession(session: { readonly account: string; readonly token: string }): void {
  [writer, token] = [session.account, session.token];
}

/** The desk's API by its types. Throws `Refusal`, and `Unreachable` where nobody answers. */
export const desk: DeskClient = createDeskClient(async (path, sent) => {
  const answer = await asked(path, sent);
  const stale = (answer.status === 401 || answer.status === 403) && (await signedInAgain());
  return read(stale ? await asked(path, sent) : answer, path);
});

function asked(path: string, sent: Sent): Promise<Response> {
  const headers = { accept: 'application/json', 'x-form-token': token, ...sent.headers };
  return fetch(base + path, { ...sent, headers }).catch(() => {
    throw new Unreachable(path);
  });
}

/** Who signed in again in another window goes on here; somebody else at this computer does not. */
async function signedInAgain(): Promise<boolean> {
  const answer = await fetch(`${base}/api/me`).catch(() => undefined);
  if (!answer?.ok) return false;
  const me = (await answer.json()) as Answer<'GET /api/me'>;
  if (me.account !== writer || me.token === token) return false;
  token = me.token;
  return true;
}

async function read(answer: Response, path: string): Promise<unknown> {
  const body = (await answer.json().catch(() => undefined)) as { error?: Told } | undefined;
  if (answer.ok && body !== undefined) return body;
  if (body?.error) throw new Refusal(body.error);
  throw new Unreachable(`${path}: ${answer.status}`);
}

export type MediaItem = Answer<'GET /api/media'>[number];

/** Hands in one file. `wordless`: a picture that came with a text, whose words are still to be written. */
export async function upload(
  file: File,
  about: { readonly alt?: string; readonly title?: string; readonly owner?: string; readonly wordless?: boolean },
): Promise<MediaItem> {
  const form = new FormData();
  form.set('owner', about.owner ?? '');
  form.set('alt', about.alt ?? '');
  form.set('title', about.title ?? '');
  if (about.wordless) form.set('wordless', 'yes');
  form.set('file', file);
  const [done] = await desk.call('POST /api/upload', { body: form });
  if (!done) throw new Unreachable('/api/upload');
  if ('refused' in done) throw new Refusal(done.refused);
  return done;
}
