import {
  endingOf,
  isDocument,
  isPictureType,
  type DocumentFields,
  type FieldsOf,
  type Hash,
  type ItemCard,
  type ItemId,
  type Kind,
  type LiveItem,
  type MediaTypeName,
  type PagePath,
  type PictureForm,
  type Source,
} from '@chengmen/model';
import { wordsOf } from './words.ts';

/** The item if it is live and of this kind. */
export function liveItem<K extends Kind>(source: Source, id: ItemId, kind: K): LiveItem<K> | undefined {
  const item = source.item(id);
  return item && isA(item, kind) && item.state === 'live' ? item : undefined;
}

export function isA<K extends Kind>(item: LiveItem, kind: K): item is LiveItem<K> {
  return item.kind === kind;
}

export interface ChannelStep {
  readonly id: ItemId;
  readonly path: PagePath;
  readonly fields: FieldsOf<'channel'>;
}

/** The channel if it is live and has a page. */
export function liveChannel(source: Source, id: ItemId | undefined): ChannelStep | undefined {
  const channel = id === undefined ? undefined : liveItem(source, id, 'channel');
  return id !== undefined && channel && channel.path !== null
    ? { id, path: channel.path, fields: channel.fields }
    : undefined;
}

/** The live channels from the top level down to this one. A withdrawn channel ends the chain. */
export function channelChain(source: Source, channel: ItemId): readonly ChannelStep[] {
  const chain: ChannelStep[] = [];
  const seen = new Set<ItemId>();
  for (let id: ItemId | null = channel; id !== null && !seen.has(id);) {
    seen.add(id);
    const step: ChannelStep | undefined = liveChannel(source, id);
    if (!step) break;
    chain.unshift(step);
    id = step.fields.parent;
  }
  return chain;
}

/** The card of a document that is named by hand and therefore read whole, without the facts of its kind; nothing unless it is live. */
export function cardOf(source: Source, id: ItemId): readonly ItemCard[] {
  const item = source.item(id);
  if (item?.state !== 'live' || item.path === null || !isDocument(item.kind)) return [];
  const { title, date, source: from, channel, summary, image } = item.fields as DocumentFields;
  return [
    {
      id,
      kind: item.kind,
      title,
      path: item.path,
      date,
      source: from,
      channel,
      facts: {},
      ...(summary === undefined ? {} : { summary }),
      ...(image === undefined ? {} : { image }),
    },
  ];
}

/**
 * Where bytes of a media item are served. The hash makes an address that never changes what it holds; the item keeps apart
 * two that hold the same. What is below `/files/` is to be saved, what is below `/media/` to be shown: see docs/decisions.
 */
export function mediaPath(
  item: ItemId,
  { hash, type }: { readonly hash: Hash; readonly type: MediaTypeName },
): PagePath {
  return `/${isPictureType(type) ? 'media' : 'files'}/${item}/${hash.slice(0, 16)}.${endingOf(type)}`;
}

/** `alt` is in the language of the page where the item has it. */
export interface Media extends Omit<FieldsOf<'media'>, 'forms'> {
  readonly id: ItemId;
  readonly path: PagePath;
  /** Narrow to wide. */
  readonly forms: readonly (PictureForm & { readonly path: PagePath })[];
}

/** A picture or attachment that is live. */
export function mediaOf(source: Source, id: ItemId | undefined): Media | undefined {
  const fields = id === undefined ? undefined : liveItem(source, id, 'media')?.fields;
  if (id === undefined || !fields) return undefined;
  const forms = (fields.forms ?? []).map((form) => ({ ...form, path: mediaPath(id, form) }));
  const alt = fields.altIn?.[wordsOf(source).language] ?? fields.alt;
  return { ...fields, alt, id, path: mediaPath(id, fields), forms };
}

/** A picture that is live; nothing where the item is a file of another kind. */
export function pictureOf(source: Source, id: ItemId | undefined): Media | undefined {
  const media = mediaOf(source, id);
  return media && isPictureType(media.type) ? media : undefined;
}

/** `2026-11-20 09:30` as W3C date and time; all dates are civil time in Asia/Shanghai. */
export function machineTime(civilMinute: string): string {
  return `${civilMinute.replace(' ', 'T')}:00+08:00`;
}
