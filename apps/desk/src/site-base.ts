import { printHtml, type SafeHtml } from '@chengmen/html';
import type { SiteId } from '@chengmen/model';

/** What stands before the addresses of a site's desk, where it is not the first one's. */
export const siteBase = (site: SiteId): string => `/s/${site}`;

/** The desk of a site, from wherever: also the first one's, whose own addresses have nothing before them. */
export const siteHome = (site: SiteId): string => `${siteBase(site)}/`;

/** Addresses of the desk's own pages, but for its styles and scripts, which are everybody's, and for other sites' pages. */
const own = /(\s(?:href|src|action|formaction)=")(?=\/(?!\/|s\/|desk\/))/g;

/**
 * A page of the desk whose addresses begin with the site's. They are written without it throughout, and `html` escapes every quotation
 * mark of a value: an attribute that begins so was written in a template.
 */
export function printWithin(base: string, page: SafeHtml): string {
  const text = printHtml(page);
  return base === '' ? text : text.replaceAll(own, `$1${base}`);
}

/** The same for where an answer leads. */
export function pathWithin(base: string, path: string): string {
  return path.startsWith('/') && !/^\/(?:\/|s\/)/.test(path) ? base + path : path;
}
