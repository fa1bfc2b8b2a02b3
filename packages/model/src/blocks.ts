import { z } from 'zod';
import { civilDate, line, linkAddress, text } from './field-parsers.ts';
import { itemId } from './ids.ts';

const count = z.number().int().min(1).max(12);

/**
 * Every kind of block: what a home page, a channel's page and a topic are put together from, by what it shows.
 * A block that names a channel, a document or a picture shows it as it is when the page is made.
 */
export const blockKinds = {
  /** The newest news: one leads, the others stand beside it. Without a channel, the one that the page is about. */
  focus: z.strictObject({ show: z.literal('focus'), channel: itemId.optional() }),
  /** The newest of a channel, laid out as that channel is. */
  channel: z.strictObject({ show: z.literal('channel'), channel: itemId, count, title: line.optional() }),
  /** Guides by life event, so many events. */
  services: z.strictObject({ show: z.literal('services'), channel: itemId, count, title: line.optional() }),
  /** Policies and their interpretations side by side. */
  policies: z.strictObject({ show: z.literal('policies'), policies: itemId, interpretations: itemId, count }),
  /** 互动: ways to write, with numbers reckoned from the published letters, and what is open for opinions. */
  interaction: z.strictObject({
    show: z.literal('interaction'),
    letters: itemId,
    consultations: itemId.optional(),
    questions: itemId.optional(),
  }),
  /** Documents picked by hand, in this order. */
  items: z.strictObject({
    show: z.literal('items'),
    title: line,
    items: z.array(itemId).min(1).max(12),
    as: z.enum(['lines', 'cards']).optional(),
  }),
  text: z.strictObject({
    show: z.literal('text'),
    title: line,
    paragraphs: z.array(text.min(1).max(2000)).min(1).max(20),
  }),
  /** Pictures with the words they have in the library; one alone is as wide as the page. Whatever leads on says where to. */
  pictures: z.strictObject({
    show: z.literal('pictures'),
    title: line.optional(),
    pictures: z
      .array(
        z
          .strictObject({ picture: itemId, caption: line.optional(), address: linkAddress.optional() })
          .refine(({ caption, address }) => address === undefined || caption !== undefined, {
            path: ['caption'],
            message: '有链接的图片要写说明 (a picture that leads on needs a caption)',
          }),
      )
      .min(1)
      .max(12),
  }),
  links: z.strictObject({
    show: z.literal('links'),
    title: line,
    links: z
      .array(z.strictObject({ name: line, note: line.optional(), address: linkAddress }))
      .min(1)
      .max(12),
  }),
  /** Numbers typed by hand. */
  facts: z.strictObject({
    show: z.literal('facts'),
    title: line,
    facts: z
      .array(z.strictObject({ name: line, value: line }))
      .min(1)
      .max(12),
  }),
  /** Numbers out of a data set: those of its last row by column, or the first column of numbers by row. */
  figures: z.strictObject({
    show: z.literal('figures'),
    title: line.optional(),
    dataset: itemId,
    count: z.number().int().min(1).max(8),
    by: z.enum(['column', 'row']),
  }),
  timeline: z.strictObject({
    show: z.literal('timeline'),
    title: line,
    events: z
      .array(z.strictObject({ date: civilDate, text: line, done: z.boolean() }))
      .min(1)
      .max(40),
  }),
  /** On a channel's page: what stands in the channel, by its template. */
  list: z.strictObject({ show: z.literal('list'), title: line.optional() }),
} as const;

export type BlockKind = keyof typeof blockKinds;
export type BlockOf<K extends BlockKind> = z.infer<(typeof blockKinds)[K]>;

export const blockKindNames: Record<BlockKind, { zh: string; en: string }> = {
  focus: { zh: '要闻', en: 'focus news' },
  channel: { zh: '栏目最新', en: 'newest of a channel' },
  services: { zh: '办事（按生活事件）', en: 'services by life event' },
  policies: { zh: '政策与解读', en: 'policies with interpretations' },
  interaction: { zh: '互动入口', en: 'interaction' },
  items: { zh: '精选条目', en: 'chosen items' },
  text: { zh: '文字', en: 'text' },
  pictures: { zh: '图片、横幅', en: 'pictures, banner' },
  links: { zh: '链接入口', en: 'links' },
  facts: { zh: '数字（手填）', en: 'figures typed by hand' },
  figures: { zh: '数据集的数字', en: 'figures of a data set' },
  timeline: { zh: '时间线', en: 'time line' },
  list: { zh: '本栏目内容', en: 'what stands in the channel' },
};

/** Those whose heading or parts have an id, or would only repeat themselves. */
const onceOnly: readonly BlockKind[] = ['focus', 'interaction', 'list'];

/** The newest of a channel, as home pages said it before blocks had names. */
const unnamed = z.strictObject({ channel: itemId, count, title: line.optional() });

const { list, ...anywhere } = blockKinds;
const { focus, channel, services, policies, interaction, items, pictures, links, facts, figures, timeline } = anywhere;
const named = [
  ...[focus, channel, services, policies, interaction, items, anywhere.text, pictures, links, facts, figures],
  timeline,
] as const;
const block = z.union([z.discriminatedUnion('show', named), unnamed]);
const blockInChannel = z.discriminatedUnion('show', [...named, list]);

export type Block = z.infer<typeof block> | z.infer<typeof blockInChannel>;

export const blockKindOf = (one: Block): BlockKind => ('show' in one ? one.show : 'channel');

/** As many as a page has. */
export const mostBlocks = 30;

function repeated(blocks: readonly Block[]): BlockKind | undefined {
  return onceOnly.find((kind) => blocks.filter((one) => blockKindOf(one) === kind).length > 1);
}

const onceEach = (blocks: readonly Block[], context: z.core.$RefinementCtx<Block[]>): void => {
  const kind = repeated(blocks);
  if (kind !== undefined)
    context.addIssue({
      code: 'custom',
      input: blocks,
      message: `“${blockKindNames[kind].zh}”只能有一个 (only one of: ${blockKindNames[kind].en})`,
    });
};

/** Of a home page or a topic. */
export const blockList = z.array(block).max(mostBlocks).superRefine(onceEach);
/** Of a channel's page. */
export const channelBlocks = z.array(blockInChannel).min(1).max(mostBlocks).superRefine(onceEach);

/** Items that a block names, by what they are to be. */
export interface BlockReference {
  readonly item: string;
  readonly as: 'channel' | 'document' | 'dataset' | 'media';
}

/** Everything a block names. */
export function blockReferences(one: Block): BlockReference[] {
  const of = (as: BlockReference['as'], ...named: readonly (string | undefined)[]): BlockReference[] =>
    named.flatMap((item) => (item === undefined ? [] : [{ item, as }]));
  if (!('show' in one)) return of('channel', one.channel);
  switch (one.show) {
    case 'focus':
    case 'channel':
    case 'services':
      return of('channel', one.channel);
    case 'policies':
      return of('channel', one.policies, one.interpretations);
    case 'interaction':
      return of('channel', one.letters, one.consultations, one.questions);
    case 'items':
      return of('document', ...one.items);
    case 'pictures':
      return of('media', ...one.pictures.map(({ picture }) => picture));
    case 'figures':
      return of('dataset', one.dataset);
    case 'text':
    case 'links':
    case 'facts':
    case 'timeline':
    case 'list':
      return [];
  }
}
