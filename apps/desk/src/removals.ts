import type { StaysBehind } from '@chengmen/content';

/** What would go if an item were withdrawn, as the press plans it. */
export interface Removal {
  /** Addresses that would answer 410 with the reason. */
  readonly gone: readonly string[];
  /** Addresses that would be made again without it. */
  readonly remade: readonly string[];
  /** Nearly the whole site would be made again: `remade` is not told. */
  readonly siteWide: boolean;
  /** What belongs to it and stays at its own addresses. */
  readonly stays: readonly StaysBehind[];
  /** While the site is held: addresses of the release that serves at which it goes on being named, those that were found. */
  readonly named?: readonly string[];
}

/** Whether what was withdrawn is gone, read from the release that serves. */
export interface Probe {
  /** The release that was read; counted from 1. */
  readonly release: number;
  /** The first release without it; undefined where that lies too far back or was pruned: then its own address alone was read. */
  readonly since: number | undefined;
  /** Where it stood, was listed or was linked in the release before that. */
  readonly addresses: readonly string[];
  /** Those of them at which it still is. */
  readonly left: readonly string[];
  /** There are more addresses than were read. */
  readonly more: boolean;
  /** When they were read. */
  readonly at: string;
}

/** Addresses of one sort. */
export interface AddressGroup {
  readonly name: string;
  readonly paths: readonly string[];
}

/** Which edition an address belongs to, read off it. */
export function editionOf(path: string): string {
  const script = path.startsWith('/zh-hant/') ? '繁體' : '';
  const elder = /^(?:\/zh-hant)?\/elder\//.test(path) ? '长者版' : '';
  return [elder, script].filter((part) => part !== '').join(' · ') || '标准版';
}

/** Addresses by edition, feeds and site maps by themselves; the order of addresses is kept. */
export function addressGroups(paths: readonly string[]): AddressGroup[] {
  return [...Map.groupBy(paths, sortOf)].map(([name, some]) => ({ name, paths: some }));
}

function sortOf(path: string): string {
  if (/sitemap/.test(path)) return '网站地图';
  if (/\.(?:xml|json)$/.test(path)) return '订阅和数据';
  return path.startsWith('/media/') || path.startsWith('/files/') ? '图片和文件' : editionOf(path);
}
