import type { CheckContext } from '../context.ts';

/** The host a link leaves to, lower case and as people write it; undefined for what stays, and for mail and telephone. */
export function hostOf(href: string): string | undefined {
  if (!/^(?:https?:)?\/\//i.test(href.trim())) return undefined;
  try {
    return new URL(href.trim(), 'https://stays.invalid').hostname.replace(/\.$/, '') || undefined;
  } catch {
    return undefined;
  }
}

/** `.政务` stands in addresses as `xn--zfr164b`. */
const topLevel = ['.gov.cn', '.xn--zfr164b'];

/** Whether a host is the government's: by its name, the site's own, or on the site's list (URL-01, LINK-02). */
export function isGovernment(host: string, { ownHosts, settings }: CheckContext): boolean {
  if (host === 'gov.cn' || topLevel.some((ending) => host.endsWith(ending)) || ownHosts.includes(host)) return true;
  return settings.hosts.some((known) => host === known || host.endsWith(`.${known}`));
}

/** Whether only somebody inside could open it: names without a dot, private and local addresses. */
export function isInside(host: string): boolean {
  if (host.startsWith('[')) return isInsideAddress6(host.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isInsideAddress4(host);
  return !host.includes('.') || /\.(?:local|localhost|internal|intranet|lan|home|corp)$/.test(host);
}

/** Addresses that are not of the public internet (IANA special-purpose registries, RFC 6890). */
export function isInsideAddress4(address: string): boolean {
  const [a = 0, b = 0, c = 0] = address.split('.').map(Number);
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99))) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113)
  );
}

/** The same for version 6, and for version 4 inside it. Only 2000::/3 without its special parts is public. */
export function isInsideAddress6(address: string): boolean {
  const words = expand(address);
  if (!words) return true;
  const [a = 0, b = 0] = words;
  const mapped = words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff;
  if (mapped || (a === 0x64 && b === 0xff9b)) return isInsideAddress4(lastFour(words));
  if (a < 0x2000 || a > 0x3fff) return true;
  // 6to4 and Teredo carry an address of version 4, which could be anything; 2001:db8::/32 is for documents.
  return a === 0x2002 || (a === 0x2001 && (b === 0 || b === 0xdb8 || (b >= 0x10 && b < 0x30)));
}

const lastFour = (words: readonly number[]): string =>
  words
    .slice(6)
    .flatMap((word) => [word >> 8, word & 255])
    .join('.');

function expand(given: string): number[] | undefined {
  const address = given.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, ...parts: string[]) => {
    const [a, b, c, d] = parts.slice(0, 4).map(Number) as [number, number, number, number];
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = '', tail, ...more] = address.split('::');
  if (more.length > 0) return undefined;
  const words = (text: string): number[] => (text === '' ? [] : text.split(':').map((word) => parseInt(word, 16)));
  const [before, after] = [words(head), tail === undefined ? [] : words(tail)];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined;
  const all = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  return all.every((word) => word >= 0 && word <= 0xffff) ? all : undefined;
}
