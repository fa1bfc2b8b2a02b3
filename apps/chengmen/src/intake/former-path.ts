/** Names at the root that are the portal's own. */
const reserved = /^\/(?:assets|media|files|sitemap|feed|api|healthz|readyz|\.well-known|zh-hant|search)(?:[./]|$)/i;

/**
 * The path under which a page stood, if it can lead to the page's new address: a file in a folder. Addresses with a query
 * (`show.php?id=3`) cannot, since what is served is found by its path alone.
 */
export function formerPath(address: string | undefined): string | undefined {
  const path = pathOf(address);
  if (path === undefined || reserved.test(path) || path.length > 400) return undefined;
  // A month's archive is `/channel/2020-12.html`.
  if (/\/\d{4}-\d{2}\.html$/.test(path)) return undefined;
  return /^(?:\/[\w.-]{1,80}){1,11}\/[\w.-]{1,70}\.(?:s?html?|aspx?|jsp|php)$/i.test(path) && !path.includes('..')
    ? path
    : undefined;
}

function pathOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (address.startsWith('/')) return address;
  if (!URL.canParse(address)) return undefined;
  const { pathname, search } = new URL(address);
  return search === '' ? pathname : undefined;
}
