import type { DocumentKind, FieldsOf, ItemCard, LiveItem, PagePath } from '@chengmen/model';

/** A document that stands in lists: live, with an address. */
export type ListedItem = { [K in DocumentKind]: LiveItem<K> & { readonly path: PagePath } }[DocumentKind];

type FactsOf = { readonly [K in DocumentKind]: (fields: FieldsOf<K>) => Record<string, string | number | undefined> };

/** The few facts lists show beside a title, by kind. Members in the order of canonical JSON, in which each is hashed. */
const facts: FactsOf = {
  article: () => ({}),
  policy: ({ documentNumber, indexNumber, issuer, madeOn, validity }) => ({
    documentNumber,
    indexNumber,
    issuer,
    madeOn,
    validity,
  }),
  interpretation: ({ form }) => ({ form }),
  service: ({ audience, department, lifeEvent, promisedDays }) => ({ audience, department, lifeEvent, promisedDays }),
  letter: ({ answeredOn, askedOn, satisfaction, topic }) => ({ answeredOn, askedOn, satisfaction, topic }),
  dataset: ({ period, updateCycle }) => ({ period, updateCycle }),
  leader: ({ order, post }) => ({ order, post }),
  department: ({ address, head, hours, order, phone }) => ({ address, head, hours, order, phone }),
  project: ({ place, progress, stage }) => ({ place, progress, stage }),
  gallery: ({ pictures }) => ({ pictures: pictures.length }),
  video: ({ duration }) => ({ duration }),
  topic: () => ({}),
};

/** What a list shows of an item. */
export function itemCard(item: ListedItem): ItemCard {
  const { title, date, source, channel, summary, image, pinned } = item.fields;
  return {
    channel,
    date,
    facts: factsOf(item),
    id: item.id,
    ...(image === undefined ? {} : { image }),
    kind: item.kind,
    path: item.path,
    ...(pinned === true ? { pinned } : {}),
    source,
    ...(summary === undefined ? {} : { summary }),
    title,
  };
}

function factsOf(item: ListedItem): Record<string, string | number> {
  // The table is keyed by the very kind of the item; TypeScript cannot follow that through a union.
  const all = (facts[item.kind] as (fields: ListedItem['fields']) => Record<string, string | number | undefined>)(
    item.fields,
  );
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}
