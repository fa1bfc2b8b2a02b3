import { encodeBody, type Body, type Forms } from './encode-bodies.ts';

/** What a thread does with what it is sent. */
export default function encodeAll(bodies: readonly Body[]): Forms[] {
  return bodies.map(encodeBody);
}
