import type { Entry, HashText, LogHead, MapRef, ProblemCode, ReadStore } from '@chengmen/release';

/** A request, as far as a release can answer it. */
export interface Request {
  readonly method: string;
  /** The request target as received: path and query, still percent-encoded. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. `content-length` is that of the answer to GET. */
  readonly headers: Readonly<Record<string, string>>;
  /** The same as `headers`, as lines that each end in CRLF, where they were checked and written out beforehand. */
  readonly headerText?: string;
  /** Empty for HEAD, 304 and such. */
  readonly body: Uint8Array;
}

/** Where the newest checkpoint seen is kept between runs, so that no older one is ever accepted again. */
export interface Seen {
  read(): Promise<string | undefined>;
  write(checkpoint: string): Promise<void>;
  /** Statements about keys that were believed: who followed a change of keys does not go back to the old one. */
  readKeys(): Promise<readonly string[]>;
  writeKeys(statements: readonly string[]): Promise<void>;
}

/** The release that is being served. */
export interface Current {
  readonly site: string;
  readonly map: MapRef;
  readonly log: LogHead;
  /** The signed note, as received. */
  readonly checkpoint: string;
}

export interface ReleaseOptions {
  readonly store: ReadStore;
  /** Verifier keys, one a line: the only ones that count. */
  readonly key: string;
  /** Without it, the name of the key. */
  readonly origin?: string;
  readonly seen: Seen;
  /** Told of everything that does not verify. */
  readonly alarm?: (code: ProblemCode, where: string, problem: string) => void;
  /** Bytes of verified content kept in memory. Default 64 MiB. */
  readonly cacheBytes?: number;
  /** Milliseconds from one look for what did not verify to the next. Default 1000. */
  readonly lookAgain?: number;
  /** The site is reached by https: adds Strict-Transport-Security. */
  readonly https?: boolean;
}

export interface OpenRelease {
  /** undefined before the first release, or while none verifies. */
  current(): Current | undefined;
  /** Looks for a newer checkpoint; keeps the present one when it does not verify. True when it changed. Never throws. */
  reload(): Promise<boolean>;
  /** False where the newest checkpoint did not verify: it is worth looking again. */
  upToDate(): boolean;
  /** What stands at a path of the release that is being served; undefined where nothing does or it cannot be read. Never throws. */
  entry(path: string): Promise<Entry | undefined>;
  /** Never throws; never answers with bytes that do not verify. */
  respond(request: Request): Promise<Answer>;
  /** The very answer `respond` would give, where it can be given at once; undefined where something must be read first. */
  respondNow(request: Request): Answer | undefined;
  memory(): MemoryUse;
}

/** Verified content held in memory, and how often it was enough. */
export interface MemoryUse {
  readonly bytes: number;
  /** Requests that `respondNow` answered. */
  readonly hits: number;
  /** Requests that went to `respond`. */
  readonly misses: number;
}

/** What a running site answers, body undecoded. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export type RawFetch = (url: string, headers: Readonly<Record<string, string>>) => Promise<RawAnswer>;

export interface SiteReport {
  readonly ok: boolean;
  readonly size: number;
  readonly root: HashText;
  /** Number of paths checked. */
  readonly paths: number;
  readonly problems: readonly { readonly code: ProblemCode; readonly where: string; readonly problem: string }[];
}
