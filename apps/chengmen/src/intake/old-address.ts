/** Stands for the host of pages that are known by their path alone, as in a folder. */
const nowhere = 'root.invalid';
/** The names under which servers keep the page of a folder. */
const folderPage = /\/(?:index|default)\.(?:s?html?|php|aspx?|jsp)$/i;
const longest = 2000;

/**
 * One name for all spellings of an address of an old site: host without `www.`, path with its characters decoded, query; a
 * folder for its index page. `base` is the address, or the path in its source, of the page that gives it. Undefined for what is
 * no address of a page or file.
 */
export function addressKey(given: string, base?: string): string | undefined {
  const url = resolved(given, base);
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  const host = url.hostname === nowhere ? '' : url.host.replace(/^www\./, '');
  return `${host}${decoded(url.pathname).replace(folderPage, '/')}${url.search}`;
}

/** Keys of an address, the likeliest first: pages of a folder also name themselves by their host. */
export function addressKeys(given: string, base: string | undefined, own: string | undefined): string[] {
  const keys = [addressKey(given, base)];
  if (own !== undefined) {
    const url = resolved(given, own);
    keys.push(addressKey(given, own));
    if (url !== undefined && url.host === resolved(own)?.host) keys.push(addressKey(url.pathname + url.search));
  }
  return [...new Set(keys.filter((key) => key !== undefined))];
}

function resolved(given: string, base?: string): URL | undefined {
  if (given.length > longest) return undefined;
  const from = base?.startsWith('/') === true ? `http://${nowhere}${base}` : (base ?? `http://${nowhere}/`);
  return URL.canParse(given, from) ? new URL(given, from) : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return path;
  }
}

const attribute = /\b(?:href|src)\s*=\s*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))/gi;
const mostAddresses = 5000;

/** The addresses that a page's attributes give, found without parsing it, as they stand in UTF-8. */
export function addressesIn(bytes: Uint8Array): Set<string> {
  const found = new Set<string>();
  for (const [, double, single, bare] of Buffer.from(bytes).toString('latin1').matchAll(attribute)) {
    const text = Buffer.from(double ?? single ?? bare ?? '', 'latin1').toString('utf8');
    found.add(text.replaceAll('&amp;', '&').trim());
    if (found.size >= mostAddresses) break;
  }
  return found;
}
