import type { Request } from './types.ts';

/** What the conditions of a request come to (RFC 9110 §13.2.2), for a representation with this strong tag. */
export type Outcome =
  | { readonly kind: 'whole' }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  | { readonly kind: 'no-such-part' };

/** `size` is the number of bytes of the representation; `to` of a part is exclusive. */
export function judge(request: Request, etag: string, size: number): Outcome {
  const ifMatch = headerOf(request, 'if-match');
  if (ifMatch !== undefined && !matches(ifMatch, etag, false)) return { kind: 'failed' };
  const ifNoneMatch = headerOf(request, 'if-none-match');
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, etag, true)) return { kind: 'not-modified' };
  const range = headerOf(request, 'range');
  if (range === undefined || request.method !== 'GET') return { kind: 'whole' };
  const ifRange = headerOf(request, 'if-range');
  if (ifRange !== undefined && ifRange.trim() !== etag) return { kind: 'whole' };
  return partOf(range, size);
}

/** One value of a header; those that came several times are joined, RFC 9110 §5.3. */
export function headerOf(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' || value === undefined ? value : value.join(', ');
}

/** One range is answered; several, or another unit, are treated as if nothing had been asked (RFC 9110 §14.2). */
function partOf(range: string, size: number): Outcome {
  const [, first, last] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(range) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return { kind: 'whole' };
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? { kind: 'no-such-part' } : { kind: 'part', from: size - length, to: size };
  }
  const from = Number(first);
  const to = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < from) return { kind: 'whole' };
  return from >= size ? { kind: 'no-such-part' } : { kind: 'part', from, to };
}

function matches(list: string, etag: string, weak: boolean): boolean {
  if (list.trim() === '*') return true;
  const tags = list.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (weak ? tag.replace(/^W\//, '') : tag) === etag);
}
