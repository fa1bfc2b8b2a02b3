import type { DocumentKind, FieldsOf, ItemCard, LiveItem, PagePath } from '@chengmen/model';

/** A document that stands in lists: live, with an address. */
export type ListedItem = { [K in DocumentKind]: LiveItem<K> & { readonly path: PagePath } }[DocumentKind];

type FactsOf = { readonly [K in DocumentKind]: (fields: FieldsOf<K>) => Record<string, string | number | undefined> };

/** The few facts lists show beside a title, by kind. */
const facts: FactsOf = {
  article: () => ({}),
  policy: ({ documentNumber, issuer, validity, indexNumber, madeOn }) => ({
    documentNumber,
    issuer,
    validity,
    indexNumber,
    madeOn,
  }),
  interpretation: ({ form }) => ({ form }),
  service: ({ lifeEvent, audience, promisedDays, department }) => ({ lifeEvent, audience, promisedDays, department }),
  letter: ({ topic, askedOn, answeredOn, satisfaction }) => ({ topic, askedOn, answeredOn, satisfaction }),
  dataset: ({ period, updateCycle }) => ({ period, updateCycle }),
  leader: ({ post, order }) => ({ post, order }),
  department: ({ phone, address, hours, head, order }) => ({ phone, address, hours, head, order }),
  project: ({ stage, progress, place }) => ({ stage, progress, place }),
  gallery: ({ pictures }) => ({ pictures: pictures.length }),
  video: ({ duration }) => ({ duration }),
  topic: () => ({}),
};

/** What a list shows of an item. */
export function itemCard(item: ListedItem): ItemCard {
  const { title, date, source, channel, summary, image, pinned } = item.fields;
  return {
    id: item.id,
    kind: item.kind,
    title,
    path: item.path,
    date,
    source,
    channel,
    ...(summary === undefined ? {} : { summary }),
    ...(image === undefined ? {} : { image }),
    ...(pinned === true ? { pinned } : {}),
    facts: factsOf(item),
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
