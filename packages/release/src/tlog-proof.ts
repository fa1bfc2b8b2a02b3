import { fromBase64 } from './hashing.ts';
import { ReleaseError } from './release-error.ts';
import type { HashText } from './types.ts';

/** A proof that can be checked offline, c2sp.org/tlog-proof. */
export interface TlogProof {
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly path: readonly HashText[];
  /** The checkpoint, verbatim. */
  readonly checkpoint: string;
}

const head = 'c2sp.org/tlog-proof@v1';

export function formatTlogProof({ extra, index, path, checkpoint }: TlogProof): string {
  const lines = [
    head,
    ...(extra ? [`extra ${Buffer.from(extra).toString('base64')}`] : []),
    `index ${index}`,
    ...path.map((hash) => Buffer.from(hash, 'hex').toString('base64')),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Throws `invalid`. */
export function parseTlogProof(text: string): TlogProof {
  const refuse = (problem: string): ReleaseError => new ReleaseError('invalid', 'proof', problem);
  const blank = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(blank, 0)).split('\n');
  if (blank < 0 || lines.shift() !== head) throw refuse('not a tlog-proof');
  const extra = lines[0]?.startsWith('extra ') === true ? fromBase64(lines.shift()?.slice(6) ?? '') : null;
  if (extra === undefined) throw refuse('its extra data is not base64');
  const [, index] = /^index (0|[1-9][0-9]{0,14})$/.exec(lines.shift() ?? '') ?? [];
  if (index === undefined) throw refuse('it names no index');
  const path = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== 32) throw refuse('a hash is not 32 bytes in base64');
    return hash.toString('hex');
  });
  return { ...(extra ? { extra } : {}), index: Number(index), path, checkpoint: text.slice(blank + 2) };
}
