import { endSession, type Cookies, type Identity } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, type SiteId } from '@chengmen/model';
import { chooseNotices, noticeChoice } from '@chengmen/notices';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { cookieOf, fromOf, problemOf, text, type DeskTools, type Params } from './desk-forms.ts';
import { awayPage, enrolPage, mePage, recoveryPage } from './pages/me.ts';

interface MeRoutes extends DeskTools {
  readonly ledger: Ledger;
  readonly identity: Identity;
  readonly site: SiteId;
  readonly canMail: boolean;
}

/** One's own account: password, second factor, where one is signed in. */
export function meRoutes(app: FastifyInstance, tools: MeRoutes): void {
  const { ledger, identity, whoever, show, back } = tools;
  type Signed = Awaited<ReturnType<typeof whoever>>;
  const showMe = async (
    reply: FastifyReply,
    signedIn: Signed,
    error?: ChengmenError,
    madeSecret?: string,
  ): Promise<FastifyReply> => {
    const { account } = signedIn.actor;
    const [factor, sessions] = [await identity.secondFactor(account), await identity.sessions([account])];
    const told = error && explainError(error);
    const problem = told && problemOf(told);
    const nonce = tools.allowScript(reply);
    const { passkeyAt, oidcName } = identity;
    const chosen = await noticeChoice(ledger.db, tools.site, account);
    const notices = { ...chosen, canMail: tools.canMail, madeSecret };
    const state = { factor, sessions, here: signedIn.session, passkeyAt, oidcName, problem, notices };
    return show(reply, signedIn, (page) => mePage({ ...page, nonce }, state), told?.status);
  };
  /** A refusal is told where the form stood. */
  const orTold = async (
    reply: FastifyReply,
    signedIn: Signed,
    work: () => Promise<FastifyReply>,
    told: (reply: FastifyReply, signedIn: Signed, error: ChengmenError) => Promise<FastifyReply> = showMe,
  ): Promise<FastifyReply> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      if (error.code === 'sign-in-wait') reply.header('retry-after', String(error.parameters['seconds']));
      return told(reply, signedIn, error);
    }
  };
  const anew = async (reply: FastifyReply, signedIn: Signed, set: Cookies): Promise<Signed> => {
    reply.header('set-cookie', [...set.cookies]);
    return (await identity.actorOf(cookieOf(set))) ?? signedIn;
  };
  const { own } = tools;

  app.post('/me/notices', (request, reply) =>
    own(request, reply, (signedIn, form) =>
      orTold(reply, signedIn, async () => {
        const chosen = { mail: text(form, 'mail').trim(), webhook: text(form, 'webhook').trim() };
        const { secret } = await ledger.execute(chooseNotices, signedIn.actor, chosen);
        if (secret !== undefined) return showMe(reply, signedIn, undefined, secret);
        return back(reply, signedIn, '/me', '通知方式已保存。');
      }),
    ),
  );

  app.get('/me', async (request, reply) => showMe(reply, await whoever(request)));
  app.post('/me/password', (request, reply) =>
    own(request, reply, (signedIn, form) =>
      orTold(reply, signedIn, async () => {
        const passwords = { current: text(form, 'current'), next: text(form, 'next'), ...fromOf(request) };
        const set = await identity.changePassword(request.headers.cookie, passwords);
        return back(reply, await anew(reply, signedIn, set), '/me', '口令已修改，其他登录已退出。');
      }),
    ),
  );

  const showOffer = async (
    reply: FastifyReply,
    signedIn: Signed,
    cookie: string | undefined,
    error?: ChengmenError,
  ): Promise<FastifyReply> => {
    const offer = await identity.offerTotp(cookie);
    const told = error && explainError(error);
    const problem = told && problemOf(told);
    return show(reply, signedIn, (page) => enrolPage(page, { offer, must: signedIn.mustEnrol, problem }), told?.status);
  };
  app.get('/me/authenticator', async (request, reply) => {
    const signedIn = await whoever(request);
    return orTold(reply, signedIn, () => showOffer(reply, signedIn, request.headers.cookie));
  });
  app.post('/me/authenticator', (request, reply) =>
    own(request, reply, (signedIn, form) =>
      orTold(
        reply,
        signedIn,
        async () => {
          const shown = { code: text(form, 'code'), ...fromOf(request) };
          const set = await identity.confirmTotp(request.headers.cookie, shown);
          const now = await anew(reply, signedIn, set);
          return show(reply, now, (page) => recoveryPage(page, set.recovery));
        },
        (_, __, error) =>
          error.code === 'code-wrong' || error.code === 'sign-in-wait'
            ? showOffer(reply, signedIn, request.headers.cookie, error)
            : showMe(reply, signedIn, error),
      ),
    ),
  );
  app.post('/me/authenticator/remove', (request, reply) =>
    own(request, reply, (signedIn) =>
      orTold(reply, signedIn, async () => {
        await identity.removeTotp(request.headers.cookie);
        return back(reply, signedIn, '/me', '身份验证器已停用。');
      }),
    ),
  );
  app.post('/me/recovery', (request, reply) =>
    own(request, reply, (signedIn) =>
      orTold(reply, signedIn, async () => {
        const codes = await identity.renewRecovery(request.headers.cookie);
        return show(reply, signedIn, (page) => recoveryPage(page, codes));
      }),
    ),
  );
  app.post('/me/passkeys/options', async (request, reply) => {
    tools.checkToken(await whoever(request), request.headers['x-form-token']);
    const { options, cookies } = await identity.offerPasskey(request.headers.cookie);
    return reply.header('set-cookie', [...cookies]).send(options);
  });
  app.post<Params<never>>('/me/passkeys', async (request, reply) => {
    tools.checkToken(await whoever(request), request.headers['x-form-token']);
    const { name, response } = (request.body ?? {}) as { name?: unknown; response?: unknown };
    const made = { name: typeof name === 'string' ? name : '', response, ...fromOf(request) };
    const { cookies } = await identity.addPasskey(request.headers.cookie, made);
    return reply.header('set-cookie', [...cookies]).send({});
  });
  app.post<Params<never>>('/me/passkeys/remove', (request, reply) =>
    own(request, reply, (signedIn, form) =>
      orTold(reply, signedIn, async () => {
        await identity.removePasskey(request.headers.cookie, text(form, 'id'));
        return back(reply, signedIn, '/me', '通行密钥已删除。');
      }),
    ),
  );
  app.post('/me/identity', (request, reply) =>
    own(request, reply, (signedIn) =>
      orTold(reply, signedIn, async () => {
        const { to, cookies } = await identity.linkOidc(request.headers.cookie);
        reply.header('set-cookie', [...cookies]);
        // Not a redirect: what a form may lead to is limited to this site.
        return show(reply, signedIn, (page) => awayPage(page, to));
      }),
    ),
  );
  app.post<Params<never>>('/me/identity/remove', (request, reply) =>
    own(request, reply, (signedIn, form) =>
      orTold(reply, signedIn, async () => {
        await identity.unlinkOidc(request.headers.cookie, text(form, 'issuer'));
        return back(reply, signedIn, '/me', '已取消关联。');
      }),
    ),
  );
  app.post<Params<'session'>>('/me/sessions/:session/end', (request, reply) =>
    own(request, reply, (signedIn) =>
      orTold(reply, signedIn, async () => {
        await ledger.execute(endSession, signedIn.actor, { session: request.params.session });
        return back(reply, signedIn, '/me', '那一处已退出。');
      }),
    ),
  );
}
