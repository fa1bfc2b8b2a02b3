/** What the desk says when it refuses, in both languages, with what to do. */
export interface Told {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly todo: { readonly zh: string; readonly en: string };
  readonly status: number;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

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

/** Throws `Refusal`, and `Unreachable` where nobody answers. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await asked(path, init);
  const stale = (answer.status === 401 || answer.status === 403) && (await signedInAgain());
  return read<T>(stale ? await asked(path, init) : answer, path);
}

function asked(path: string, init: RequestInit): Promise<Response> {
  const headers = { accept: 'application/json', 'x-form-token': token, ...init.headers };
  return fetch(path, { ...init, headers }).catch(() => {
    throw new Unreachable(path);
  });
}

/** Who signed in again in another window goes on here; somebody else at this computer does not. */
async function signedInAgain(): Promise<boolean> {
  const answer = await fetch('/api/me').catch(() => undefined);
  if (!answer?.ok) return false;
  const me = (await answer.json()) as { account: string; token: string };
  if (me.account !== writer || me.token === token) return false;
  token = me.token;
  return true;
}

async function read<T>(answer: Response, path: string): Promise<T> {
  const body = (await answer.json().catch(() => undefined)) as { error?: Told } | undefined;
  if (answer.ok && body !== undefined) return body as T;
  if (body?.error) throw new Refusal(body.error);
  throw new Unreachable(`${path}: ${answer.status}`);
}

export function post<T>(path: string, body: unknown, init: RequestInit = {}): Promise<T> {
  return ask<T>(path, {
    ...init,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export interface MediaItem {
  readonly item: string;
  readonly title: string;
  readonly alt: string;
  readonly type: string;
  readonly size: number;
}

export type Uploaded = MediaItem | { readonly name: string; readonly refused: Told };

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
  const [done] = await ask<Uploaded[]>('/api/upload', { method: 'POST', body: form });
  if (!done) throw new Unreachable('/api/upload');
  if ('refused' in done) throw new Refusal(done.refused);
  return done;
}
