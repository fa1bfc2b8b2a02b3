import { request } from 'node:http';

/** What a portal and a search process say to each other: JSON over a local socket. */

export interface SearchFilters {
  /** Address of a channel: it and all below. */
  readonly channel?: string | undefined;
  readonly kind?: string | undefined;
  readonly department?: string | undefined;
  readonly validity?: string | undefined;
  /** Civil dates, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A stretch of text; `hit` where it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** How much of a wide change is in the index. */
export interface SearchProgress {
  readonly done: number;
  readonly total: number;
  /** There has not been a whole index yet. */
  readonly first: boolean;
}

/** The main edition, its Traditional twin, or where an edition in another language stands: `/en`. */
export type Edition = 'zh-Hans' | 'zh-Hant' | `/${string}`;

export interface SearchRequest {
  readonly query: string;
  readonly filters?: SearchFilters;
  readonly order?: 'relevance' | 'newest';
  /** From 1. */
  readonly page?: number;
  readonly edition?: Edition;
}

/** A page that has what was asked for, as it stands in the release named beside it. */
export interface Hit {
  readonly path: string;
  /** SHA-256 of the page's bytes: whoever shows the hit checks that they stand there. */
  readonly hash: string;
  readonly title: readonly Piece[];
  readonly excerpt: readonly Piece[];
  readonly date: string;
  readonly kind: string;
  readonly channel: string;
  readonly department: string;
  readonly validity: string;
}

export interface SearchAnswer {
  /** Root of the map that was searched. */
  readonly map: string;
  readonly hits: readonly Hit[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
  /** The words that were looked for in place of what was typed, where no page has that in a row. */
  readonly relaxed: readonly string[];
  /** What was typed was longer than what is looked for. */
  readonly cut: boolean;
  readonly meant: readonly string[];
  /** Undefined when the index is whole. */
  readonly behind: SearchProgress | undefined;
  /** What can be chosen from: top-level channels, departments. */
  readonly channels: readonly { readonly path: string; readonly name: string }[];
  readonly departments: readonly string[];
}

/** What a search process said: a value, or why there is none. */
export type Asked<T> = { readonly value: T } | { readonly problem: 'unreachable' | 'busy' | 'failed' };

/** Asks a search process over its socket. Never throws; waits `patience` milliseconds at most, from asking to the last byte. */
export function askSearch<T>(socket: string, path: string, value: unknown, patience = 3000): Promise<Asked<T>> {
  return new Promise((resolve) => {
    const body = Buffer.from(JSON.stringify(value));
    const asking = request(
      { socketPath: socket, path, method: 'POST', headers: { 'content-length': body.length } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', () => {
          resolve({ problem: 'failed' });
        });
        response.on('end', () => {
          resolve(read<T>(response.statusCode ?? 0, Buffer.concat(parts)));
        });
      },
    );
    const timer = setTimeout(() => {
      resolve({ problem: 'busy' });
      asking.destroy();
    }, patience);
    asking.on('close', () => {
      clearTimeout(timer);
    });
    asking.on('error', () => {
      resolve({ problem: 'unreachable' });
    });
    asking.end(body);
  });
}

function read<T>(status: number, body: Buffer): Asked<T> {
  if (status === 503) return { problem: 'busy' };
  if (status !== 200) return { problem: 'failed' };
  try {
    return { value: JSON.parse(body.toString('utf8')) as T };
  } catch {
    return { problem: 'failed' };
  }
}
