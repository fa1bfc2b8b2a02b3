import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignedIn } from '@chengmen/identity';
import { ChengmenError } from '@chengmen/model';
import type { FastifyRequest } from 'fastify';

/** The token a form of this session carries: nobody else's page can know it. */
export function formToken(secret: string, session: string): string {
  return createHmac('sha256', secret).update(`form ${session}`).digest('base64url');
}

/** Refuses a change that another site's page asked for (Origin, Sec-Fetch-Site), or that lacks the session's token. */
export function checkOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const foreign =
    (origin !== undefined && hostOf(origin) !== host) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none');
  if (foreign) throw new ChengmenError('permission-denied', { actor: origin ?? '其他网站', permission: 'same-origin' });
}

export function checkToken(secret: string, { actor, session }: SignedIn, given: unknown): void {
  const expected = Buffer.from(formToken(secret, session));
  const actual = Buffer.from(typeof given === 'string' ? given : '');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected))
    throw new ChengmenError('permission-denied', { actor: actor.name, permission: '表单令牌 (form token)' });
}

/** The host of an origin; nothing for `null`. The scheme is not compared: behind a proxy that ends TLS we do not see it. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** Where to go after signing in: a page of the desk, whatever the address asked for. */
export function ownPath(wanted: string): string {
  const base = 'http://desk.invalid';
  if (!URL.canParse(wanted, base)) return '/';
  // The parser sees what a browser would: `//other`, `/\\other` and `/<tab>/other` lead elsewhere.
  const { origin, pathname, search } = new URL(wanted, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search : '/';
}
