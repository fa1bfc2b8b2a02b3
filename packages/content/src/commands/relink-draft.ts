import { linkAddress, pictureAddress, sanitise } from '@chengmen/html';
import type { Command } from '@chengmen/ledger';
import { itemId, type FieldsOf } from '@chengmen/model';
import type { Revisions } from '@chengmen/revision';
import { z } from 'zod';
import type { ContentTables } from '../tables.ts';

const input = z.strictObject({
  item: itemId,
  /** By item that links lead to: the one they shall lead to, null for none. */
  moves: z.record(itemId, itemId.nullable()),
});

/**
 * Leads the links and pictures of a taken-in draft to other items: to the one that had the words of a page already, or nowhere,
 * the words of a link kept. Answers false, and changes nothing, when the newest revision is no draft of the actor's own.
 */
export function relinkDraft(revisions: Revisions): Command<z.infer<typeof input>, boolean> {
  return {
    name: 'relink-draft',
    permission: 'intake.receive',
    input,
    async run(context, { item, moves }) {
      const newest = await context.tx
        .withTables<ContentTables>()
        .selectFrom('revision')
        .select(['fields', 'kind', 'state', 'author'])
        .where('site', '=', context.site)
        .where('item', '=', item)
        .orderBy('number', 'desc')
        .executeTakeFirst();
      if (newest?.state !== 'draft' || newest.kind !== 'article' || newest.author !== context.actor.account)
        return { result: false, event: null };
      const fields = JSON.parse(newest.fields) as FieldsOf<'article'>;
      const body = relinked(fields.body, moves);
      if (body === fields.body) return { result: false, event: null };
      const draft = await revisions.writeDraft(context, { item, kind: 'article', fields: { ...fields, body } });
      return { result: true, event: { revision: draft.revision, hash: draft.hash } };
    },
  };
}

function relinked(body: string, moves: Readonly<Record<string, string | null>>): string {
  const led = (given: string): string | undefined => {
    const [, scheme = '', item = ''] = /^(item|media):(.+)$/.exec(given) ?? [];
    const to = Object.hasOwn(moves, item) ? moves[item] : undefined;
    return to === undefined ? undefined : to === null ? '' : `${scheme}:${to}`;
  };
  return sanitise(body, {
    link: (given) => led(given) ?? linkAddress(given),
    picture: (given) => led(given) ?? pictureAddress(given),
  }).html;
}
