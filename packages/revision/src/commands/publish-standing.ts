import type { Command, CommandContext } from '@chengmen/ledger';
import {
  ChengmenError,
  civilDate,
  figureItems,
  itemId,
  type FieldsOf,
  type Hash,
  type ItemId,
  type RevisionId,
} from '@chengmen/model';
import { z } from 'zod';
import type { KindHooks } from '../hooks.ts';
import { lockRevision } from '../lock-revision.ts';
import { makeLive } from '../make-live.ts';
import { newestDue, standingOrder, type StandingOrder } from '../standing-order.ts';
import type { RevisionTables } from '../tables.ts';
import { writeDraft } from './save-draft.ts';

const input = z.strictObject({
  /** The last day that is counted. */
  upTo: civilDate,
  figures: z
    .array(z.strictObject({ item: itemId, fields: z.record(z.string(), z.unknown()) }))
    .min(1)
    .max(20),
});

const allowed: ReadonlySet<string> = new Set(Object.values(figureItems));

interface Published {
  readonly item: ItemId;
  readonly revision: RevisionId;
  readonly hash: Hash;
}

/**
 * Figures of the visit statistics go live without anybody reviewing them one by one: the site settings order it, which three people
 * have approved. At their time by the clock of the ledger, once for each day, and nothing but what the order names. What a
 * person has withdrawn stays withdrawn.
 */
export function publishStanding(
  hooks: readonly KindHooks[],
): Command<z.infer<typeof input>, { readonly published: readonly RevisionId[] }> {
  return {
    name: 'publish-standing',
    permission: 'schedule.carry-out',
    input,
    async run(context, { upTo, figures }) {
      await lockSite(context);
      const order = await standingOrder(context.tx, context.site);
      if (!order) throw wrongState('网站信息里没有定 (the site settings have no such order)');
      if (upTo > newestDue(order, context.now).upTo) throw wrongState(`未到时间 (not due): ${upTo}`);
      if (order.upTo !== null && order.upTo >= upTo) return { result: { published: [] }, event: null };
      const touched = new Set<ItemId>();
      const published: Published[] = [];
      for (const figure of figures) {
        refuseOthers(figure, order);
        if (await isWithdrawn(context, figure.item)) continue;
        const { revision, hash } = await writeDraft(context, hooks, { ...figure, kind: 'dataset' });
        const row = await lockRevision(context, revision, hash);
        for (const item of await makeLive(context, hooks, row)) touched.add(item);
        await note(context, { item: row.item, number: row.number }, order, upTo);
        published.push({ item: row.item, revision, hash });
      }
      if (published.length === 0) throw wrongState('全部已撤回 (all of them are withdrawn)');
      return {
        result: { published: published.map(({ revision }) => revision) },
        event: { upTo, order: order.revision, orderHash: order.hash, published },
        touched: [...touched],
      };
    },
  };
}

/** Whoever comes second waits, and finds it done. */
async function lockSite({ tx, site }: CommandContext): Promise<void> {
  await tx
    .withTables<RevisionTables>()
    .selectFrom('item')
    .select('id')
    .where('site', '=', site)
    .where('id', '=', 'site')
    .forUpdate()
    .execute();
}

function refuseOthers(
  { item, fields }: { readonly item: ItemId; readonly fields: Readonly<Record<string, unknown>> },
  { channel, department }: StandingOrder,
): void {
  const { channel: at, department: of } = fields as Partial<FieldsOf<'dataset'>>;
  if (!allowed.has(item) || at !== channel || of !== department)
    throw new ChengmenError('invalid-input', { where: item, problem: '不在所定之内 (is not what was ordered)' });
}

async function isWithdrawn({ tx, site }: CommandContext, item: ItemId): Promise<boolean> {
  const row = await tx
    .withTables<RevisionTables>()
    .selectFrom('item')
    .select('state')
    .where('site', '=', site)
    .where('id', '=', item)
    .executeTakeFirst();
  return row?.state === 'withdrawn';
}

async function note(
  { tx, site, now }: CommandContext,
  one: { readonly item: ItemId; readonly number: number },
  { revision, hash }: StandingOrder,
  upTo: string,
): Promise<void> {
  await tx
    .withTables<RevisionTables>()
    .insertInto('standing_publication')
    .values({ site, ...one, ordered_by: revision, order_hash: hash, up_to: upTo, at: now.toISOString() })
    .execute();
}

const wrongState = (state: string): ChengmenError =>
  new ChengmenError('wrong-state', { what: '访问统计每天公布 (figures published each night)', state });
