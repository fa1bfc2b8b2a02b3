import { encodeBodies, type Body } from './encode-bodies.ts';
import type { Forms } from './types.ts';

/** What a thread does with what it is sent. */
export default function encodeAll(bodies: readonly Body[]): Forms[] {
  return encodeBodies(bodies);
}
