import type { ItemId, TargetId } from '@chengmen/model';

/** Targets that exist once in every site. */
export const fixedTargets = [
  'home',
  'assets',
  'not-found',
  'unavailable',
  'map',
  'accessibility',
  'statement',
  'contact',
  'correction',
  'visits',
  'search',
  'robots',
  'sitemap',
  'sitemap-pages',
] as const;
export type FixedTarget = (typeof fixedTargets)[number];

/** What a target's text says. */
export type Target =
  | { readonly type: 'fixed'; readonly name: FixedTarget }
  | { readonly type: 'item' | 'channel' | 'media' | 'redirect'; readonly id: ItemId }
  | { readonly type: 'month'; readonly channel: ItemId; readonly month: string; readonly part: number }
  | { readonly type: 'sitemap-month'; readonly month: string; readonly part: number };

export const targetOf = {
  item: (id: ItemId): TargetId => `item:${id}`,
  channel: (id: ItemId): TargetId => `channel:${id}`,
  media: (id: ItemId): TargetId => `media:${id}`,
  redirect: (id: ItemId): TargetId => `redirect:${id}`,
  /** Of a part; the rest, which is part 0, has the month's own name. */
  month: (channel: ItemId, month: string, part: number): TargetId => `month:${channel}:${month}${named(part)}`,
  sitemapMonth: (month: string, part: number): TargetId => `sitemap:${month}${named(part)}`,
} as const;

const named = (part: number): string => (part === 0 ? '' : `:${part}`);

/** Reads a target back; undefined for a text this theme never gave out. */
export function readTarget(target: TargetId): Target | undefined {
  const fixed = fixedTargets.find((name) => name === target);
  if (fixed) return { type: 'fixed', name: fixed };
  const [type, first = '', second = '', third = '0'] = target.split(':');
  if (type === 'item' || type === 'channel' || type === 'media' || type === 'redirect') return { type, id: first };
  if (type === 'month') return { type, channel: first, month: second, part: Number(third) };
  return type === 'sitemap' ? { type: 'sitemap-month', month: first, part: Number(second) } : undefined;
}
