import { civilDateAt } from '@chengmen/calendar';
import { isCleanBody } from '@chengmen/html';
import type { CommandContext } from '@chengmen/ledger';
import {
  accessibilityStatement,
  ChengmenError,
  homePageItem,
  isDocument,
  isPictureType,
  kindNames,
  kinds,
  type Block,
  type DocumentFields,
  type FieldsOf,
  type ItemId,
  type Kind,
  type PagePath,
} from '@chengmen/model';
import type { HookRevision, KindHooks } from '@chengmen/revision';
import { assignAddresses, currentAddress, documentAddress } from './addresses.ts';
import { readChannelTree, type ChannelTree } from './channel-tree.ts';
import { documentsIn } from './documents-in.ts';
import { mergeChannel } from './merge-channel.ts';
import { placeOfChannel, placeOfDocument, placeOfMedia } from './places.ts';
import { channelMerges } from './queries/channel-merges.ts';
import { mediaUses } from './queries/media-uses.ts';
import { checkEdition, checkTranslation } from './check-translation.ts';
import { inBlock, referencesOf, type Reference } from './references.ts';
import type { ContentTables } from './tables.ts';

/** First segments that stand for something else on every site. */
const reservedSegments = new Set(['assets', 'media', 'files', 'sitemap', 'preview']);

const documentKinds = (Object.keys(kinds) as Kind[]).filter(isDocument);

/** What this room adds to the approval chain: references that hold, addresses that last, a tree without knots. */
export const contentHooks: readonly KindHooks[] = [
  { kinds: documentKinds, place: placeOfDocument, check: checkDocument, whenLive: addressDocument },
  {
    kinds: ['channel'],
    place: placeOfChannel,
    check: checkChannel,
    whenLive: addressChannel,
    whenWithdrawn: refuseFullChannel,
  },
  { kinds: ['site'], check: checkSite },
  { kinds: ['statement'], check: checkStatement },
  { kinds: ['home'], check: checkHome },
  { kinds: ['redirect'], check: checkRedirect, whenLive: addressRedirect },
  { kinds: ['media'], place: placeOfMedia, check: checkMedia, whenWithdrawn: refuseUsedMedia },
];

async function checkDocument(
  context: CommandContext,
  { item, fields: raw }: HookRevision,
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
  const into = (await channelMerges(context.tx, context.site)).get(fields.channel);
  const standing = into === undefined ? channel : await stateOf(context, into);
  if (standing?.state !== 'live') throw invalid('channel', `栏目“${fields.channel}”没有开通 (the channel is not live)`);
  for (const reference of referencesOf(fields)) await checkReference(context, reference);
  if (fields.translates !== undefined)
    await checkTranslation(context, await readChannelTree(context), { item, fields });
}

async function checkReference(context: CommandContext, { where, item, kinds: allowed }: Reference): Promise<void> {
  const found = await stateOf(context, item);
  if (!found) throw invalid(where, `没有条目“${item}” (there is no item of this id)`);
  if (!allowed.includes(found.kind))
    throw invalid(where, `“${item}”是${kindNames[found.kind].zh} (is of another kind: ${kindNames[found.kind].en})`);
  // Other items may come later or go: pages do without them. A picture that is not there is a hole in the page.
  if (found.kind === 'media' && found.state !== 'live')
    throw invalid(where, `图片附件“${item}”没有通过终审 (the media item is not live)`);
}

async function checkChannel(
  context: CommandContext,
  { item, fields: raw }: HookRevision,
  phase: 'draft' | 'final',
): Promise<void> {
  const fields = raw as FieldsOf<'channel'>;
  if (fields.parent === null && reservedSegments.has(fields.segment))
    throw invalid('segment', `“${fields.segment}”另有用途 (is reserved)`);
  const { mergedInto } = fields;
  if (mergedInto !== undefined && (await stateOf(context, mergedInto))?.kind !== 'channel')
    throw invalid('mergedInto', `没有栏目“${mergedInto}” (there is no such channel)`);
  if (phase === 'draft') return;
  await checkBlocks(context, fields.blocks ?? []);
  const tree = await readChannelTree(context);
  refuseMerged(tree, item);
  if (mergedInto !== undefined) return checkMerge(tree, item, mergedInto);
  if (fields.parent !== null && !tree.has(fields.parent))
    throw invalid('parent', `没有栏目“${fields.parent}” (there is no such channel)`);
  if (fields.parent !== null && tree.subtree(item).includes(fields.parent))
    throw invalid('parent', '栏目不能放在自己下面 (a channel cannot stand below itself)');
  checkEdition(tree, { item, fields });
  const twin = tree.children(fields.parent).find((id) => id !== item && tree.fields(id)?.segment === fields.segment);
  if (twin !== undefined) throw invalid('segment', `与栏目“${twin}”的地址相同 (has the same address)`);
}

