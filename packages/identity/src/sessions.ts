import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** How somebody showed who they are. */
export const signInMethods = ['password', 'passkey', 'oidc'] as const;
export type SignInMethod = (typeof signInMethods)[number];

const body = z.object({
  account: z.string(),
  method: z.string(),
  secondFactor: z.boolean(),
  begunAt: z.string(),
  address: z.string(),
  browser: z.string(),
});

/**
 * Begins a session for an account that has shown all it must: this room decides when, better-auth keeps it and writes its cookie.
 * Its HTTP handler is not mounted, so nobody reaches this but through `createIdentity`.
 */
export const ownSessions = {
  id: 'chengmen-sessions',
  endpoints: {
    beginSession: createAuthEndpoint(
      '/chengmen/begin-session',
      { method: 'POST', body, metadata: { SERVER_ONLY: true } },
      async (context) => {
        const { account, address, browser, ...how } = context.body;
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(account);
        if (!user) throw context.error('UNAUTHORIZED');
        const session = await internalAdapter.createSession(account, false, {
          ...{ ipAddress: address, userAgent: browser.slice(0, 400) },
          ...how,
        });
        await setSessionCookie(context, { session, user });
        return { session: session.id };
      },
    ),
  },
} satisfies BetterAuthPlugin;

/** What our sessions hold besides better-auth's own. */
export const sessionFields = {
  secondFactor: { type: 'boolean', required: false, input: false },
  method: { type: 'string', required: false, input: false },
  begunAt: { type: 'string', required: false, input: false },
} as const;
