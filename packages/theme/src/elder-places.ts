import type { FieldsOf, ItemId, Kind, LiveItem, PagePath, Source } from '@chengmen/model';
import { liveChannel, type ChannelStep } from './read.ts';

/** Below it stands the elder edition (长者版). */
export const elderRoot = '/elder';

/** Where the elder form of a page stands. */
export function elderPath(path: PagePath): PagePath {
  return elderRoot + path;
}

/** Kinds that have an elder form: what the edition is for, and no more (its cost is told in docs/decisions). */
const kinds: ReadonlySet<Kind> = new Set<Kind>(['article', 'service']);

export function isElderChannel({ elder }: FieldsOf<'site'>, id: ItemId): boolean {
  return elder?.channels.includes(id) ?? false;
}

export function hasElderForm(site: FieldsOf<'site'>, kind: Kind, channel: ItemId): boolean {
  return kinds.has(kind) && isElderChannel(site, channel);
}

/** Told from the settings and the item alone, so that a page need not ask whether another is there. */
export function isElderItem(site: FieldsOf<'site'>, { kind, fields }: Pick<LiveItem, 'kind' | 'fields'>): boolean {
  return 'channel' in fields && hasElderForm(site, kind, fields.channel);
}

/** The chosen channels that are live, in the order of the settings. */
export function elderChannels(source: Source): readonly ChannelStep[] {
  return (source.site().fields.elder?.channels ?? []).flatMap((id) => liveChannel(source, id) ?? []);
}
