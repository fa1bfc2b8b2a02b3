import { raw, printHtml, type SafeHtml } from '@chengmen/html';

/** Remembers what was made of an object that is never altered, as long as that is there. */
export function madeOnce<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, T>();
  return (key) => {
    const present = known.get(key);
    if (present !== undefined) return present;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/** Markup that stands on many pages, as one stretch of text: else each page would be put together from all its pieces. */
export function inOnePiece(markup: SafeHtml): SafeHtml {
  return raw(Buffer.from(printHtml(markup)).toString());
}
