import type { LiveItem, PagePath, TargetId } from '@chengmen/model';
import { createCity, createTraces, pressPages, type City, type PressOptions, type Traces } from '@chengmen/press';
import { draw, releaseChange, type TextFile } from '@chengmen/press-app';
import {
  createSealer,
  generateKey,
  signerOf,
  type Change,
  type Changes,
  type Sealer,
  type SealStep,
  type WriteStore,
} from '@chengmen/seal';
import { createTheme } from '@chengmen/theme';

const theme = createTheme();

/** City, press and seal without a database: a release is what `advance` leaves in the store. */
export interface Line {
  readonly city: City;
  readonly traces: Traces;
  readonly store: WriteStore;
  readonly sealer: Sealer;
  /** Where the city's bodies lie, if not in memory. */
  readonly texts?: TextFile;
}

/** The key of every bench's releases. */
export const benchKey = generateKey('www.linjiang.example');

export interface LineOptions {
  readonly compress?: boolean;
  readonly skey?: string;
  readonly texts?: TextFile;
  /** Bytes of media by their hash. */
  readonly bytes?: (hash: string) => Uint8Array | undefined;
  /** Called at each promotion, before the sealer has put its house in order. */
  readonly promoted?: () => void;
}

export function openLine(items: Iterable<LiveItem>, store: WriteStore, options: LineOptions = {}): Line {
  const { compress = true, skey = benchKey.skey, texts, promoted, bytes = () => undefined } = options;
  const onStep = (step: SealStep): void => {
    if (step === 'checkpoint-written') promoted?.();
  };
  const sealer = createSealer({ store, signer: signerOf(skey), site: 'bench', compress, onStep });
  const kept = texts ? { texts } : {};
  const city = createCity({ items, bytes, ...kept });
  return { city, traces: createTraces(), store, sealer, ...kept };
}

export interface Advance {
  readonly pages: number;
  readonly rendered: number;
  /** Milliseconds of it that pressing took, where it was done on this thread; the rest is the sealer's. */
  readonly pressing: number;
  /** What was rendered. */
  readonly targets: readonly TargetId[];
}

/** Presses and seals what was touched. */
export async function advance(
  { city, traces, sealer, texts }: Line,
  touched: PressOptions['touched'],
  onTarget?: PressOptions['onTarget'],
): Promise<Advance> {
  const start = performance.now();
  const ready = touched === 'everything' ? await sealer.wantsReady() : undefined;
  const toPress = { city, theme, traces, touched, ...(onTarget ? { onTarget } : {}) };
  const drawn = draw(toPress, { ...(ready ? { ready } : {}), ...(texts ? { texts } : {}) });
  const counted = counting(drawn.changes ?? [], performance.now() - start);
  await sealer.seal(counted.changes);
  const pressed = drawn.pressed();
  traces.commit(pressed);
  const { pages, pressing } = counted;
  return {
    pages,
    rendered: pressed.rendered,
    pressing,
    targets: touched === 'everything' ? [] : [...pressed.records].map(({ target }) => target),
  };
}

function counting(from: Changes, before: number): { readonly changes: Changes; pages: number; pressing: number } {
  const counted = { changes: from, pages: 0, pressing: before };
  if (Symbol.asyncIterator in from) {
    counted.changes = (async function* () {
      for await (const some of from) {
        counted.pages += 'leaves' in some ? some.leaves.length : some.length;
        yield some;
      }
    })();
    return counted;
  }
  const members = from[Symbol.iterator]();
  const draw = (): IteratorResult<Change, unknown> => {
    const start = performance.now();
    const step = members.next();
    counted.pressing += performance.now() - start;
    return step;
  };
  counted.changes = (function* () {
    for (let step = draw(); step.done !== true; step = draw(), counted.pages++) yield step.value;
  })();
  return counted;
}

/** Renders everything and keeps nothing but what `take` keeps. */
export function renderAll(
  city: City,
  take: (path: PagePath, body: Uint8Array, provenance: Uint8Array) => void,
): number {
  let pages = 0;
  for (const change of pressPages({ city, theme, traces: createTraces(), touched: 'everything' })) {
    const { path, entry } = releaseChange(change);
    if (entry) take(path, entry.body, entry.provenance);
    pages++;
  }
  return pages;
}
