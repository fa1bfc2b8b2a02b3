import type { Command } from '@chengmen/ledger';
import { ChengmenError, itemId, type ItemId } from '@chengmen/model';
import { z } from 'zod';
import { hooksOf, type KindHooks } from '../hooks.ts';
import { plainText } from '../plain-text.ts';
import type { RevisionTables } from '../tables.ts';

const input = z.strictObject({
  item: itemId,
  /** Shown to the public at the item's address. */
  reason: plainText.min(1).max(500),
});

const shanghaiDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** Takes a live item from public view; its address answers 410 with the reason. A later approved revision brings it back. */
export function withdrawItem(hooks: readonly KindHooks[]): Command<z.infer<typeof input>, { readonly item: ItemId }> {
  return {
    name: 'withdraw-item',
    permission: 'item.withdraw',
    input,
    async run(context, { item, reason }) {
      const { site, now } = context;
      const tx = context.tx.withTables<RevisionTables>();
      const row = await tx
        .selectFrom('item')
        .select(['kind', 'state'])
        .where('site', '=', site)
        .where('id', '=', item)
        .forUpdate()
        .executeTakeFirst();
      if (!row) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
      if (row.state !== 'live') throw new ChengmenError('wrong-state', { what: `条目 ${item}`, state: row.state });
      if (row.kind === 'site')
        throw new ChengmenError('wrong-state', {
          what: '网站信息',
          state: '不能撤回，只能修订 (can be revised, not withdrawn)',
        });
      const touched: ItemId[] = [item];
      for (const hook of hooksOf(hooks, row.kind))
        touched.push(...((await hook.whenWithdrawn?.(context, { item, kind: row.kind })) ?? []));
      await tx
        .updateTable('item')
        .set({ state: 'withdrawn', withdrawal_reason: reason, withdrawn_on: shanghaiDate.format(now) })
        .where('site', '=', site)
        .where('id', '=', item)
        .execute();
      return { result: { item }, event: { item, reason }, touched };
    },
  };
}
