import { hostOf, isBenignHost, isOddHost, siteOf } from './hosts.ts';
import type { PageFacts } from './page-facts.ts';

/** Whether a host belongs neither to the page's own site nor to those known to be harmless; false for no host. */
export type IsForeign = (host: string | undefined) => boolean;

/**
 * The page's own sites: as known, as its head states them, and those that at least two pictures or style sheets, or at
 * least three and half of its visible links to elsewhere refer to. Hosts of the cheap kind are own only when known.
 */
export function foreignTo(facts: PageFacts, knownHost: string | undefined): IsForeign {
  const own = new Set<string>();
  const add = (host: string | undefined): void => {
    if (host !== undefined) own.add(siteOf(host));
  };
  if (knownHost !== undefined) add(hostOf(`//${knownHost.replace(/^\w+:\/\//, '')}`));
  for (const address of facts.own) add(hostOf(address));
  const hidden = new Set(facts.hidden.flatMap(({ links }) => links));
  const visible = sitesOf(facts.links.filter((link) => !hidden.has(link)).map(({ host }) => host));
  const all = [...visible.values()].reduce((sum, count) => sum + count, 0);
  for (const [site, count] of visible) if (count >= 3 && count * 2 >= all) own.add(site);
  for (const [site, count] of sitesOf(facts.resources.map(hostOf))) if (count >= 2 || visible.has(site)) own.add(site);
  return (host) => host !== undefined && !isBenignHost(host) && !own.has(siteOf(host));
}

function sitesOf(hosts: readonly (string | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const host of hosts) {
    if (host === undefined || isBenignHost(host) || isOddHost(host)) continue;
    counts.set(siteOf(host), (counts.get(siteOf(host)) ?? 0) + 1);
  }
  return counts;
}
