import type { Command } from '@chengmen/ledger';
import { ChengmenError, type RevisionId } from '@chengmen/model';
import { z } from 'zod';
import { lockRevision } from '../lock-revision.ts';
import type { RevisionTables } from '../tables.ts';

const input = z.strictObject({ revision: z.string(), hash: z.string() });

/** Hands a draft to the first reviewer. Only its author sends it, so that nobody's unfinished text is judged. */
export const submitRevision: Command<z.infer<typeof input>, { readonly revision: RevisionId }> = {
  name: 'submit-revision',
  permission: 'item.write',
  input,
  async run(context, { revision, hash }) {
    const row = await lockRevision(context, revision, hash);
    if (row.author !== context.actor.account)
      throw new ChengmenError('permission-denied', {
        actor: context.actor.name,
        permission: '送审他人草稿 (submit another’s draft)',
      });
    if (row.state !== 'draft') throw new ChengmenError('wrong-state', { what: `修订 ${revision}`, state: row.state });
    await context.tx
      .withTables<RevisionTables>()
      .updateTable('revision')
      .set({ state: 'submitted' })
      .where('site', '=', row.site)
      .where('item', '=', row.item)
      .where('number', '=', row.number)
      .execute();
    return { result: { revision }, event: { revision, hash } };
  },
};
