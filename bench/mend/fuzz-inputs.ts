import { nfkc, readAs, roundTrip, sink, untouched } from './damage.ts';

/** Numbers below a bound, the same ones for the same seed (xorshift). */
export function numbers(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const encoder = new TextEncoder();
const gbk = new TextDecoder('gb18030');
const scraps = [
  '锟斤拷',
  '\ufffd',
  '?',
  '<',
  '>',
  '"',
  '/p>',
  'a',
  '中',
  '文',
  '，',
  '。',
  'é',
  'Ã',
  '€',
  '〓',
  '&#',
  '\n',
  '\u0000',
  '<p>',
  '</p>',
  '日',
  '1',
];

/** One random or mutated input: stretches of pages in some kind of damage, bytes changed, dropped, put in, spliced. */
export function fuzzInput(sources: readonly string[], next: (below: number) => number): Uint8Array {
  const piece = (): string => {
    const source = sources[next(sources.length)] ?? '';
    const from = next(source.length);
    return source.slice(from, from + 10 + next(400));
  };
  const makers: readonly (() => Uint8Array)[] = [
    () => encoder.encode(piece()),
    () => roundTrip(piece(), (['php52', 'php54', 'php82'] as const)[next(3)] ?? 'php54').bytes,
    () => sink(roundTrip(piece(), 'php54'), next(2) === 0 ? 'drop' : 'replace').bytes,
    () => nfkc(sink(roundTrip(piece(), 'php54'), 'drop')).bytes,
    () => readAs(untouched(piece()), 'latin1', '').bytes,
    () => readAs(untouched(piece()), 'gb18030', ['\ufffd', '?', ''][next(3)] ?? '').bytes,
    () => encoder.encode(gbk.decode(Uint8Array.from({ length: next(60) }, () => next(256)))),
    () => Uint8Array.from({ length: next(120) }, () => next(256)),
    () => new Uint8Array(Buffer.from(piece(), 'utf16le')),
    () => encoder.encode(Array.from({ length: next(40) }, () => scraps[next(scraps.length)] ?? '').join('')),
  ];
  const make = (): Uint8Array => makers[next(makers.length)]?.() ?? new Uint8Array();
  let bytes = make();
  for (let left = next(4); left > 0 && bytes.length > 0; left--) {
    const at = next(bytes.length);
    const middle = [Uint8Array.of(next(256)), new Uint8Array(), make().subarray(0, 40)][next(3)] ?? new Uint8Array();
    bytes = Uint8Array.of(...bytes.subarray(0, at), ...middle, ...bytes.subarray(at + next(3)));
  }
  return bytes;
}
