import type { CommandContext, Need } from '@chengmen/ledger';
import { mayWithin, type Actor, type Fields, type ItemId, type Kind, type Permission } from '@chengmen/model';
import { hooksOf, type HookRevision, type KindHooks, type PlaceReader } from './hooks.ts';
import type { RevisionTables } from './tables.ts';

/** Where an item with these fields stands. */
export async function placeOf(
  at: PlaceReader,
  hooks: readonly KindHooks[],
  revision: Omit<HookRevision, 'number'>,
): Promise<readonly ItemId[]> {
  for (const hook of hooksOf(hooks, revision.kind)) if (hook.place) return hook.place(at, revision);
  return [];
}

/** An item as the public has it, or, `orNewest`, before that as it was written last. */
async function presentItem(
  { tx, site }: PlaceReader,
  item: ItemId,
  orNewest: boolean,
): Promise<Omit<HookRevision, 'number'> | undefined> {
  const row = await tx
    .withTables<RevisionTables>()
    .selectFrom('item')
    .innerJoin('revision', (join) =>
      join.onRef('revision.site', '=', 'item.site').onRef('revision.item', '=', 'item.id'),
    )
    .select(['revision.kind', 'revision.fields'])
    .where('item.site', '=', site)
    .where('item.id', '=', item)
    .where(({ eb, or, ref }) =>
      or([
        eb('revision.number', '=', ref('item.live_revision')),
        ...(orNewest ? [eb('item.live_revision', 'is', null)] : []),
      ]),
    )
    .orderBy('revision.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { item, kind: row.kind, fields: JSON.parse(row.fields) as Fields };
}

/** The permission where an item stands now, and where a revision of it would take it. An item nobody knows needs nothing. */
export async function needsOf(
  context: CommandContext,
  hooks: readonly KindHooks[],
  { item, revision, permission }: NeedOptions,
): Promise<Need[]> {
  // In review a revision stands for itself, whatever was written into the item after it.
  const orNewest = revision === undefined || revision.item === undefined;
  const present = item === undefined ? undefined : await presentItem(context, item, orNewest);
  const all = [present, revision && { ...revision, item: item ?? '' }].filter((one) => one !== undefined);
  return Promise.all(all.map(async (one) => ({ permission, place: await placeOf(context, hooks, one) })));
}

/** What an actor may do with a revision where it stands and would stand, for screens. */
export async function allowedOn(
  at: PlaceReader,
  hooks: readonly KindHooks[],
  actor: Actor,
  { item, kind, fields }: Omit<HookRevision, 'number'>,
): Promise<(permission: Permission) => boolean> {
  const present = await presentItem(at, item, false);
  const places = [await placeOf(at, hooks, { item, kind, fields })];
  if (present) places.push(await placeOf(at, hooks, present));
  return (permission) => places.every((place) => mayWithin(actor, permission, place));
}

interface NeedOptions {
  readonly item: ItemId | undefined;
  readonly permission: Permission;
  readonly revision?: { readonly item?: ItemId; readonly kind: Kind; readonly fields: Fields };
}
