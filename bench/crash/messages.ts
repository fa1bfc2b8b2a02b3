/** What the process that is killed tells, each before or after the fact it names. */
export type OfficeMessage =
  /** Everything committed before is in the live release. */
  | { readonly type: 'settled' }
  | { readonly type: 'failed'; readonly problem: string }
  /** It is about to ask for this. */
  | { readonly type: 'intends'; readonly item: string; readonly state: ItemWish }
  /** The database has acknowledged it: from here on it must not be lost. */
  | { readonly type: 'acknowledged'; readonly item: string; readonly state: ItemWish; readonly path: string };

/** The version an item shall be live in, or that it shall be withdrawn. */
export type ItemWish = number | 'withdrawn';

/** How a version shows in a title, so that it can be found on every page that names the item. */
export const tagOf = (item: string, version: number): string => `〔${item}v${version}〕`;

export const tags = /〔(a\d+)v(\d+)〕/g;
