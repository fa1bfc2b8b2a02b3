import type { Command, CommandContext, Need } from '@chengmen/ledger';
import { ChengmenError, isKind, itemId, writePermission, type ItemId, type RevisionId } from '@chengmen/model';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { dropWriting, itemHeld, kindOf, leaseNow, setLease } from '../item-lease.ts';
import { needsOf } from '../places.ts';
import type { ItemLeaseTable, RevisionTables } from '../tables.ts';
import { writeDraft } from './save-draft.ts';

export const holding = z.strictObject({
  item: itemId,
  kind: z.string().refine(isKind, '没有这种条目 (no such kind)'),
  /** The window that writes. */
  tab: z.string().min(8).max(64),
});
const input = holding.extend({ take: z.boolean().optional() });

/** To write where the item stands, whatever the window takes it for. */
export function needsOfHolding(hooks: readonly KindHooks[]) {
  return async (context: CommandContext, { item, kind }: z.infer<typeof holding>): Promise<Need[]> =>
    needsOf(context, hooks, { item, permission: writePermission(await kindOf(context, item, kind)) });
}

export interface Held {
  /** The draft that was made of what the other had typed. */
  readonly kept?: RevisionId;
}

/**
 * Takes the item to write in it, or goes on holding it. Somebody else's hold is refused, or with `take` ended: what they
 * typed and had not saved becomes a draft of theirs, so nothing is lost, and they stay a contributor who reviews none of it.
 */
export function holdItem(hooks: readonly KindHooks[]): Command<z.infer<typeof input>, Held> {
  return {
    name: 'hold-item',
    permission: ['item.write', 'channel.write'],
    input,
    needs: needsOfHolding(hooks),
    async run(context, { item, tab, take }) {
      const lease = await leaseNow(context, item);
      const other = lease && lease.tab !== tab ? lease : undefined;
      if (other && !take) throw itemHeld(other, context);
      const kept =
        other && other.account !== context.actor.account ? await keepDraft(context, hooks, other) : undefined;
      await setLease(context, item, tab);
      const result = kept === undefined ? {} : { kept };
      return { result, event: other ? { item, from: other.account, ...result } : null };
    },
  };
}

/** Their unsaved words as a revision of theirs; where they are no whole item yet, they stay as they are, theirs to go on with. */
async function keepDraft(
  context: CommandContext,
  hooks: readonly KindHooks[],
  { item, account, name }: ItemLeaseTable,
): Promise<RevisionId | undefined> {
  const row = await context.tx
    .withTables<RevisionTables>()
    .selectFrom('writing')
    .selectAll()
    .where(({ and }) => and({ site: context.site, item, account }))
    .executeTakeFirst();
  if (row?.fields === null || row === undefined) return undefined;
  const theirs = { ...context, actor: { ...context.actor, account, name } };
  const saved = await draftOf(theirs, hooks, { item, kind: row.kind, fields: JSON.parse(row.fields) as unknown });
  if (saved === undefined) return undefined;
  await dropWriting(theirs, item);
  return saved;
}

async function draftOf(
  context: CommandContext,
  hooks: readonly KindHooks[],
  draft: { readonly item: ItemId; readonly kind: Parameters<typeof writeDraft>[2]['kind']; readonly fields: unknown },
): Promise<RevisionId | undefined> {
  try {
    return (await writeDraft(context, hooks, draft)).revision;
  } catch (error) {
    if (error instanceof ChengmenError && error.code === 'invalid-input') return undefined;
    throw error;
  }
}
