import type { SafeHtml } from '@chengmen/html';
import type { ItemId, LiveItem, Source } from '@chengmen/model';

/** A component as it stands on pages, over the example city: shown in the style guide, validated and audited by tests. */
export interface Example {
  /** As its file is called. */
  readonly name: string;
  readonly zh: string;
  /** When to use it, and what it takes care of. */
  readonly about: string;
  readonly markup: (city: Source) => SafeHtml;
}

/** An item of the example city, of the kind the example is about. */
export function itemOf<K extends LiveItem['kind']>(city: Source, id: ItemId, kind: K): LiveItem<K> {
  const item = city.item(id);
  if (item?.kind !== kind) throw new Error(`the example city has no ${kind} ${id}`);
  return item as LiveItem<K>;
}
