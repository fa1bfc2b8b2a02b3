import type { ItemId, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { liveChannel } from '../read.ts';
import { gonePage } from './gone.ts';
import { redirects } from './redirect.ts';

/** From an address that an editor chose to wherever an item stands; where that is gone, this says so as well. */
export function redirectOutputs(source: Source, item: LiveItem<'redirect'>): readonly Output[] {
  const { path, formerPaths, fields } = item;
  if (path === null) return [];
  const all = [path, ...formerPaths];
  const gone = item.state === 'withdrawn' ? item : withdrawn(source, fields.to);
  if (gone) return all.flatMap((from) => gonePage(source, gone, from));
  const to = placeOf(source, fields.to);
  return to === undefined ? [] : redirects(source, all, to);
}

function withdrawn(source: Source, to: ItemId): LiveItem | undefined {
  const item = source.item(to);
  return item?.state === 'withdrawn' ? item : undefined;
}

/** The site itself stands at its home page. */
function placeOf(source: Source, to: ItemId): PagePath | undefined {
  const item = source.item(to);
  if (item?.kind === 'site') return '/';
  return (item?.kind === 'channel' ? liveChannel(source, to)?.path : item?.path) ?? undefined;
}
