import type { LiveItem, PagePath } from '@chengmen/model';
import {
  createCity,
  createTraces,
  pressPages,
  type City,
  type PageChange,
  type Pressed,
  type PressOptions,
  type Traces,
} from '@chengmen/press';
import { createSealer, generateKey, signerOf, type Change, type Sealer, type WriteStore } from '@chengmen/seal';
import { createTheme } from '@chengmen/theme';

const theme = createTheme();

/** City, press and seal without a database: a release is what `advance` leaves in the store. */
export interface Line {
  readonly city: City;
  readonly traces: Traces;
  readonly sealer: Sealer;
  /** The public key its releases verify with. */
  readonly vkey: string;
}

export function openLine(items: Iterable<LiveItem>, store: WriteStore): Line {
  const { skey, vkey } = generateKey('www.linjiang.example');
  const sealer = createSealer({ store, signer: signerOf(skey), site: 'bench' });
  return { vkey, city: createCity({ items, bytes: () => undefined }), traces: createTraces(), sealer };
}

export interface Advance {
  readonly pages: number;
  readonly rendered: number;
  /** Milliseconds of it that pressing took; the rest is the sealer's. */
  readonly pressing: number;
}

/** Presses and seals what was touched. */
export async function advance({ city, traces, sealer }: Line, touched: PressOptions['touched']): Promise<Advance> {
  let pages = 0;
  let pressing = 0;
  let pressed: Pressed | undefined;
  const drawn = pressPages({ city, theme, traces, touched });
  const draw = (): IteratorResult<PageChange, Pressed> => {
    const start = performance.now();
    const step = drawn.next();
    pressing += performance.now() - start;
    return step;
  };
  const changes = function* (): Generator<Change> {
    let step = draw();
    for (; step.done !== true; step = draw(), pages++) yield changeOf(step.value);
    pressed = step.value;
  };
  await sealer.seal(changes());
  if (!pressed) throw new Error('the sealer did not take all pages');
  traces.commit(pressed);
  return { pages, rendered: pressed.rendered, pressing };
}

/** Renders everything and keeps nothing but what `take` keeps. */
export function renderAll(
  city: City,
  take: (path: PagePath, body: Uint8Array, provenance: Uint8Array) => void,
): number {
  let pages = 0;
  for (const change of pressPages({ city, theme, traces: createTraces(), touched: 'everything' })) {
    const { path, entry } = changeOf(change);
    if (entry) take(path, entry.body, entry.provenance);
    pages++;
  }
  return pages;
}

function changeOf([path, page]: PageChange): Change {
  if (!page) return { path, entry: null };
  const { status, type, body, location } = page.output;
  return {
    path,
    entry: {
      status,
      type,
      body: typeof body === 'string' ? Buffer.from(body) : body,
      ...(location === undefined ? {} : { location }),
      provenance: page.provenance,
    },
  };
}
