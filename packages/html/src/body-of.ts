import type { BodyAddresses } from './address.ts';
import type { Block } from './body.ts';
import { parseTree } from './parse-tree.ts';
import { readBody } from './read-body.ts';
import { newRemovals } from './removals.ts';

/** Keeps every address as it was written. */
const asWritten: BodyAddresses = { link: (given) => given, picture: (given) => given };

/**
 * Markup as the values a body is made of, for those who look at it: blocks, lines and runs, with addresses as they were
 * written, also those that `sanitise` would let go.
 */
export function bodyOf(html: string, addresses: BodyAddresses = asWritten): readonly Block[] {
  return readBody(parseTree(html.toWellFormed()), newRemovals(), addresses);
}
