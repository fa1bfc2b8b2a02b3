import type { Coding } from '@chengmen/release';

/** The codings there are: an entry of a release, or whatever says so. */
interface Offered {
  readonly br?: unknown;
  readonly gz?: unknown;
}

/**
 * The coding to answer in (RFC 9110 §12.5.3): the one the client likes best; among equals the smallest.
 * undefined: the plain bytes, also where the client refuses everything there is, since a page is more use than an error.
 */
export function chooseCoding(accept: string | undefined, entry: Offered): Coding | undefined {
  if (accept === undefined) return undefined;
  return choicesOf(accept)[(entry.br ? 2 : 0) + (entry.gz ? 1 : 0)];
}

/** The choice where there is: no coding, gzip alone, brotli alone, both. */
type Choices = readonly (Coding | undefined)[];

/** Browsers send few different headers: what each comes to is kept. Longer ones are worked out each time; a full table is begun again. */
const known = new Map<string, Choices>();
const mostKnown = 256;
const longestKnown = 128;

function choicesOf(accept: string): Choices {
  const found = known.get(accept);
  if (found) return found;
  const weights = parseWeights(accept);
  const choices = [0, 1, 2, 3].map((offered) => choose(weights, offered >= 2, offered % 2 === 1));
  if (accept.length <= longestKnown) {
    if (known.size >= mostKnown) known.clear();
    known.set(accept, choices);
  }
  return choices;
}

function choose(weights: ReadonlyMap<string, number>, br: boolean, gz: boolean): Coding | undefined {
  const weightOf = (coding: string): number | undefined => weights.get(coding) ?? weights.get('*');
  const offers: { readonly coding: Coding | undefined; readonly weight: number }[] = [
    ...(br ? [{ coding: 'br' as const, weight: weightOf('br') ?? 0 }] : []),
    ...(gz ? [{ coding: 'gzip' as const, weight: weightOf('gzip') ?? 0 }] : []),
    // Plain bytes that are not mentioned are acceptable, but nobody's first wish.
    { coding: undefined, weight: weights.get('identity') ?? (weights.has('*') ? (weights.get('*') ?? 0) : 0.0001) },
  ];
  const best = offers.reduce((a, b) => (b.weight > a.weight ? b : a));
  return best.weight > 0 ? best.coding : undefined;
}

function parseWeights(accept: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const part of accept.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    if (!/^(?:\*|[!#$%&'*+.^_`|~0-9a-z-]+)$/.test(coding)) continue;
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const weight =
      quality === undefined ? 1 : /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality) ? Number(quality) : 0;
    weights.set(coding, weight);
  }
  return weights;
}
