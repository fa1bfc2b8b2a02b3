import type { Hash, Output, ReadKey, TargetId } from '@chengmen/model';
import type { Rendered } from '@chengmen/press';
import { hashOf } from '@chengmen/release';
import { encodeBodies, type Form, type Forms } from '@chengmen/seal';
import type { ReleaseChange } from './releases.ts';

/** What came of some targets, packed so that handing it from one thread to another costs little. */
export interface RenderedChunk {
  /** Bodies and provenances, one after another. */
  readonly bytes: Uint8Array;
  /** An `Index` as JSON: one text changes threads in less time than thousands of small objects. */
  readonly index: string;
  /** Targets that could not be rendered there. */
  readonly refused: readonly TargetId[];
}

interface Index {
  readonly targets: readonly PackedTarget[];
  /** Keys and hashes of all reads; each stands here once. */
  readonly texts: readonly string[];
}

interface PackedTarget {
  readonly target: TargetId;
  /** Places in `texts`: key, hash, key, hash … */
  readonly reads: readonly number[];
  readonly outputs: readonly PackedOutput[];
  readonly provenance: Stretch;
}

type PackedOutput = Omit<Output, 'body'> & {
  readonly body: Stretch;
  /** Undefined where no forms were made. */
  forms?: { readonly gz?: Stretch; readonly br?: Stretch };
};

/** Bytes of a chunk, and their hash. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly hash: Hash;
}

export interface Packing {
  readonly add: (rendered: Rendered) => void;
  readonly end: () => Omit<RenderedChunk, 'refused'>;
}

/** Gathers what was rendered in one stretch of memory, and can be used again after each end. */
export function createPacking({ forms }: { readonly forms: boolean }): Packing {
  const encoder = new TextEncoder();
  let texts = new Map<string, number>();
  let targets: PackedTarget[] = [];
  let bytes = new Uint8Array(1024 * 1024);
  let end = 0;
  const room = (length: number): void => {
    if (bytes.length - end >= length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, end + length));
    larger.set(bytes.subarray(0, end));
    bytes = larger;
  };
  const keep = (body: string | Uint8Array): Stretch => {
    const from = end;
    // UTF-8 needs three bytes at most for what is one unit in a string.
    room(typeof body === 'string' ? body.length * 3 : body.length);
    if (typeof body === 'string') end += encoder.encodeInto(body, bytes.subarray(end)).written;
    else {
      bytes.set(body, end);
      end += body.length;
    }
    return { from, to: end, hash: hashOf(bytes.subarray(from, end)) };
  };
  const keepForm = ({ bytes: form, hash }: Form): Stretch => {
    room(form.length);
    bytes.set(form, end);
    end += form.length;
    return { from: end - form.length, to: end, hash };
  };
  const keepOutput = ({ body, ...rest }: Output): PackedOutput => ({ ...rest, body: keep(body) });
  const keepForms = (): void => {
    const outputs = targets.flatMap((target) => target.outputs);
    const bodies = outputs.map(({ type, body }) => ({ type, bytes: bytes.subarray(body.from, body.to) }));
    for (const [at, { gz, br }] of encodeBodies(bodies).entries()) {
      const output = outputs[at];
      if (output) output.forms = { ...(gz ? { gz: keepForm(gz) } : {}), ...(br ? { br: keepForm(br) } : {}) };
    }
  };
  const numberOf = (text: string): number => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, texts.size);
    return texts.size - 1;
  };
  return {
    add: ({ outputs, record, provenance }) => {
      targets.push({
        target: record.target,
        reads: record.reads.flatMap(([key, hash]) => [numberOf(key), numberOf(hash)]),
        outputs: outputs.map(keepOutput),
        provenance: keep(provenance),
      });
    },
    end: () => {
      // A copy of just its length: what is handed over stays in memory until all of it is written.
      if (forms) keepForms();
      const index: Index = { targets, texts: [...texts.keys()] };
      const packed = { bytes: bytes.slice(0, end), index: JSON.stringify(index) };
      texts = new Map();
      targets = [];
      end = 0;
      return packed;
    },
  };
}

/** A target of a chunk as the press remembers it, and what stands at its addresses. */
export interface Unpacked extends Pick<Rendered, 'record'> {
  readonly changes: readonly ReleaseChange[];
}

/** Undoes the packing. */
export function* unpack({ bytes, index }: Omit<RenderedChunk, 'refused'>): Generator<Unpacked> {
  const { targets, texts } = JSON.parse(index) as Index;
  const taken = ({ from, to, hash }: Stretch): { bytes: Uint8Array; hash: Hash } => ({
    bytes: bytes.subarray(from, to),
    hash,
  });
  const formOf = (stretch: Stretch): Form => {
    const { bytes, hash } = taken(stretch);
    return { bytes, hash, size: bytes.length };
  };
  const formsOf = ({ gz, br }: NonNullable<PackedOutput['forms']>): Forms => ({
    ...(gz ? { gz: formOf(gz) } : {}),
    ...(br ? { br: formOf(br) } : {}),
  });
  for (const { target, reads, outputs, provenance } of targets) {
    const from = taken(provenance);
    yield {
      record: { target, reads: readsOf(reads, texts), paths: outputs.map(({ path }) => path) },
      changes: outputs.map(({ path, status, type, location, body, forms }): ReleaseChange => {
        const page = taken(body);
        return {
          path,
          entry: {
            status,
            type,
            body: page.bytes,
            hash: page.hash,
            provenance: from.bytes,
            provenanceHash: from.hash,
            ...(location === undefined ? {} : { location }),
            ...(forms ? { forms: formsOf(forms) } : {}),
          },
        };
      }),
    };
  }
}

function readsOf(places: readonly number[], texts: readonly string[]): [ReadKey, Hash][] {
  const reads: [ReadKey, Hash][] = [];
  for (let at = 0; at < places.length; at += 2)
    reads.push([texts[places[at] ?? 0] ?? '', texts[places[at + 1] ?? 0] ?? '']);
  return reads;
}
