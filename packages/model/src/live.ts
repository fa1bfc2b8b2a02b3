import type { Hash } from './hash.ts';
import type { ItemId, PagePath, RevisionId } from './ids.ts';
import type { DocumentKind, FieldsOf, Kind } from './kinds.ts';

/**
 * What the public may see of an item: its one approved revision, or the fact and reason of its withdrawal.
 * A value of its own: templates and the press see nothing else of the desk's world.
 */
export interface LiveItem<K extends Kind = Kind> {
  readonly id: ItemId;
  readonly kind: K;
  readonly state: 'live' | 'withdrawn';
  /** Where it is served; null for kinds without a page (site, media). For a channel: its index, ending in `/`. */
  readonly path: PagePath | null;
  /** Earlier addresses, which redirect here. Sorted. */
  readonly formerPaths: readonly PagePath[];
  readonly revision: RevisionId;
  readonly hash: Hash;
  readonly fields: FieldsOf<K>;
  /** Every approved revision of a document, oldest first; set once there is more than one (历次修改). */
  readonly editions?: readonly Edition[];
  /** Set while `state` is `withdrawn`. `on` is a civil date. */
  readonly withdrawal?: { readonly reason: string; readonly on: string };
}

/** A revision that was live, as the public is told of it. */
export interface Edition {
  /** Civil date on which it went live. */
  readonly on: string;
  readonly hash: Hash;
}

/** What a list shows of an item. */
export interface ItemCard {
  readonly id: ItemId;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly path: PagePath;
  /** `YYYY-MM-DD HH:MM`. */
  readonly date: string;
  readonly source: string;
  readonly channel: ItemId;
  readonly summary?: string;
  readonly image?: ItemId;
  readonly pinned?: true;
  /** Few short facts lists show, by kind: a policy's document number, a leader's post, a project's stage … */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** Where an item stands, and its date. */
export interface Address {
  readonly path: PagePath;
  /** `YYYY-MM-DD HH:MM`. */
  readonly date: string;
}

export interface Extent {
  readonly count: number;
  readonly parts: number;
}

/** How many items a full part of a month has. */
export const partSizes = { month: 50, addresses: 200 } as const;

export interface ChannelCard {
  readonly id: ItemId;
  readonly name: string;
  readonly path: PagePath;
  readonly parent: ItemId | null;
  readonly layout: FieldsOf<'channel'>['layout'];
  readonly type: string;
  readonly navigation: boolean;
  /** Of an edition in another language. */
  readonly edition?: Pick<
    NonNullable<FieldsOf<'channel'>['edition']>,
    'language' | 'direction' | 'languageName' | 'missing' | 'name'
  >;
  /** The channel of the main language it stands for. */
  readonly translates?: ItemId;
}

/**
 * All a page can read. Each call is recorded with its exact arguments and the hash of its answer
 * (design: a page is a function of what it read). Answers depend on approved revisions only: no clock, no counter.
 */
export interface Source {
  site(): LiveItem<'site'>;
  item(id: ItemId): LiveItem | undefined;
  /** Channels below `parent` (null: the top level), by position then id. Withdrawn ones are left out. */
  channels(parent: ItemId | null): readonly ChannelCard[];
  /** The newest items in a channel and all below it (null: the whole site): pinned first, then by date and id, newest first. */
  newest(channel: ItemId | null, limit: number): readonly ItemCard[];
  /** All items of one kind in a channel and below, in the same order; for small bounded lists (leaders, departments). */
  all(channel: ItemId): readonly ItemCard[];
  /** The months in which a channel (null: site) has items, newest first. */
  months(channel: ItemId | null): readonly { readonly month: string; readonly count: number }[];
  /**
   * Items of one part of a month `YYYY-MM`, newest first (pinning has no effect). Parts are counted from the month's
   * oldest item, so that what is added at the end moves nothing: 1, 2 … are full, 0 is the rest, which is never empty
   * while the month has items.
   */
  month(channel: ItemId | null, month: string, part: number): readonly ItemCard[];
  /** How many items a month has, and how many full parts. */
  extent(channel: ItemId | null, month: string): Extent;
  /** Where the items of a part of a month stand, of the whole site, newest first: what a site map needs and no more. */
  addresses(month: string, part: number): readonly Address[];
  /** How many full parts the addresses of each month have, newest month first. */
  addressParts(): readonly { readonly month: string; readonly parts: number }[];
  /** The items just before and after in the item's own channel, by date then id. */
  neighbours(item: ItemId): { readonly previous?: ItemCard; readonly next?: ItemCard };
  /**
   * Live items that point to `to` by a relation, newest first. Where their number grows with the site, say how many are
   * wanted, and of which kind where the relation is one of several.
   */
  related(to: ItemId, relation: Relation, limit?: number, kind?: DocumentKind): readonly ItemCard[];
  /** Bytes of a media item. */
  bytes(hash: Hash): Uint8Array | undefined;
}

/** Relations the press follows in both directions, by the field that holds them. */
export const relations = [
  'interprets',
  'department',
  'publishedBy',
  'responsible',
  'leads',
  'relatedTo',
  'translates',
] as const;
export type Relation = (typeof relations)[number];

/** Text recorded for a read: `newest:news:20`, `item:news-0001`. The press matches changes against it. */
export type ReadKey = string;

/** One served address. `body` of a redirect is a short page for old browsers. */
export interface Output {
  readonly path: PagePath;
  readonly status: 200 | 301 | 404 | 410;
  /** Media type with charset. */
  readonly type: string;
  readonly body: string | Uint8Array;
  /** For 301: where to. */
  readonly location?: PagePath;
}

/** Something the press renders in one go: `item:…`, `channel:…`, `month:CHANNEL:2026-11`, `home` … */
export type TargetId = string;

/** Pages as values → files. Implemented by the theme, driven by the press. */
export interface Theme {
  /** Changes whenever any template, style or script changes. Recorded as read by every target. */
  readonly version: Hash;
  /**
   * Targets that may begin to exist when `key` changes; existing ones are found by their reads. All there are begin with
   * the site, an item or a month of the whole site. Of a document or media item only id and kind may be looked at.
   */
  targetsOf(key: ReadKey, source: Source): readonly TargetId[];
  /** What stands at the target's addresses now; empty when nothing does (any more). */
  render(target: TargetId, source: Source): readonly Output[];
}
