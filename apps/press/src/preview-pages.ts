import type { Output, TargetId, Theme } from '@chengmen/model';
import { planPress, renderTarget, type City } from '@chengmen/press';
import { isFace } from './faces.ts';
import type { PressRoundOptions, Standing } from './press-round.ts';
import { rehearsedCity, type PreviewReading } from './rehearsed-city.ts';

export interface PreviewedPages {
  /** What would stand at the addresses that begin with the items, in the order of the theme. */
  readonly own: readonly Output[];
  /** Of what else would be made again, lists above all, as many as a person looks at. */
  readonly others: readonly Output[];
  /** How many targets else would be made again; undefined where nearly all would. */
  readonly otherTargets: number | undefined;
}

/** As many other targets are rendered. */
const mostOthers = 24;

/** See `Press.preview`. By the same code as a round: the items go into a copy of the city, and targets are rendered from there. */
export async function previewPages(
  options: Pick<PressRoundOptions, 'feed' | 'theme'>,
  standing: Standing,
  read: PreviewReading,
): Promise<PreviewedPages> {
  const { theme } = options;
  const { traces } = standing;
  const { city, items, touched } = await rehearsedCity(options, standing, read);
  const targets = new Set(items.flatMap(({ id }) => theme.targetsOf(`item:${id}`, city)));
  // A site-wide change begins nowhere of its own: the home page stands for all.
  const isWide = items.some(isFace);
  if (items.some(({ kind }) => kind === 'site')) targets.add('home');
  const own = [...targets].slice(0, mostOthers).flatMap((target) => render(target, theme, city));
  if (isWide || traces.theme() !== theme.version) return { own, others: [], otherTargets: undefined };
  const planned = [...planPress({ city, theme, traces, touched }).targets.keys()].filter((one) => !targets.has(one));
  const others = planned.slice(0, mostOthers).flatMap((target) => render(target, theme, city));
  return { own, others, otherTargets: planned.length };
}

const render = (target: TargetId, theme: Theme, city: City): readonly Output[] =>
  renderTarget(target, theme, city).outputs;
