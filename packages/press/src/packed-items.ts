import type { ItemId, LiveItem } from '@chengmen/model';
import { FifoMap } from 'toad-cache';
import { type LongTexts, type TextPlace } from './long-texts.ts';
import { createNumbers, type SharedNumbers } from './numbers.ts';
import { createStringTable, type SharedStrings } from './string-table.ts';

/** What another thread needs to read the items, over the same texts. */
export interface SharedItems {
  readonly ids: SharedStrings;
  readonly places: SharedNumbers;
  readonly lengths: SharedNumbers;
  readonly jsons: SharedNumbers;
}

/** Items by number, all but their numbers in the texts: JSON, and behind it the body that was taken out of it. */
export interface PackedItems {
  /** The number of an id; given to it now where it has none, whether or not there is such an item. */
  readonly numberOf: (id: ItemId) => number;
  readonly find: (id: ItemId) => number | undefined;
  readonly idOf: (number: number) => ItemId;
  /** Numbers given so far. */
  readonly size: () => number;
  readonly has: (number: number) => boolean;
  /** The whole item; while it is remembered, the same object. */
  readonly item: (number: number) => LiveItem | undefined;
  /** The whole item where it is remembered. */
  readonly known: (number: number) => LiveItem | undefined;
  /** The item with an empty body. */
  readonly light: (number: number) => LiveItem | undefined;
  readonly keep: (item: LiveItem) => number;
  readonly share: () => SharedItems;
}

/** Items that were read whole and are remembered. */
const mostWhole = 256;

export function createPackedItems(texts: LongTexts, shared?: SharedItems): PackedItems {
  const ids = createStringTable(shared?.ids);
  const places = createNumbers({ wide: true, ...(shared ? { shared: shared.places } : {}) });
  const lengths = createNumbers(shared ? { shared: shared.lengths } : {});
  const jsons = createNumbers(shared ? { shared: shared.jsons } : {});
  const whole = new FifoMap<LiveItem>(mostWhole);
  const lie = (id: ItemId, [at, length]: TextPlace, json: number): number => {
    const number = ids.add(id);
    places.set(number, at);
    lengths.set(number, length);
    jsons.set(number, json);
    whole.delete(number);
    return number;
  };
  const place = (number: number): TextPlace => [places.get(number), lengths.get(number)];
  const has = (number: number): boolean => lengths.get(number) > 0;
  return {
    numberOf: (id) => ids.add(id),
    find: (id) => ids.find(id),
    idOf: (number) => ids.text(number),
    size: () => ids.size(),
    has,
    item: (number) => {
      if (!has(number)) return undefined;
      const known = whole.get(number);
      if (known) return known;
      const text = texts.read(place(number));
      const item = withBody(JSON.parse(text.slice(0, jsons.get(number))) as LiveItem, text.slice(jsons.get(number)));
      whole.set(number, item);
      return item;
    },
    known: (number) => whole.get(number),
    light: (number) =>
      has(number) ? (JSON.parse(texts.read(place(number), 0, jsons.get(number))) as LiveItem) : undefined,
    keep: (item) => {
      const body = 'body' in item.fields ? item.fields.body : '';
      const json = JSON.stringify(withBody(item, ''));
      return lie(item.id, texts.keep(json + body), json.length);
    },
    share: () => ({ ids: ids.share(), places: places.share(), lengths: lengths.share(), jsons: jsons.share() }),
  };
}

function withBody(item: LiveItem, body: string): LiveItem {
  return 'body' in item.fields ? ({ ...item, fields: { ...item.fields, body } } as LiveItem) : item;
}
