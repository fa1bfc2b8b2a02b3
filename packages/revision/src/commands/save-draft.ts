import type { Command, CommandContext } from '@chengmen/ledger';
import {
  canonicalJson,
  ChengmenError,
  isKind,
  itemId,
  kinds,
  newItemId,
  revisionId,
  writePermission,
  type Fields,
  type Hash,
  type ItemId,
  type Kind,
  type RevisionId,
} from '@chengmen/model';
import { z } from 'zod';
import { hooksOf, type KindHooks } from '../hooks.ts';
import { dropWriting, refuseWhereHeld } from '../item-lease.ts';
import { needsOf } from '../places.ts';
import { revisionHash } from '../revision-hash.ts';
import type { RevisionTables } from '../tables.ts';

export const draftInput = z.strictObject({
  item: itemId.optional(),
  kind: z.string().refine(isKind, '没有这种条目 (no such kind)'),
  fields: z.record(z.string(), z.unknown()),
  /** The revision it was written on; null for none. Where it is given and not the newest any more, nothing is saved. */
  base: z.string().nullable().optional(),
});

export interface SavedDraft {
  readonly item: ItemId;
  readonly revision: RevisionId;
  readonly hash: Hash;
}

/** Writes a new draft revision of a new or existing item. What the public sees does not change. */
export function saveDraft(hooks: readonly KindHooks[]): Command<z.infer<typeof draftInput>, SavedDraft> {
  return {
    name: 'save-draft',
    permission: ['item.write', 'channel.write'],
    input: draftInput,
    needs: (context, { item, kind, fields }) =>
      needsOf(context, hooks, {
        item,
        revision: { kind, fields: parseFields(kind, fields) },
        permission: writePermission(kind),
      }),
    async run(context, input) {
      if (input.item !== undefined) await refuseWhereHeld(context, input.item);
      const saved = await writeDraft(context, hooks, input);
      await dropWriting(context, saved.item);
      return { result: saved, event: { ...saved, kind: input.kind } };
    },
  };
}

/** The effect of saving, for commands of other rooms that end in a draft. */
export async function writeDraft(
  context: CommandContext,
  hooks: readonly KindHooks[],
  input: {
    readonly item?: ItemId | undefined;
    readonly kind: Kind;
    readonly fields: unknown;
    readonly base?: RevisionId | null | undefined;
  },
): Promise<SavedDraft> {
  const { site, actor, now } = context;
  const tx = context.tx.withTables<RevisionTables>();
  const { kind } = input;
  const fields = parseFields(kind, input.fields);
  const item = input.item ?? newItemId();
  const at = now.toISOString();
  await tx
    .insertInto('item')
    .values({
      site,
      id: item,
      kind,
      created_at: at,
      created_by: actor.account,
      state: 'never',
      live_revision: null,
      withdrawn_on: null,
      withdrawal_reason: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const existing = await tx
    .selectFrom('item')
    .select('kind')
    .where('site', '=', site)
    .where('id', '=', item)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (existing.kind !== kind) throw new ChengmenError('wrong-state', { what: `条目 ${item}`, state: existing.kind });
  const newest = await tx
    .selectFrom('revision')
    .select(['number', 'author_name'])
    .where('site', '=', site)
    .where('item', '=', item)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (input.base !== undefined && input.base !== (newest ? revisionId(item, newest.number) : null))
    throw new ChengmenError('changed-meanwhile', {
      newest: newest ? revisionId(item, newest.number) : '—',
      by: newest?.author_name ?? '—',
    });
  const number = (newest?.number ?? 0) + 1;
  for (const hook of hooksOf(hooks, kind)) await hook.check?.(context, { item, kind, number, fields }, 'draft');
  // A writer's own unsent drafts give way to the newer one; those of others, and what is in review, stay.
  await tx
    .updateTable('revision')
    .set({ state: 'superseded' })
    .where('site', '=', site)
    .where('item', '=', item)
    .where('state', '=', 'draft')
    .where('author', '=', actor.account)
    .execute();
  const hash = revisionHash({ site, item, kind, fields });
  await tx
    .insertInto('revision')
    .values({
      site,
      item,
      number,
      kind,
      hash,
      fields: canonicalJson(fields),
      author: actor.account,
      author_name: actor.name,
      created_at: at,
      state: 'draft',
      live_at: null,
    })
    .execute();
  return { item, revision: revisionId(item, number), hash };
}

function parseFields(kind: Kind, raw: unknown): Fields {
  const parsed = kinds[kind].safeParse(composed(raw));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ChengmenError('invalid-input', { where: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
}

/** Every text in NFC: keyboards and files differ in how they compose, and the hash must not. */
function composed(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(composed);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, composed(member)]));
  return value;
}