function refuseMerged(tree: ChannelTree, item: ItemId): void {
  const into = tree.standing(item);
  if (into !== item)
    throw new ChengmenError('wrong-state', {
      what: `栏目 ${item}`,
      state: `已并入“${into}” (it has been merged into another)`,
    });
}

function checkMerge(tree: ChannelTree, item: ItemId, into: ItemId): void {
  if (!tree.has(item))
    throw invalid('mergedInto', '没有开通的栏目不能合并 (a channel that is not live cannot be merged)');
  if (into === item || !tree.has(into))
    throw invalid('mergedInto', `没有另一个开通的栏目“${into}” (there is no other live channel of this id)`);
  const [child] = tree.children(item);
  if (child !== undefined)
    throw new ChengmenError('wrong-state', {
      what: `栏目 ${item}`,
      state: `下面还有“${child}”，先移走 (“${child}” stands below it; move it first)`,
    });
}

function checkSite(_context: CommandContext, { item }: HookRevision): Promise<void> {
  return item === 'site'
    ? Promise.resolve()
    : Promise.reject(invalid('item', '网站信息只有一份，编号为 site (there is one, its id is “site”)'));
}

/** Who signs writes it: a name under it that is not the writer's own would be nobody's. */
function checkStatement(
  { actor, now }: CommandContext,
  { item, fields: raw }: HookRevision,
  phase: 'draft' | 'final',
): Promise<void> {
  const { signedBy, signedOn } = raw as FieldsOf<'statement'>;
  if (item !== accessibilityStatement)
    return Promise.reject(
      invalid('item', `无障碍声明只有一份，编号为 ${accessibilityStatement} (there is one, of this id)`),
    );
  if (phase === 'draft' && (signedBy !== actor.name || signedOn !== civilDateAt(now)))
    return Promise.reject(
      invalid('signedBy', '只能由本人当天签署 (it is signed by whoever writes it, on the same day)'),
    );
  return Promise.resolve();
}

/** What blocks name may come later or go, and pages do without it; a picture that is not there is a hole, and another kind a mistake. */
async function checkBlocks(context: CommandContext, blocks: readonly Block[]): Promise<void> {
  for (const reference of blocks.flatMap(inBlock)) {
    const found = await stateOf(context, reference.item);
    if (found || reference.kinds.includes('media')) await checkReference(context, reference);
  }
}

async function checkHome(
  context: CommandContext,
  { item, fields }: HookRevision,
  phase: 'draft' | 'final',
): Promise<void> {
  if (item !== homePageItem)
    throw invalid('item', `首页只有一份，编号为 ${homePageItem} (there is one, its id is “${homePageItem}”)`);
  if (phase === 'final') await checkBlocks(context, (fields as FieldsOf<'home'>).blocks);
}

async function checkRedirect(
  context: CommandContext,
  { fields: raw }: HookRevision,
  phase: 'draft' | 'final',
): Promise<void> {
  const { from, to } = raw as FieldsOf<'redirect'>;
  if (isMade(from, await editionSegments(context)))
    throw invalid('from', `“${from}”是网站自己的页面 (is a page the site makes itself)`);
  if (phase === 'draft') return;
  const found = await stateOf(context, to);
  if (found?.state !== 'live') throw invalid('to', `“${to}”没有上线 (is not live)`);
  if (found.kind !== 'site' && found.kind !== 'channel' && !isDocument(found.kind))
    throw invalid('to', `“${to}”没有自己的页面 (has no page of its own)`);
}

/** Addresses the theme gives out by itself, which no item owns: there a redirect would be one of two pages. */
function isMade(path: PagePath, editions: readonly string[]): boolean {
  const [first = '', ...rest] = path.slice(1).split('/');
  const own = editions.includes(first) ? rest.join('/') : path.slice(1);
  return (
    own === '' ||
    madeSegments.has(first) ||
    madeFiles.has(own) ||
    /\/(?:feed\.xml|rss\.xml|feed\.json|\d{4}-\d{2}(?:-\d+)?\.html)$/.test(path)
  );
}

