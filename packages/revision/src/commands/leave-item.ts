import type { Command } from '@chengmen/ledger';
import type { z } from 'zod';
import type { RevisionTables } from '../tables.ts';
import { holding } from './hold-item.ts';

/** The window is closed: others need not wait for its hold to end. Only one's own. */
export function leaveItem(): Command<z.infer<typeof holding>, object> {
  return {
    name: 'leave-item',
    permission: null,
    input: holding,
    async run({ tx, site, actor }, { item, tab }) {
      await tx
        .withTables<RevisionTables>()
        .deleteFrom('item_lease')
        .where('site', '=', site)
        .where('item', '=', item)
        .where('account', '=', actor.account)
        .where('tab', '=', tab)
        .execute();
      return { result: {}, event: null };
    },
  };
}
