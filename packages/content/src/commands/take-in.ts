import type { Command } from '@chengmen/ledger';
import { canonicalJson, isKind, itemId, revisionId, type ItemId, type RevisionId } from '@chengmen/model';
import type { Revisions } from '@chengmen/revision';
import { z } from 'zod';
import type { ContentTables } from '../tables.ts';

const oneLine = z
  .string()
  .min(1)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
    error: '含有不能显示的字符 (holds characters that cannot be shown)',
  });

const input = z.strictObject({
  item: itemId.optional(),
  kind: z.string().refine(isKind, '没有这种条目 (no such kind)'),
  fields: z.record(z.string(), z.unknown()),
  receivedHash: z.string().regex(/^[0-9a-f]{64}$/),
  name: oneLine.max(2000),
  mender: oneLine.max(200),
  plan: z.unknown(),
  alarms: z.unknown(),
  decisions: z.unknown(),
});

export interface TakenInDraft {
  readonly item: ItemId;
  readonly revision: RevisionId;
  readonly hash: string;
  /** The same bytes had been taken in before: this is what became of them, and nothing was changed. */
  readonly again: boolean;
}

/** Keeps what mending made of received bytes as a draft, with the plan beside it. The bytes themselves are kept before, by their hash. */
export function takeIn(revisions: Revisions): Command<z.infer<typeof input>, TakenInDraft> {
  return {
    name: 'take-in',
    permission: 'intake.receive',
    input,
    async run(context, { item, kind, fields, receivedHash, name, mender, plan, alarms, decisions }) {
      const { site, now } = context;
      const tx = context.tx.withTables<ContentTables>();
      const known = await tx
        .selectFrom('intake')
        .innerJoin('revision', (join) =>
          join
            .onRef('revision.site', '=', 'intake.site')
            .onRef('revision.item', '=', 'intake.item')
            .onRef('revision.number', '=', 'intake.number'),
        )
        .select(['intake.item', 'intake.number', 'revision.hash'])
        .where('intake.site', '=', site)
        .where('intake.received_hash', '=', receivedHash)
        .executeTakeFirst();
      if (known) {
        const result = {
          item: known.item,
          revision: revisionId(known.item, known.number),
          hash: known.hash,
          again: true,
        };
        return { result, event: null };
      }
      const draft = await revisions.writeDraft(context, { item, kind, fields });
      await tx
        .insertInto('intake')
        .values({
          site,
          received_hash: receivedHash,
          item: draft.item,
          number: Number(draft.revision.split('.').at(-1)),
          name,
          mender,
          plan: canonicalJson(plan ?? null),
          alarms: canonicalJson(alarms ?? null),
          decisions: canonicalJson(decisions ?? null),
          at: now.toISOString(),
        })
        .execute();
      return {
        result: { ...draft, again: false },
        event: { received: receivedHash, revision: draft.revision, hash: draft.hash },
      };
    },
  };
}
