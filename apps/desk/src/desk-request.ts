import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignedIn } from '@chengmen/identity';
import { ChengmenError, originHost } from '@chengmen/model';
import type { FastifyRequest } from 'fastify';

/** Whether a page is opened by a person's own step, and not by a link on another site's page. */
export function isOwnLook({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const asked = headers['sec-fetch-site'] ?? 'none';
  return asked === 'same-origin' || asked === 'none';
}

/** The token a form of this session carries: nobody else's page can know it. */
export function formToken(secret: string, session: string): string {
  return createHmac('sha256', secret).update(`form ${session}`).digest('base64url');
}

/** Longest sentence about what was done that an address carries. */
const longestNotice = 500;

/** A sentence for the next page of this session, as it travels in the address: signed, so that no link of others puts words there. */
export function signedNotice(secret: string, session: string, done: string): URLSearchParams {
  const words = done.slice(0, longestNotice).toWellFormed();
  return new URLSearchParams({ done: words, seal: sealOf(secret, session, words) });
}

/** The sentence, if this session's own answer put it there. */
export function readNotice(
  secret: string,
  session: string,
  { done, seal }: { readonly done?: unknown; readonly seal?: unknown },
): string | undefined {
  if (typeof done !== 'string' || typeof seal !== 'string') return undefined;
  return sameText(sealOf(secret, session, done), seal) ? done : undefined;
}

function sealOf(secret: string, session: string, words: string): string {
  return createHmac('sha256', secret).update(`notice ${session} ${words}`).digest('base64url');
}

export function sameText(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Refuses a change that another site's page asked for (Origin, Sec-Fetch-Site), or that lacks the session's token. */
export function checkOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const foreign =
    (origin !== undefined && originHost(origin) !== host) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none');
  if (foreign) throw new ChengmenError('permission-denied', { actor: origin ?? '其他网站', permission: 'same-origin' });
}

export function checkToken(secret: string, { actor, session }: SignedIn, given: unknown): void {
  if (typeof given !== 'string' || !sameText(formToken(secret, session), given))
    throw new ChengmenError('permission-denied', { actor: actor.name, permission: '表单令牌 (form token)' });
}

/** Where to go after signing in: a page of the desk, whatever the address asked for. */
export function ownPath(wanted: string): string {
  const base = 'http://desk.invalid';
  if (!URL.canParse(wanted, base)) return '/';
  // The parser sees what a browser would: `//other`, `/\\other` and `/<tab>/other` lead elsewhere.
  const { origin, pathname, search } = new URL(wanted, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search : '/';
}
