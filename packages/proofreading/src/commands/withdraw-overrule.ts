import type { Command } from '@chengmen/ledger';
import { ChengmenError, type ItemId } from '@chengmen/model';
import { lockRevision, type KindHooks } from '@chengmen/revision';
import { z } from 'zod';
import type { ProofreadingTables } from '../tables.ts';
import { oneOfThese, overrulePermissions } from './overrule-finding.ts';

const input = z.strictObject({
  revision: z.string(),
  hash: z.string(),
  finding: z.string().regex(/^[0-9a-f]{16}$/),
});

/** Takes a decision back: the finding counts again. What was submitted meanwhile stays where it is; its reviewers see the finding. */
export function withdrawOverrule(
  hooks: readonly KindHooks[],
): Command<z.infer<typeof input>, { readonly item: ItemId; readonly finding: string }> {
  return {
    name: 'withdraw-overrule',
    permission: overrulePermissions,
    input,
    async needs(context, { revision, hash }) {
      return oneOfThese(context, hooks, await lockRevision(context, revision, hash));
    },
    async run(context, { revision, hash, finding }) {
      const { item } = await lockRevision(context, revision, hash);
      const gone = await context.tx
        .withTables<ProofreadingTables>()
        .deleteFrom('overrule')
        .where('site', '=', context.site)
        .where('item', '=', item)
        .where('finding', '=', finding)
        .returning('rule')
        .executeTakeFirst();
      if (!gone) throw new ChengmenError('not-found', { what: '放行 (overrule)', id: finding });
      return { result: { item, finding }, event: { item, revision, finding, rule: gone.rule } };
    },
  };
}
