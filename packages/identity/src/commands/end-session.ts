import type { Command, CommandContext } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import type { IdentityTables } from '../tables.ts';

const input = z.strictObject({ session: z.string().min(1) });

/** Signs one place out: one's own, or, as security administrator, anybody's whom the site knows. */
export const endSession: Command<z.infer<typeof input>, null> = {
  name: 'end-session',
  permission: null,
  input,
  async needs(context, { session }) {
    const account = await accountOf(context, session);
    return account === context.actor.account ? [] : [{ permission: 'account.manage', place: [] }];
  },
  async run(context, { session }) {
    const account = await accountOf(context, session);
    if (account === undefined) throw new ChengmenError('not-found', { what: '登录 (session)', id: session });
    await context.tx.withTables<IdentityTables>().deleteFrom('identity_session').where('id', '=', session).execute();
    return { result: null, event: { account, session } };
  },
};

/** Of the actor, or of an account of the actor's site. */
async function accountOf({ tx, site, actor }: CommandContext, session: string): Promise<string | undefined> {
  const row = await tx
    .withTables<IdentityTables>()
    .selectFrom('identity_session')
    .leftJoin('site_account', (join) =>
      join.onRef('site_account.account', '=', 'identity_session.userId').on('site_account.site', '=', site),
    )
    .select(['identity_session.userId', 'site_account.site'])
    .where('identity_session.id', '=', session)
    .executeTakeFirst();
  return row && (row.userId === actor.account || row.site !== null) ? row.userId : undefined;
}
