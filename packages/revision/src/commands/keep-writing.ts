import type { Command } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { itemHeld, leaseNow, setLease } from '../item-lease.ts';
import { parseRevisionId } from '../parse-revision-id.ts';
import type { RevisionTables } from '../tables.ts';
import { holding, needsOfHolding } from './hold-item.ts';

/** Characters of one item as it is typed: what a body may have, and as much again for everything else. */
const longest = 1_000_000;

const input = holding.extend({
  /** The revision it grew from; null for none. */
  base: z.string().nullable(),
  /** Fields as they stand in the form, whatever is wrong with them. */
  typed: z.record(z.string(), z.string()),
  /** The same as fields of the kind, where they could be read. */
  fields: z.record(z.string(), z.unknown()).optional(),
  typedAt: z.iso.datetime(),
});

/** Keeps what somebody is typing, over what they typed before. It is theirs, no revision, and no event tells of it. */
export function keepWriting(hooks: readonly KindHooks[]): Command<z.infer<typeof input>, { readonly keptAt: string }> {
  return {
    name: 'keep-writing',
    permission: ['item.write', 'channel.write'],
    input,
    needs: needsOfHolding(hooks),
    async run(context, { item, kind, tab, base, typed, fields, typedAt }) {
      const lease = await leaseNow(context, item);
      if (lease && lease.tab !== tab) throw itemHeld(lease, context);
      const [words, read] = [JSON.stringify(typed), fields === undefined ? null : JSON.stringify(fields)];
      if (words.length > longest)
        throw new ChengmenError('invalid-input', { where: 'typed', problem: `超过 ${longest} 字 (too long)` });
      const { site, now } = context;
      const { account, name } = context.actor;
      const row = {
        ...{ name, kind, typed: words, fields: read, typed_at: typedAt, kept_at: now.toISOString() },
        base: base === null ? null : parseRevisionId(base).number,
      };
      await context.tx
        .withTables<RevisionTables>()
        .insertInto('writing')
        .values({ site, item, account, ...row })
        .onConflict((conflict) => conflict.columns(['site', 'item', 'account']).doUpdateSet(row))
        .execute();
      await setLease(context, item, tab);
      return { result: { keptAt: row.kept_at }, event: null };
    },
  };
}
