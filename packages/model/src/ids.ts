import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A site on the platform, for example `linjiang`. Stands in every row as the shard key. */
export const siteId = z.string().regex(/^[a-z][a-z0-9-]{1,31}$/);
export type SiteId = string;

/** An item of any kind. Stands in the addresses of pages, so it is lower case and never reused. */
export const itemId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
export type ItemId = string;

/** A revision: `<item>.<number>`, numbered from 1 in each item. */
export type RevisionId = string;
export type AccountId = string;

/** An address on the portal: absolute path, no query, no dot segments. */
export const pagePath = z.string().regex(/^\/(?:[A-Za-z0-9._~-]+\/)*(?:[A-Za-z0-9._~-]+)?$/);
export type PagePath = string;

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** A new item id: 10 characters that cannot be mistaken for one another (49 bits). */
export function newItemId(): ItemId {
  return Array.from(randomBytes(10), (byte) => alphabet[byte % alphabet.length]).join('');
}

/** The id of revision `number` of an item. */
export function revisionId(item: ItemId, number: number): RevisionId {
  return `${item}.${number}`;
}
