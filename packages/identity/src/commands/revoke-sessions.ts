import type { Command } from '@chengmen/ledger';
import { z } from 'zod';
import { endSessions } from './end-sessions.ts';
import { knownAccount } from './known-account.ts';

const input = z.strictObject({ account: z.string().min(1) });

/** Signs an account out wherever it is signed in: a lost laptop, a person who has left. */
export const revokeSessions: Command<z.infer<typeof input>, { readonly sessions: number }> = {
  name: 'revoke-sessions',
  permission: 'account.manage',
  input,
  async run(context, { account }) {
    await knownAccount(context, account);
    const sessions = await endSessions(context, account);
    return { result: { sessions }, event: { account, sessions } };
  },
};
