import type { ItemId, LiveItem } from '@chengmen/model';
import type { City } from '@chengmen/press';
import type { PressRoundOptions, Standing } from './press-round.ts';

/** Answers items as they would be, and with `dependents` further ones whose addresses hang on them. */
export type PreviewReading = (
  dependents: (changed: readonly LiveItem[]) => readonly ItemId[],
) => Promise<readonly LiveItem[]>;

export interface RehearsedCity {
  readonly city: City;
  readonly items: readonly LiveItem[];
  readonly touched: ReturnType<City['apply']>;
}

/** A copy of the city with all that was committed since, and then with items as `read` answers them. Nothing is kept. */
export async function rehearsedCity(
  { feed }: Pick<PressRoundOptions, 'feed'>,
  standing: Standing,
  read: PreviewReading,
): Promise<RehearsedCity> {
  const city = standing.city.copy();
  const committed = await feed.changesAfter(standing.seq, (changed) => city.dependents(changed));
  if (committed) city.apply(committed.items);
  const items = await read((changed) => city.dependents(changed));
  return { city, items, touched: city.apply(items) };
}
