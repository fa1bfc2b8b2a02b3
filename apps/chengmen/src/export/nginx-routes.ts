import type { Entry } from '@chengmen/release';

/** An address that nginx must look up, because no file of the tree under its name says what to answer. */
export interface Route {
  readonly path: string;
  /** `folder`: an address without its last slash, which leads on to the folder with whatever was asked. */
  readonly status: Entry['status'] | 'folder';
  /** File of the body below the folder of pages; `-` for none. */
  readonly page: string;
  readonly location?: string;
  readonly type: string;
}

/** Types that cannot break out of a quoted string of nginx, where `$` and `\` have no escape. */
const plainType = /^[a-z0-9.+-]+\/[a-z0-9.+-]+(?:; ?[a-z-]+=[A-Za-z0-9._+-]+)*$/;

export function isPlainType(type: string): boolean {
  return plainType.test(type);
}

/**
 * Lines of an nginx map from paths to routes, sorted. Its keys ignore case, so each value repeats its path to be compared;
 * paths that differ in case alone are given as expressions, which do not.
 */
export function routeLines(routes: readonly Route[]): string[] {
  const keyed = routes.map((route) => ({ key: route.path.toLowerCase(), route }));
  keyed.sort((a, b) => compare(a.key, b.key) || compare(a.route.path, b.route.path));
  return keyed.map(({ key, route }, at) => {
    const shared = keyed[at - 1]?.key === key || keyed[at + 1]?.key === key;
    const { path, status, page, location = '-', type } = route;
    const name = shared ? `"~^${path.replaceAll('.', '\\.')}$"` : path;
    return `${name} "${path} ${status} ${page} ${location} ${type}";`;
  });
}

/** Sizes nginx needs to hold a map of these keys, both powers of two; a bucket has room for a dozen keys of the longest kind. */
export function mapSizes(keys: readonly string[]): { readonly maxSize: number; readonly bucketSize: number } {
  const longest = keys.reduce((most, key) => Math.max(most, key.length), 0);
  return { maxSize: powerOfTwo(Math.max(2048, keys.length * 2)), bucketSize: powerOfTwo(12 * (longest + 24)) };
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
