import type { PagePath } from '@chengmen/model';
import { planPress, renderTarget } from '@chengmen/press';
import type { PressRoundOptions, Standing } from './press-round.ts';
import { rehearsedCity, type PreviewReading } from './rehearsed-city.ts';

export interface RemovedPages {
  /** Addresses that would answer 410, or nothing at all, in order. */
  readonly gone: readonly PagePath[];
  /** Addresses that would be made again because they show, list or lead to what goes, in order. */
  readonly remade: readonly PagePath[];
  /** Nearly all of the site would be made again: `remade` is not told. */
  readonly siteWide: boolean;
}

/** More targets than a person looks through are not rendered. */
const mostTargets = 1000;

/** What would become of the addresses served now if items were as `read` answers them. In a copy of the city; nothing is kept. */
export async function removedPages(
  options: Pick<PressRoundOptions, 'feed' | 'theme'>,
  standing: Standing,
  read: PreviewReading,
): Promise<RemovedPages> {
  const { theme } = options;
  const { traces } = standing;
  const { city, items, touched } = await rehearsedCity(options, standing, read);
  const own = items.flatMap(({ id }) => theme.targetsOf(`item:${id}`, city));
  const planned = traces.theme() === theme.version ? planPress({ city, theme, traces, touched }).targets : undefined;
  const siteWide = planned === undefined || planned.size > mostTargets;
  const [gone, remade] = [new Set<PagePath>(), new Set<PagePath>()];
  for (const target of new Set([...own, ...(siteWide ? [] : planned.keys())])) {
    const after = new Map(renderTarget(target, theme, city).outputs.map(({ path, status }) => [path, status]));
    for (const path of traces.record(target)?.paths ?? [])
      (after.get(path) === 410 || !after.has(path) ? gone : remade).add(path);
  }
  return { gone: [...gone].sort(), remade: [...remade].sort(), siteWide };
}
