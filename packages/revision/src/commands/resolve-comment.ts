import type { Command, CommandContext } from '@chengmen/ledger';
import { ChengmenError, revisionId, writePermission } from '@chengmen/model';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { needsOf } from '../places.ts';
import { plainText } from '../plain-text.ts';
import type { PassageCommentTable, RevisionTables } from '../tables.ts';

const input = z.strictObject({ comment: z.int(), answer: plainText.max(500).optional() });

/** A remark is dealt with: told by whoever may write the item, or taken back by whoever made it. */
export function resolveComment(
  hooks: readonly KindHooks[],
): Command<z.infer<typeof input>, { readonly comment: number }> {
  return {
    name: 'resolve-comment',
    permission: 'item.comment',
    input,
    async needs(context, { comment }) {
      const { item, account, kind } = await lockComment(context, comment);
      const permission = account === context.actor.account ? 'item.comment' : writePermission(kind);
      return needsOf(context, hooks, { item, permission });
    },
    async run(context, { comment, answer }) {
      const { tx, actor, now } = context;
      const { item, number, state } = await lockComment(context, comment);
      if (state !== 'open') throw new ChengmenError('wrong-state', { what: `批注 ${comment}`, state });
      await tx
        .withTables<RevisionTables>()
        .updateTable('passage_comment')
        .set({
          ...{ state: 'resolved', resolved_at: now.toISOString(), resolved_by: actor.account },
          ...{ resolved_by_name: actor.name, answer: answer === undefined || answer === '' ? null : answer },
        })
        .where('id', '=', comment)
        .execute();
      return { result: { comment }, event: { comment, revision: revisionId(item, number) } };
    },
  };
}

async function lockComment(
  { tx, site }: CommandContext,
  id: number,
): Promise<Selectable<PassageCommentTable> & Pick<RevisionTables['item'], 'kind'>> {
  const tables = tx.withTables<RevisionTables>();
  const row = await tables
    .selectFrom('passage_comment')
    .selectAll()
    .where('site', '=', site)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new ChengmenError('not-found', { what: '批注 (remark)', id: String(id) });
  const { kind } = await tables
    .selectFrom('item')
    .select('kind')
    .where('site', '=', site)
    .where('id', '=', row.item)
    .executeTakeFirstOrThrow();
  return { ...row, kind };
}
