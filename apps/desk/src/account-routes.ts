import {
  createAccount,
  grantRole,
  endSession,
  resetPassword,
  resetSecondFactor,
  revokeRole,
  revokeSessions,
  type GrantInput,
  type Identity,
} from '@chengmen/identity';
import type { Command, Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, subtreeRoles, type Role } from '@chengmen/model';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { list, problemOf, text, type Choice, type DeskTools, type Form, type Params } from './desk-forms.ts';
import { accountsPage, type AccountsState } from './pages/accounts.ts';

interface AccountRoutes extends DeskTools {
  readonly ledger: Ledger;
  readonly identity: Identity;
  readonly channels: () => Promise<readonly Choice[]>;
}

/** The security administrator's screens: who there is, what they may do, and everywhere they are signed in. */
export function accountRoutes(app: FastifyInstance, tools: AccountRoutes): void {
  const { ledger, identity, who, need, post, show } = tools;
  type Signed = Awaited<ReturnType<typeof who>>;
  const showAccounts = async (
    reply: FastifyReply,
    signedIn: Signed,
    state: Pick<AccountsState, 'shown' | 'problem' | 'done'> = {},
    status = 200,
  ): Promise<FastifyReply> => {
    need(signedIn.actor, 'account.manage');
    const [accounts, channels] = [await identity.accounts(), await tools.channels()];
    const sessions = await identity.sessions(accounts.map(({ account }) => account));
    return show(reply, signedIn, (page) => accountsPage(page, { accounts, channels, sessions, ...state }), status);
  };
  const run = async <I, R>(
    reply: FastifyReply,
    signedIn: Signed,
    command: Command<I, R>,
    input: unknown,
    shown: (result: R) => Pick<AccountsState, 'shown' | 'done'>,
  ): Promise<FastifyReply> => {
    try {
      return await showAccounts(reply, signedIn, shown(await ledger.execute(command, signedIn.actor, input)));
    } catch (error) {
      if (!(error instanceof ChengmenError) || error.code === 'permission-denied') throw error;
      const told = explainError(error);
      return showAccounts(reply, signedIn, { problem: problemOf(told) }, told.status);
    }
  };

  app.get('/accounts', async (request, reply) => showAccounts(reply, await who(request)));
  app.post('/accounts', (request, reply) =>
    post(request, reply, (signedIn, form) =>
      run(
        reply,
        signedIn,
        createAccount,
        { username: text(form, 'username'), name: text(form, 'name'), grants: grantsOf(form) },
        ({ username, password }) => ({ shown: { username, password } }),
      ),
    ),
  );
  app.post('/accounts/grant', (request, reply) =>
    post(request, reply, (signedIn, form) =>
      run(reply, signedIn, grantRole, { account: text(form, 'account'), ...grantOf(form) }, () => ({
        done: '已授予。',
      })),
    ),
  );
  app.post<Params<'account'>>('/accounts/:account/revoke', (request, reply) =>
    post(request, reply, (signedIn, form) =>
      run(reply, signedIn, revokeRole, { account: request.params.account, ...grantOf(form) }, () => ({
        done: '已收回。',
      })),
    ),
  );
  app.post<Params<'account'>>('/accounts/:account/password', (request, reply) =>
    post(request, reply, async (signedIn) => {
      const { account } = request.params;
      const username = (await identity.accounts()).find((each) => each.account === account)?.username ?? '';
      return run(reply, signedIn, resetPassword, { account }, ({ password }) => ({ shown: { username, password } }));
    }),
  );
  app.post<Params<'account'>>('/accounts/:account/second-factor', (request, reply) =>
    post(request, reply, (signedIn) =>
      run(reply, signedIn, resetSecondFactor, { account: request.params.account }, () => ({
        done: '第二要素已重置，下次登录时重新设置。',
      })),
    ),
  );
  app.post<Params<'session'>>('/accounts/sessions/:session/end', (request, reply) =>
    post(request, reply, (signedIn) =>
      run(reply, signedIn, endSession, { session: request.params.session }, () => ({ done: '那一处已退出。' })),
    ),
  );
  app.post<Params<'account'>>('/accounts/:account/sessions', (request, reply) =>
    post(request, reply, (signedIn) =>
      run(reply, signedIn, revokeSessions, { account: request.params.account }, ({ sessions }) => ({
        done: `已退出 ${sessions} 处登录。`,
      })),
    ),
  );
}

function grantOf(form: Form): { role: string; channel?: string } {
  const [role, channel] = [text(form, 'role'), text(form, 'channel')];
  return { role, ...(channel === '' ? {} : { channel }) };
}

/** The chosen channel goes with the roles that can be held for one. */
function grantsOf(form: Form): (Omit<GrantInput, 'role'> & { role: string })[] {
  const channel = text(form, 'channel');
  return list(form, 'roles').map((role) => ({
    role,
    ...(channel !== '' && subtreeRoles.includes(role as Role) ? { channel } : {}),
  }));
}
