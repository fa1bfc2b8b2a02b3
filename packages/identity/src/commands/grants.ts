import type { CommandContext } from '@chengmen/ledger';
import {
  ChengmenError,
  conflictOf,
  itemId,
  roleNames,
  roles,
  subtreeRoles,
  type AccountId,
  type Role,
} from '@chengmen/model';
import type { RevisionTables } from '@chengmen/revision';
import { z } from 'zod';
import type { IdentityTables } from '../tables.ts';

const shape = { role: z.enum(roles), channel: itemId.optional() };
const wholeSite = {
  path: ['channel'],
  error: '这一角色只能授予全站 (this role is held for the whole site only)',
};

function divisible({ role, channel }: { role: Role; channel?: string | undefined }): boolean {
  return channel === undefined || subtreeRoles.includes(role);
}

/** A role, for the whole site or for a channel and what is below it. */
export const grantInput = z.strictObject(shape).refine(divisible, wholeSite);
/** The same with whose it shall be. */
export const accountGrantInput = z.strictObject({ account: z.string().min(1), ...shape }).refine(divisible, wholeSite);
export type GrantInput = z.infer<typeof grantInput>;

/**
 * Writes grants down; answers those the account did not hold. Throws `roles-conflict` where they would make one person
 * of two that must be different, on this site or another, and `not-found` for a channel that is not live.
 */
export async function addGrants(
  context: CommandContext,
  account: AccountId,
  wanted: readonly GrantInput[],
): Promise<GrantInput[]> {
  const { tx, site, actor, now } = context;
  const tables = tx.withTables<IdentityTables>();
  // Two administrators who grant at once must not each see half of a conflict.
  await tables.selectFrom('identity_user').select('id').where('id', '=', account).forUpdate().executeTakeFirst();
  const held = await tables.selectFrom('role_grant').select('role').where('account', '=', account).execute();
  const all = [...held.map(({ role }) => role as Role), ...wanted.map(({ role }) => role)];
  const alone = conflictOf(all);
  if (alone !== undefined)
    throw new ChengmenError('roles-conflict', { role: `${roleNames[alone].zh} (${roleNames[alone].en})` });
  for (const { channel } of wanted) if (channel !== undefined) await liveChannel(context, channel);
  const added: GrantInput[] = [];
  for (const { role, channel } of wanted) {
    const row = await tables
      .insertInto('role_grant')
      .values({ site, account, role, channel: channel ?? '', granted_by: actor.account, at: now.toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('role')
      .executeTakeFirst();
    if (row) added.push({ role, ...(channel === undefined ? {} : { channel }) });
  }
  return added;
}

async function liveChannel({ tx, site }: CommandContext, channel: string): Promise<void> {
  const found = await tx
    .withTables<RevisionTables>()
    .selectFrom('item')
    .select('id')
    .where('site', '=', site)
    .where('id', '=', channel)
    .where('kind', '=', 'channel')
    .where('state', '=', 'live')
    .executeTakeFirst();
  if (!found) throw new ChengmenError('not-found', { what: '栏目 (channel)', id: channel });
}
