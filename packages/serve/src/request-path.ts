export interface RequestPath {
  /** Decoded once. */
  readonly path: string;
  /** With its question mark; empty where there is none. */
  readonly query: string;
  /** It came as it is written here, without escapes. */
  readonly canonical: boolean;
}

/** Longest request target that is looked at. */
export const longestTarget = 2048;

/** Takes a request target apart; undefined for one that is no path or cannot be decoded. */
export function parseTarget(target: string): RequestPath | undefined {
  const mark = target.indexOf('?');
  const raw = mark < 0 ? target : target.slice(0, mark);
  if (!raw.startsWith('/')) return undefined;
  try {
    const path = decodeURIComponent(raw);
    if (/[\u0000-\u001f\u007f\\]/.test(path)) return undefined;
    return { path, query: mark < 0 ? '' : target.slice(mark), canonical: path === raw };
  } catch {
    return undefined;
  }
}
