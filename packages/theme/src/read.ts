import type { FieldsOf, ItemId, Kind, LiveItem, PagePath, Source } from '@chengmen/model';

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

/** The live channels from the top level down to this one. A withdrawn channel ends the chain. */
export function channelChain(source: Source, channel: ItemId): readonly ChannelStep[] {
  const chain: ChannelStep[] = [];
  const seen = new Set<ItemId>();
  for (let id: ItemId | null = channel; id !== null && !seen.has(id);) {
    seen.add(id);
    const item: LiveItem<'channel'> | undefined = liveItem(source, id, 'channel');
    if (!item || item.path === null) break;
    chain.unshift({ id, path: item.path, fields: item.fields });
    id = item.fields.parent;
  }
  return chain;
}

const extensions: Readonly<Record<FieldsOf<'media'>['type'], string>> = {
  'image/svg+xml': 'svg',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'text/csv': 'csv',
};

/** Where the bytes of a media item are served. */
export function mediaPath({ hash, type }: FieldsOf<'media'>): PagePath {
  return `/media/${hash.slice(0, 16)}.${extensions[type]}`;
}

export interface Media extends FieldsOf<'media'> {
  readonly path: PagePath;
}

export function mediaOf(source: Source, id: ItemId | undefined): Media | undefined {
  const fields = id === undefined ? undefined : liveItem(source, id, 'media')?.fields;
  return fields && { ...fields, path: mediaPath(fields) };
}

/** `2026-11-20 09:30` as W3C date and time; all dates are civil time in Asia/Shanghai. */
export function machineTime(civilMinute: string): string {
  return `${civilMinute.replace(' ', 'T')}:00+08:00`;
}