/** Where editions in other languages stand; each has pages of its own about the site. */
async function editionSegments(context: CommandContext): Promise<string[]> {
  const tree = await readChannelTree(context);
  return tree.children(null).flatMap((id) => {
    const { edition, segment = '' } = tree.fields(id) ?? {};
    return edition ? [segment] : [];
  });
}

const madeSegments = new Set([...reservedSegments, 'zh-hant', 'elder', 'search', 'views']);
const madeFiles = new Set([
  ...[
    '404.html',
    '503.html',
    'accessibility.html',
    'accessibility-statement.html',
    'contact.html',
    'correction.html',
    'opensearch.xml',
    'robots.txt',
  ],
  ...['search.html', 'sitemap.html', 'sitemap.xml', 'visits.html', 'feed.xml', 'rss.xml', 'feed.json'],
]);

async function addressRedirect(context: CommandContext, { item, fields }: HookRevision): Promise<readonly ItemId[]> {
  await assignAddresses(context, [{ item, channel: null, path: (fields as FieldsOf<'redirect'>).from }]);
  return [];
}

/** A draft may wait for its words, as one taken in from an old page does; the public may not (GB/T 37668, WCAG 1.1.1). */
async function checkMedia(
  context: CommandContext,
  { item, fields: raw }: HookRevision,
  phase: 'draft' | 'final',
): Promise<void> {
  const { type, alt, name, title, owner, captions } = raw as FieldsOf<'media'>;
  if (owner !== undefined && (await stateOf(context, owner))?.kind !== 'channel')
    throw invalid('owner', `没有栏目“${owner}” (there is no such channel)`);
  if (phase === 'final' && captions !== undefined)
    await checkReference(context, { where: 'captions', item: captions, kinds: ['media'] });
  if (phase === 'final' && isPictureType(type) && alt.trim() === '')
    throw new ChengmenError('picture-without-words', { name: name ?? title, item });
}

/** A page on air, or on its way there, must not lose what it shows; whoever means to takes the page away first. */
async function refuseUsedMedia(
  { tx, site }: CommandContext,
  { item }: { readonly item: ItemId },
): Promise<readonly ItemId[]> {
  const needed = (await mediaUses(tx, site, [item])).filter(({ as }) => as !== 'draft');
  const [first] = needed;
  if (first)
    throw new ChengmenError('wrong-state', {
      what: `图片附件 ${item}`,
      state: `“${first.title}”等 ${needed.length} 处在用，先改或撤回 (“${first.title}” shows it; ${needed.length} in all, change or withdraw them first)`,
    });
  return [];
}

async function addressDocument(
  context: CommandContext,
  { item, fields: raw }: HookRevision,
): Promise<readonly ItemId[]> {
  const { channel, date } = raw as DocumentFields;
  const tree = await readChannelTree(context);
  const earlier = await currentAddress(context, item);
  await assignAddresses(context, [
    {
      item,
      channel: tree.standing(channel),
      path: documentAddress({ channel: tree.path(channel), item, date, earlier }),
    },
  ]);
  return [];
}

/** A channel that moves takes everything below it along. Cost follows what stands there, as it must: each address changes. */
async function addressChannel(context: CommandContext, { item, fields }: HookRevision): Promise<readonly ItemId[]> {
  const { mergedInto } = fields as FieldsOf<'channel'>;
  if (mergedInto !== undefined) return mergeChannel(context, { item, into: mergedInto });
  const tree = await readChannelTree(context);
  if ((await currentAddress(context, item)) === tree.path(item)) return [];
  const below = tree.subtree(item);
  const channels = below.map((channel) => ({ item: channel, channel: null, path: tree.path(channel) }));
  const documents = (await documentsIn(context, below)).map(({ item: id, channel, path: earlier }) => ({
    item: id,
    channel,
    path: documentAddress({ channel: tree.path(channel), item: id, date: '', earlier }),
  }));
  return assignAddresses(context, [...channels, ...documents]);
}

async function refuseFullChannel(
  context: CommandContext,
  { item }: { readonly item: ItemId },
): Promise<readonly ItemId[]> {
  const tree = await readChannelTree(context);
  refuseMerged(tree, item);
  const [child] = tree.children(item);
  const document = (await documentsIn(context, [item])).find(({ state }) => state === 'live');
  const inside = child ?? document?.item;
  if (inside !== undefined)
    throw new ChengmenError('wrong-state', {
      what: `栏目 ${item}`,
      state: `其中还有“${inside}” (“${inside}” still stands in it)`,
    });
  return [];
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
