import { accept, learnSiblings, mend, structureOf, type MendResult, type SiblingFurniture } from '@chengmen/mend';
import type { Measure } from '../measure.ts';
import { nfkc, readAs, roundTrip, sink, untouched } from './damage.ts';
import { numbers } from './fuzz-inputs.ts';
import type { Page } from './pages.ts';

/** How the time of the whole of it, ranking, siblings and structure among it, grows with the size of a page. */
export function growthOfAll(pages: readonly Page[], quick: boolean, say: (text: string) => void): Measure[] {
  const sizes = quick ? [60_000, 240_000] : [250_000, 1_000_000, 4_000_000];
  const siblings = learnSiblings(
    pages.slice(0, 12).map(({ source }, i) => ({ name: String(i), bytes: encoder.encode(source) })),
  );
  return kinds(pages).map(([name, make]): Measure => {
    say(`growth: ${name}`);
    const whole = make(sizes.at(-1) ?? 0);
    // A first time for what is made at first use and for the compiler.
    timesOf(whole.subarray(0, sizes[0]), siblings);
    const perMegabyte = sizes.map((size) => {
      const times = timesOf(whole.subarray(0, size), siblings);
      return times.map((time) => time / (size / 1e6));
    });
    const [least = [], last = []] = [perMegabyte[0], perMegabyte.at(-1)];
    const value = Math.max(...last.map((time, step) => time / Math.max(least[step] ?? 0, negligible)));
    const shown = steps.map((step, i) => `${step} ${Math.round(last[i] ?? 0).toString()}`).join(', ');
    return {
      measure: `${name}: a byte at ${size(sizes.at(-1))} ÷ at ${size(sizes[0])}, the worst of ${shown} ms of processor a MB`,
      value,
      unit: '×',
      bar: `≤ ${mostGrowth} ×`,
      reached: value <= mostGrowth,
    };
  });
}

const encoder = new TextEncoder();
/** Noise of the collector and of caches aside, a byte takes the same time in a page of any size. */
const mostGrowth = 2;
/** Below this, in milliseconds a megabyte, what is measured is the clock. */
const negligible = 60;
const steps = ['mend', 'mend with siblings', 'structure'] as const;

const size = (bytes: number | undefined): string => `${String((bytes ?? 0) / 1000)} KB`;

/** Milliseconds of each step. */
function timesOf(bytes: Uint8Array, siblings: SiblingFurniture): number[] {
  let result: MendResult | undefined;
  return [
    processor(() => (result = mend({ name: 'page', bytes }))),
    processor(() => mend({ name: 'page', bytes, siblings })),
    processor(() => result && structureOf(accept(result, { atLeast: 0.9 }))),
  ];
}

/** Milliseconds of processor that work takes: the clock counts what else the machine does. */
function processor(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}

type Kind = readonly [name: string, make: (size: number) => Uint8Array];

/** One page of many articles in every kind of damage, characters by chance, and what runs away in careless patterns. */
function kinds(pages: readonly Page[]): Kind[] {
  const lines = pages.flatMap(({ body }) => body.split('\n').map((line) => `<p>${line}</p>\n`)).join('');
  const damaged: readonly [string, (source: string) => Uint8Array][] = [
    ['clean', (source) => encoder.encode(source)],
    ['php54, bytes kept', (source) => roundTrip(source, 'php54').bytes],
    ['php54, bytes dropped', (source) => sink(roundTrip(source, 'php54'), 'drop').bytes],
    ['php54, bytes dropped, NFKC', (source) => nfkc(sink(roundTrip(source, 'php54'), 'drop')).bytes],
    ['php52, U+FFFD', (source) => sink(roundTrip(source, 'php52'), 'replace').bytes],
    ['UTF-8 read as GBK', (source) => readAs(untouched(source), 'gb18030', '\ufffd').bytes],
  ];
  const next = numbers(1);
  const chance = Array.from({ length: 40_000 }, () => String.fromCharCode(0x4e00 + next(20_900))).join('');
  const random = `<p>${chance.replace(/.{37}/g, '$&</p>\n<p>')}</p>`;
  return [
    ...damaged.map(([name, damage]): Kind => [name, (size) => inPage(damage(lines.slice(0, 100_000)), size)]),
    ['characters by chance', (size) => inPage(encoder.encode(random), size)],
    ['characters by chance, php54 dropped', (size) => inPage(damaged[2]?.[1](random) ?? new Uint8Array(), size)],
    ...runaways.map((unit): Kind => [
      `${JSON.stringify(unit)} again and again`,
      (size) => inPage(encoder.encode(unit), size),
    ]),
  ];
}

const runaways = [
  '中\ufffd',
  '\ufffd\ufffd<',
  '<script>',
  '<div class="',
  '<h1>中</h1>',
  '<td>答复内容</td><td>中</td>',
  'a',
  '〓',
  '<p>',
];

const head = encoder.encode(
  '<html><head><title>城北水厂检修</title></head><body><h1>城北水厂检修</h1><div>发布日期：2020-01-01</div><p>城北水厂将于周末检修，请居民提前储水。</p>',
);

/** The head of a page and then a stretch as often as it takes. */
function inPage(stretch: Uint8Array, size: number): Uint8Array {
  const page = new Uint8Array(Math.max(size, head.length));
  page.set(head);
  for (let at = head.length; at < size; at += stretch.length) page.set(stretch.subarray(0, size - at), at);
  return page;
}
