import type { Hash, Output, ReadKey, TargetId } from '@chengmen/model';
import type { Rendered, TargetRecord } from '@chengmen/press';
import {
  blobKey,
  entryLeaf,
  hashOf,
  recordHeader,
  writeRecordHeader,
  type Coding,
  type Leaf,
  type Piece,
} from '@chengmen/release';
import { encodeBodies, type Form, type Forms, type ReadyPages } from '@chengmen/seal';
import type { ReleaseChange } from './releases.ts';

/** What came of some targets, packed so that handing it from one thread to another costs little. */
export interface RenderedChunk {
  /** Bodies, provenances and forms, one after another; records of a pack where the pages are ready. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** An `Index` as JSON: one text changes threads in less time than thousands of small objects. */
  readonly index: string;
  /** Targets that could not be rendered there. */
  readonly refused: readonly TargetId[];
}

export type Packed = Omit<RenderedChunk, 'refused'>;

interface Index {
  readonly targets: readonly (PackedTarget | ReadyTarget)[];
  /** All reads that were made; each stands here once, since it has one answer. */
  readonly reads: readonly (readonly [ReadKey, Hash])[];
}

interface PackedRecord {
  readonly target: TargetId;
  /** Places in the list of all. */
  readonly reads: readonly number[];
}

interface PackedTarget extends PackedRecord {
  readonly outputs: readonly PackedOutput[];
  readonly provenance: Stretch;
}

interface ReadyTarget extends PackedRecord {
  readonly leaves: readonly Leaf[];
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

export interface PackingOptions {
  /** Makes compressed forms too. */
  readonly forms: boolean;
  /** There is nothing these pages could be compared with: they are made ready to be written. */
  readonly ready: boolean;
}

export interface Packing {
  readonly add: (rendered: Rendered) => void;
  /** Of ready pages the bytes are given away; of others they are a copy of just their length. */
  readonly end: () => Packed;
  /** Memory given away before, which may be used again. */
  readonly takeBack: (room: ArrayBuffer) => void;
}

/** Some more than most chunks take. */
const firstRoom = 2 * 1024 * 1024;

/** Gathers what was rendered in one stretch of memory, and can be used again after each end. */
export function createPacking({ forms, ready }: PackingOptions): Packing {
  const header = ready ? recordHeader : 0;
  let all: (readonly [ReadKey, Hash])[] = [];
  let places = new Map<ReadKey, number>();
  let targets: PackedTarget[] = [];
  let bytes = Buffer.alloc(0);
  let end = 0;
  const room = (length: number): void => {
    if (bytes.length - end >= length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(firstRoom, bytes.length * 2, end + length)));
    larger.set(bytes.subarray(0, end));
    bytes = larger;
  };
  const close = (from: number, hash: Hash, coding?: Coding): Stretch => {
    if (ready) writeRecordHeader(bytes, from - header, blobKey(hash, coding), bytes.subarray(from, end));
    return { from, to: end, hash };
  };
  const keep = (body: string | Uint8Array): Stretch => {
    // UTF-8 needs three bytes at most for what is one unit in a string.
    room(header + (typeof body === 'string' ? body.length * 3 : body.length));
    const from = end + header;
    if (typeof body === 'string') end = from + bytes.write(body, from);
    else {
      bytes.set(body, from);
      end = from + body.length;
    }
    return close(from, hashOf(bytes.subarray(from, end)));
  };
  const keepForm = ({ bytes: form, hash }: Form, coding: Coding): Stretch => {
    room(header + form.length);
    const from = end + header;
    bytes.set(form, from);
    end = from + form.length;
    return close(from, hash, coding);
  };
  const keepOutput = ({ body, ...rest }: Output): PackedOutput => ({ ...rest, body: keep(body) });
  const keepForms = (): void => {
    const outputs = targets.flatMap((target) => target.outputs);
    const bodies = outputs.map(({ type, body }) => ({ type, bytes: bytes.subarray(body.from, body.to) }));
    for (const [at, { gz, br }] of encodeBodies(bodies).entries()) {
      const output = outputs[at];
      if (output)
        output.forms = { ...(gz ? { gz: keepForm(gz, 'gzip') } : {}), ...(br ? { br: keepForm(br, 'br') } : {}) };
    }
  };
  const placeOf = (read: readonly [ReadKey, Hash]): number => {
    const known = places.get(read[0]);
    if (known !== undefined) return known;
    places.set(read[0], all.length);
    return all.push(read) - 1;
  };
  return {
    add: ({ outputs, record, provenance }) => {
      targets.push({
        target: record.target,
        reads: record.reads.map(placeOf),
        outputs: outputs.map(keepOutput),
        provenance: keep(provenance),
      });
    },
    end: () => {
      if (forms) keepForms();
      const index: Index = { targets: ready ? targets.map(readyTarget) : targets, reads: all };
      const packed: Packed = {
        bytes: ready ? bytes.subarray(0, end) : new Uint8Array(bytes.subarray(0, end)),
        index: JSON.stringify(index),
      };
      if (ready) bytes = Buffer.alloc(0);
      all = [];
      places = new Map();
      targets = [];
      end = 0;
      return packed;
    },
    takeBack: (given) => {
      if (bytes.length < given.byteLength) bytes = Buffer.from(given);
    },
  };
}

/** What remains of its pages is the leaf of each. */
function readyTarget({ target, reads, outputs, provenance }: PackedTarget): ReadyTarget {
  const leaves = outputs.map(({ path, status, type, location, body, forms }) =>
    entryLeaf(path, {
      status,
      type,
      hash: body.hash,
      size: body.to - body.from,
      ...(forms?.gz ? { gz: pieceOf(forms.gz) } : {}),
      ...(forms?.br ? { br: pieceOf(forms.br) } : {}),
      ...(location === undefined ? {} : { location }),
      provenance: provenance.hash,
    }),
  );
  return { target, reads, leaves };
}

const pieceOf = ({ from, to, hash }: Stretch): Piece => ({ hash, size: to - from });

/** A target of a chunk as the press remembers it, and what stands at its addresses. */
export interface Unpacked extends Pick<Rendered, 'record'> {
  readonly changes: readonly ReleaseChange[];
}

/** Undoes the packing. */
export function* unpack({ bytes, index }: Packed): Generator<Unpacked> {
  const { targets, reads: all } = JSON.parse(index) as Index;
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
  for (const { target, reads, outputs, provenance } of targets as readonly PackedTarget[]) {
    const from = taken(provenance);
    yield {
      record: { target, reads: readsOf(reads, all), paths: outputs.map(({ path }) => path) },
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

/** The same of pages made ready. Their bytes are those of the chunk. */
export function unpackReady({ bytes, index }: Packed): {
  readonly records: TargetRecord[];
  readonly pages: ReadyPages;
} {
  const { targets, reads: all } = JSON.parse(index) as Index;
  const ready = targets as readonly ReadyTarget[];
  const records = ready.map(({ target, reads, leaves }) => ({
    target,
    reads: readsOf(reads, all),
    paths: leaves.map(({ path }) => path),
  }));
  return { records, pages: { leaves: ready.flatMap(({ leaves }) => leaves), records: bytes } };
}

function readsOf(places: readonly number[], all: Index['reads']): (readonly [ReadKey, Hash])[] {
  return places.flatMap((place) => {
    const read = all[place];
    return read ? [read] : [];
  });
}
