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
}

export function openLine(items: Iterable<LiveItem>, store: WriteStore): Line {
  const sealer = createSealer({ store, signer: signerOf(generateKey('www.linjiang.example').skey), site: 'bench' });
  return { city: createCity({ items, bytes: () => undefined }), traces: createTraces(), sealer };
}

export interface Advance {
  readonly pages: number;
  readonly rendered: number;
}

/** Presses and seals what was touched. */
export async function advance({ city, traces, sealer }: Line, touched: PressOptions['touched']): Promise<Advance> {
  let pages = 0;
  let pressed: Pressed | undefined;
  const changes = function* (): Generator<Change> {
    const drawn = pressPages({ city, theme, traces, touched });
    let step = drawn.next();
    for (; step.done !== true; step = drawn.next(), pages++) yield changeOf(step.value);
    pressed = step.value;
  };
  await sealer.seal(changes());
  if (!pressed) throw new Error('the sealer did not take all pages');
  traces.commit(pressed);
  return { pages, rendered: pressed.rendered };
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
