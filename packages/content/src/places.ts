import type { DocumentFields, FieldsOf, ItemId } from '@chengmen/model';
import type { HookRevision, PlaceReader } from '@chengmen/revision';
import { readChannelTree, type ChannelTree } from './channel-tree.ts';

type Placed = Omit<HookRevision, 'number'>;

const trees = new WeakMap<PlaceReader, Promise<ChannelTree>>();

/** The tree as it stood when this reader first asked. */
function treeAt(at: PlaceReader): Promise<ChannelTree> {
  const known = trees.get(at) ?? readChannelTree(at);
  trees.set(at, known);
  return known;
}

/** A document stands in its channel. */
export async function placeOfDocument(at: PlaceReader, { fields }: Placed): Promise<readonly ItemId[]> {
  return (await treeAt(at)).line((fields as DocumentFields).channel);
}

/** A picture or file stands in the channel it belongs to; without one it is the whole site's, because every page may show it. */
export async function placeOfMedia(at: PlaceReader, { fields }: Placed): Promise<readonly ItemId[]> {
  const { owner } = fields as FieldsOf<'media'>;
  return owner === undefined ? [] : (await treeAt(at)).line(owner);
}

/** A channel stands in itself and below its parent; where it would move or is not live yet, below its parent alone; one that is merged stands in the other. */
export async function placeOfChannel(at: PlaceReader, { item, fields }: Placed): Promise<readonly ItemId[]> {
  const { parent, mergedInto } = fields as FieldsOf<'channel'>;
  const tree = await treeAt(at);
  if (mergedInto !== undefined) return tree.line(mergedInto);
  if (tree.fields(item)?.parent === parent) return tree.line(item);
  return parent === null ? [] : tree.line(parent);
}
