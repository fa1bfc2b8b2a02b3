import type { Command, CommandContext } from '@chengmen/ledger';
import { canonicalJson, isDocument, isKind, itemId, revisionId, type ItemId, type RevisionId } from '@chengmen/model';
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
  kind: z.string().refine(isKind, '没有这种条目 (no such kind)').refine(isDocument, '只采集文章一类 (documents only)'),
  fields: z.record(z.string(), z.unknown()),
  receivedHash: z.string().regex(/^[0-9a-f]{64}$/),
  name: oneLine.max(2000),
  mender: oneLine.max(200),
  plan: z.unknown(),
  alarms: z.unknown(),
  decisions: z.unknown(),
  /** SHA-256 of the page's words, white space and width aside. */
  textHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Where the page stood: once it is live, that address leads to it. */
  formerPath: z
    .string()
    .max(400)
    .regex(/^(?:\/[\w.-]{1,80}){2,12}$/)
    .optional(),
});

export interface TakenInDraft {
  readonly item: ItemId;
  readonly revision: RevisionId;
  readonly hash: string;
  /** The same bytes had been taken in before: this is what became of them, and nothing was changed. */
  readonly again: boolean;
  /** The same words had been taken in from other bytes; nothing was written but the former address. */
  readonly duplicate: boolean;
  /** The former address leads here once the item is live; false when another item has it, or none was given. */
  readonly redirects: boolean;
}

/** Keeps what mending made of received bytes as a draft, with the plan beside it. The bytes themselves are kept before, by their hash. */
export function takeIn(revisions: Revisions): Command<z.infer<typeof input>, TakenInDraft> {
  return {
    name: 'take-in',
    permission: 'intake.receive',
    input,
    async run(
      context,
      { item, kind, fields, receivedHash, name, mender, plan, alarms, decisions, textHash, formerPath },
    ) {
      const { site, now } = context;
      const tx = context.tx.withTables<ContentTables>();
      const same = await tx
        .selectFrom('intake')
        .innerJoin('revision', (join) =>
          join
            .onRef('revision.site', '=', 'intake.site')
            .onRef('revision.item', '=', 'intake.item')
            .onRef('revision.number', '=', 'intake.number'),
        )
        .select(['intake.item', 'intake.number', 'revision.hash', 'intake.received_hash'])
        .where('intake.site', '=', site)
        .where(({ eb, or }) =>
          or([
            eb('intake.received_hash', '=', receivedHash),
            ...(textHash === undefined ? [] : [eb('intake.text_hash', '=', textHash)]),
          ]),
        )
        .execute();
      const known = same.find((row) => row.received_hash === receivedHash) ?? same[0];
      if (known) {
        const again = known.received_hash === receivedHash;
        const { redirects, isNew } = await keepFormer(context, known.item, formerPath);
        const result = {
          item: known.item,
          revision: revisionId(known.item, known.number),
          hash: known.hash,
          again,
          duplicate: !again,
          redirects,
        };
        return { result, event: again || !isNew ? null : { received: receivedHash, duplicateOf: known.item } };
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
          text_hash: textHash ?? null,
        })
        .execute();
      const { redirects } = await keepFormer(context, draft.item, formerPath);
      return {
        result: { ...draft, again: false, duplicate: false, redirects },
        event: { received: receivedHash, revision: draft.revision, hash: draft.hash },
      };
    },
  };
}

interface KeptFormer {
  readonly redirects: boolean;
  readonly isNew: boolean;
}

/** Keeps an address the page had elsewhere among those that redirect to it. An address that another item has stays that item's. */
async function keepFormer({ tx, site }: CommandContext, item: ItemId, path: string | undefined): Promise<KeptFormer> {
  if (path === undefined) return { redirects: false, isNew: false };
  const tables = tx.withTables<ContentTables>();
  const added = await tables
    .insertInto('address')
    .values({ site, path, item, current: false, channel: null })
    .onConflict((conflict) => conflict.columns(['site', 'path']).doNothing())
    .executeTakeFirst();
  const owner = await tables
    .selectFrom('address')
    .select('item')
    .where('site', '=', site)
    .where('path', '=', path)
    .executeTakeFirst();
  return { redirects: owner?.item === item, isNew: Number(added.numInsertedOrUpdatedRows ?? 0) > 0 };
}
