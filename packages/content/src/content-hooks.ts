import { isCleanBody } from '@chengmen/html';
import type { CommandContext } from '@chengmen/ledger';
import {
  ChengmenError,
  isDocument,
  kinds,
  relations,
  type DocumentFields,
  type FieldsOf,
  type ItemId,
  type Kind,
} from '@chengmen/model';
import type { HookRevision, KindHooks } from '@chengmen/revision';
import { assignAddress, currentAddress, documentAddress } from './addresses.ts';
import { readChannelTree } from './channel-tree.ts';
import type { ContentTables } from './tables.ts';

/** First segments that stand for something else on every site. */
const reservedSegments = new Set(['assets', 'media', 'sitemap', 'preview']);

const documentKinds = (Object.keys(kinds) as Kind[]).filter(isDocument);

/** What this room adds to the approval chain: references that hold, addresses that last, a tree without knots. */
export const contentHooks: readonly KindHooks[] = [
  { kinds: documentKinds, check: checkDocument, whenLive: addressDocument },
  { kinds: ['channel'], check: checkChannel, whenLive: addressChannel, whenWithdrawn: refuseFullChannel },
  { kinds: ['site'], check: checkSite },
];

async function checkDocument(
  context: CommandContext,
  { fields: raw }: HookRevision,
  phase: 'draft' | 'final',
): Promise<void> {
  const fields = raw as DocumentFields & Record<string, unknown>;
  for (const name of ['body', 'answer']) {
    const value = fields[name];
    if (typeof value === 'string' && !isCleanBody(value)) {
      throw invalid(name, '不是干净的正文，请重新保存 (the body is not clean; save it again)');
    }
  }
  const channel = await stateOf(context, fields.channel);
  if (channel?.kind !== 'channel') throw invalid('channel', `没有栏目“${fields.channel}” (there is no such channel)`);
  if (phase === 'draft') return;
  if (channel.state !== 'live') throw invalid('channel', `栏目“${fields.channel}”没有开通 (the channel is not live)`);
  const pointed = [
    ...(fields.image === undefined ? [] : [fields.image]),
    ...relations.flatMap((relation) => fields[relation] ?? []),
  ] as ItemId[];
  for (const id of pointed)
    if (!(await stateOf(context, id))) throw invalid('item', `没有条目“${id}” (there is no item of this id)`);
}

async function checkChannel(
  context: CommandContext,
  { item, fields: raw }: HookRevision,
  phase: 'draft' | 'final',
): Promise<void> {
  const fields = raw as FieldsOf<'channel'>;
  if (fields.parent === null && reservedSegments.has(fields.segment))
    throw invalid('segment', `“${fields.segment}”另有用途 (is reserved)`);
  if (phase === 'draft') return;
  const tree = await readChannelTree(context);
  if (fields.parent !== null && !tree.has(fields.parent))
    throw invalid('parent', `没有栏目“${fields.parent}” (there is no such channel)`);
  if (fields.parent !== null && tree.subtree(item).includes(fields.parent))
    throw invalid('parent', '栏目不能放在自己下面 (a channel cannot stand below itself)');
  const twin = tree.children(fields.parent).find((id) => id !== item && tree.fields(id)?.segment === fields.segment);
  if (twin !== undefined) throw invalid('segment', `与栏目“${twin}”的地址相同 (has the same address)`);
}

function checkSite(_context: CommandContext, { item }: HookRevision): Promise<void> {
  return item === 'site'
    ? Promise.resolve()
    : Promise.reject(invalid('item', '网站信息只有一份，编号为 site (there is one, its id is “site”)'));
}

async function addressDocument(
  context: CommandContext,
  { item, fields: raw }: HookRevision,
): Promise<readonly ItemId[]> {
  const fields = raw as DocumentFields;
  const tree = await readChannelTree(context);
  const earlier = await currentAddress(context, item);
  await assignAddress(
    context,
    item,
    documentAddress({ channel: tree.path(fields.channel), item, date: fields.date, earlier }),
  );
  return [];
}

/** A channel that moves takes everything below it along. Cost follows what stands there, as it must: each address changes. */
async function addressChannel(context: CommandContext, { item }: HookRevision): Promise<readonly ItemId[]> {
  const tree = await readChannelTree(context);
  const moved: ItemId[] = [];
  if (!(await assignAddress(context, item, tree.path(item)))) return moved;
  const below = tree.subtree(item);
  for (const channel of below) {
    if (channel !== item && (await assignAddress(context, channel, tree.path(channel)))) moved.push(channel);
  }
  const documents = await documentsIn(context, new Set(below));
  for (const { id, fields } of documents) {
    const earlier = await currentAddress(context, id);
    if (
      await assignAddress(
        context,
        id,
        documentAddress({ channel: tree.path(fields.channel), item: id, date: fields.date, earlier }),
      )
    )
      moved.push(id);
  }
  return moved;
}

async function refuseFullChannel(
  context: CommandContext,
  { item }: { readonly item: ItemId },
): Promise<readonly ItemId[]> {
  const tree = await readChannelTree(context);
  const [child] = tree.children(item);
  const [document] = await documentsIn(context, new Set([item]), 'live');
  const inside = child ?? document?.id;
  if (inside !== undefined)
    throw new ChengmenError('wrong-state', {
      what: `栏目 ${item}`,
      state: `其中还有“${inside}” (“${inside}” still stands in it)`,
    });
  return [];
}

/** Items that have an address below these channels, as they were last live. */
async function documentsIn(
  { tx, site }: CommandContext,
  channels: ReadonlySet<ItemId>,
  state?: 'live',
): Promise<{ id: ItemId; fields: DocumentFields }[]> {
  const rows = await tx
    .withTables<ContentTables>()
    .selectFrom('item')
    .innerJoin('revision', (join) =>
      join
        .onRef('revision.site', '=', 'item.site')
        .onRef('revision.item', '=', 'item.id')
        .onRef('revision.number', '=', 'item.live_revision'),
    )
    .select(['item.id', 'revision.fields'])
    .where('item.site', '=', site)
    .where('item.kind', 'in', documentKinds)
    .where('item.state', 'in', state ? [state] : ['live', 'withdrawn'])
    .execute();
  return rows
    .map(({ id, fields }) => ({ id, fields: JSON.parse(fields) as DocumentFields }))
    .filter(({ fields }) => channels.has(fields.channel));
}

async function stateOf({ tx, site }: CommandContext, id: ItemId): Promise<{ kind: Kind; state: string } | undefined> {
  return tx
    .withTables<ContentTables>()
    .selectFrom('item')
    .select(['kind', 'state'])
    .where('site', '=', site)
    .where('id', '=', id)
    .executeTakeFirst();
}

function invalid(where: string, problem: string): ChengmenError {
  return new ChengmenError('invalid-input', { where, problem });
}
