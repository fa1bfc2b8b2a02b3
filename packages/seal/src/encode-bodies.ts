import { availableParallelism } from 'node:os';
import { hashOf } from '@chengmen/release';
import { Tinypool } from 'tinypool';
import { compressAll, isCompressible } from './compress.ts';
import type { Form, Forms } from './types.ts';

export interface Body {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The compressed forms of bodies with their hashes. */
export function encodeBodies(bodies: readonly Body[]): Forms[] {
  return compressAll(bodies).map(({ gz, br }) => ({
    ...(gz ? { gz: formOf(gz) } : {}),
    ...(br ? { br: formOf(br) } : {}),
  }));
}

const formOf = (bytes: Uint8Array): Form => ({ hash: hashOf(bytes), size: bytes.length, bytes });

/** Up to so many bytes are compressed here while no thread is awake: starting one would take longer. */
const smallWork = 256 * 1024;

/** Milliseconds a thread stays awake: whoever edits does so more than once. */
const idleTimeout = 60_000;

/** Compresses many bodies at once, on threads that end when nothing has come for a while. */
export function createEncoder(): (bodies: readonly Body[]) => Promise<readonly Forms[]> {
  const threads = availableParallelism();
  let pool: Tinypool | undefined;
  const onThreads = async (bodies: readonly Body[]): Promise<readonly Forms[]> => {
    if (bodies.length === 0) return [];
    const small = bodies.reduce((sum, { bytes }) => sum + bytes.length, 0) <= smallWork;
    if (small && threads === 1) return encodeBodies(bodies);
    pool ??= new Tinypool({
      filename: new URL('./encode-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout,
    });
    if (small && pool.threads.length === 0) {
      void pool.run([]);
      return encodeBodies(bodies);
    }
    return (await pool.run(bodies)) as readonly Forms[];
  };
  return async (bodies) => {
    // What does not shrink, pictures and attachments, need not be copied to a thread to learn that.
    const shrinking = bodies.filter(({ type }) => isCompressible(type));
    const forms = await onThreads(shrinking);
    const formsOf = new Map(shrinking.map((body, at) => [body, forms[at]]));
    return bodies.map((body) => formsOf.get(body) ?? {});
  };
}
