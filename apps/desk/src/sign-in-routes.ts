import type { Identity, SignedIn } from '@chengmen/identity';
import type { SafeHtml } from '@chengmen/html';
import { ChengmenError, explainError } from '@chengmen/model';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookieOf, fromOf, problemOf, text, type DeskTools, type Params } from './desk-forms.ts';
import { ownPath } from './desk-request.ts';
import { pathWithin } from './site-base.ts';
import { keptFormPage, keptInSignIn } from './kept-form.ts';
import { codePage, onwardPage, signInPage, type SignInState } from './pages/sign-in.ts';

interface SignInRoutes extends Pick<DeskTools, 'show' | 'own' | 'allowScript'> {
  readonly identity: Identity;
  readonly siteName: () => Promise<string>;
  readonly stylesheet: string;
  readonly print: (page: SafeHtml) => string;
  /** What stands before the addresses of this desk. */
  readonly base: string;
}

/** The password, and after it the second factor; then the page that was asked for, or the form that was being sent. */
export function signInRoutes(app: FastifyInstance, tools: SignInRoutes): void {
  const { identity, show, own } = tools;
  const send = async (
    reply: FastifyReply,
    page: typeof signInPage,
    state: Omit<SignInState, 'siteName' | 'stylesheet' | 'nonce' | 'passkeyAt' | 'oidcName'>,
    status = 200,
  ): Promise<FastifyReply> => {
    const { passkeyAt, oidcName } = identity;
    const nonce = tools.allowScript(reply);
    const own = { siteName: await tools.siteName(), stylesheet: tools.stylesheet, nonce, passkeyAt, oidcName };
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(tools.print(page({ ...own, ...state })));
  };

  /** Where signing in leads, once it is done. */
  const onward = async (
    request: FastifyRequest,
    reply: FastifyReply,
    cookies: readonly string[],
  ): Promise<FastifyReply> => {
    reply.header('set-cookie', [...cookies]);
    const kept = keptInSignIn(request.body);
    const signedIn: SignedIn | null = await identity.actorOf(cookieOf({ cookies }));
    if (signedIn?.mustEnrol) return reply.redirect('/me/authenticator', 303);
    if (signedIn && kept) return show(reply, signedIn, (page) => keptFormPage(page, kept));
    return reply.redirect(ownPath(text(request.body as Params<never>['Body'], 'next')), 303);
  };

  app.get<Params<never>>('/sign-in', (request, reply) =>
    send(reply, signInPage, { username: '', next: text(request.query, 'next') }),
  );
  app.post<Params<never>>('/sign-in', async (request, reply) => {
    const [username, next] = [text(request.body, 'username'), text(request.body, 'next')];
    const kept = keptInSignIn(request.body);
    try {
      const password = text(request.body, 'password');
      const { done, cookies } = await identity.signIn({ username, password, ...fromOf(request) });
      if (done) return await onward(request, reply, cookies);
      return await send(reply.header('set-cookie', [...cookies]), codePage, { username: '', next, kept });
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      const told = explainError(error);
      if (error.code === 'sign-in-wait') reply.header('retry-after', String(error.parameters['seconds']));
      return send(reply, signInPage, { username, next, kept, problem: problemOf(told) }, told.status);
    }
  });
  app.post<Params<never>>('/sign-in/code', async (request, reply) => {
    const [code, next] = [text(request.body, 'code'), text(request.body, 'next')];
    const kept = keptInSignIn(request.body);
    try {
      const { cookies } = await identity.finishSignIn(request.headers.cookie, { code, ...fromOf(request) });
      return await onward(request, reply, cookies);
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      const told = explainError(error);
      if (error.code === 'sign-in-wait') reply.header('retry-after', String(error.parameters['seconds']));
      const page = error.code === 'sign-in-needed' ? signInPage : codePage;
      return send(reply, page, { username: '', next, kept, problem: problemOf(told) }, told.status);
    }
  });
  app.post('/sign-in/passkey/options', async (_request, reply) => {
    const { options, cookies } = await identity.offerPasskeySignIn();
    return reply.header('set-cookie', [...cookies]).send(options);
  });
  app.post('/sign-in/passkey', async (request, reply) => {
    const { response, next } = (request.body ?? {}) as { response?: unknown; next?: unknown };
    const { cookies } = await identity.signInPasskey(request.headers.cookie, { response, ...fromOf(request) });
    return reply.header('set-cookie', [...cookies]).send({ to: ownPath(typeof next === 'string' ? next : '') });
  });

  app.get<Params<never>>('/sign-in/oidc', async (request, reply) => {
    // The provider knows one way back, which is the first site's: the page that was asked for goes along whole.
    const { to, cookies } = await identity.beginOidc(pathWithin(tools.base, ownPath(text(request.query, 'next'))));
    return reply.header('set-cookie', [...cookies]).redirect(to, 303);
  });
  app.get<Params<never>>('/sign-in/oidc/back', async (request, reply) => {
    try {
      const back = { path: request.url, ...fromOf(request) };
      const { done, next, cookies } = await identity.endOidc(request.headers.cookie, back);
      reply.header('set-cookie', [...cookies]);
      if (!done) return await send(reply, codePage, { username: '', next });
      // The browser comes from another site, and brings our cookie only where our own page sends it.
      return await reply
        .header('content-security-policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
        .type('text/html; charset=utf-8')
        .send(tools.print(onwardPage(ownPath(next))));
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      const told = explainError(error);
      return send(reply, signInPage, { username: '', next: '', problem: problemOf(told) }, told.status);
    }
  });
  app.post('/sign-out', (request, reply) =>
    own(request, reply, async () => {
      const { cookies } = await identity.signOut(request.headers.cookie);
      return reply.header('set-cookie', [...cookies]).redirect('/sign-in', 303);
    }),
  );
}
