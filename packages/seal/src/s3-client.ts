import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import { XMLParser } from 'fast-xml-parser';
import { ReleaseError } from '@chengmen/release';
import { ObjectStoreError } from './object-store-error.ts';

export interface S3ClientOptions {
  /** `https://s3.example.cn`, with a path where the server stands below one. */
  readonly endpoint: string;
  readonly bucket: string;
  /** Default `us-east-1`, which servers without regions take. */
  readonly region?: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The bucket in the path (default) or before the host name. */
  readonly pathStyle?: boolean;
  /** Requests under way at the same time; default 16. */
  readonly parallel?: number;
  /** Default 5; each waits longer than the one before, at most 5 s. */
  readonly attempts?: number;
  /** Milliseconds without an answer, to which a second is added for each 256 KB that travel; default 60 000. */
  readonly timeout?: number;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Waits between attempts. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Without it, the bucket. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface S3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The server's name for a fault: `NoSuchKey`; undefined where it gave none. */
  readonly reason: string | undefined;
}

export interface S3Client {
  /** Endpoint and bucket, for messages. */
  readonly address: string;
  /** Any answer but those worth another attempt. Throws ObjectStoreError when the attempts are used up. */
  send(request: S3Request): Promise<S3Answer>;
  /** What to throw for an answer nobody expected. */
  refusal(request: S3Request, answer: S3Answer): ObjectStoreError;
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false, htmlEntities: true });

/** Reads an answer in XML; what cannot be read is undefined. */
export function parseXml(body: Uint8Array): unknown {
  try {
    return parser.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Signs, sends, times and repeats requests to one bucket. Throws ReleaseError `invalid` for an endpoint that is none. */
export function createS3Client(options: S3ClientOptions): S3Client {
  const { accessKeyId, secretAccessKey, region = 'us-east-1', attempts = 5, timeout = 60_000 } = options;
  const { fetch = globalThis.fetch, wait = waitFor } = options;
  const base = bucketAddress(options);
  const address = `${base.host}${base.pathname}`;
  const inTurn = createSlots(options.parallel ?? 16);

  const once = async (request: S3Request): Promise<S3Answer> => {
    const { method, key, query = {}, headers = {}, body } = request;
    const url = new URL(base);
    if (key !== undefined) url.pathname = `${base.pathname.replace(/\/$/, '')}/${encodeKey(key)}`;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      // The hash is part of what is signed: a server takes no other bytes than these.
      headers: { ...headers, 'x-amz-content-sha256': sha256(body ?? new Uint8Array()).toString('hex') },
      accessKeyId,
      secretAccessKey,
      region,
      service: 's3',
    }).sign();
    const clock = createTimer(timeout, body?.length ?? 0);
    try {
      const response = await fetch(signed.url.href, {
        method,
        headers: signed.headers,
        ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
        // An answer that sends us elsewhere would take the signature there.
        redirect: 'manual',
        signal: clock.signal,
      });
      clock.restart(Number(response.headers.get('content-length') ?? 0));
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, body: bytes, reason: reasonOf(response, bytes) };
    } finally {
      clock.stop();
    }
  };

  const refusal = (request: S3Request, answer: S3Answer): ObjectStoreError => {
    const { status, reason } = answer;
    const problem = `${label(request)}: ${explain(status, reason)}`;
    return new ObjectStoreError({ store: address, problem, status, reason });
  };

  const send = async (request: S3Request): Promise<S3Answer> => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await once(request).catch((error: unknown) => ({ error }));
      if ('error' in outcome) {
        if (attempt < attempts) {
          await wait(delay(attempt));
          continue;
        }
        const problem = `${label(request)}: no answer in ${attempts} attempts: ${networkFault(outcome.error)}`;
        throw new ObjectStoreError({ store: address, problem }, { cause: outcome.error });
      }
      if (!isPassing(outcome)) return outcome;
      if (attempt >= attempts) throw refusal(request, outcome);
      await wait(delay(attempt));
    }
  };

  return { address, send: (request) => inTurn(() => send(request)), refusal };
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function bucketAddress({ endpoint, bucket, pathStyle = true }: S3ClientOptions): URL {
  const url = URL.parse(endpoint);
  // The endpoint is not named in the message: where somebody wrote a password into it, that must not be repeated.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new ReleaseError('invalid', 'endpoint', 'not the http or https address of an object store');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new ReleaseError('invalid', bucket, 'not the name of a bucket');
  if (pathStyle) url.pathname = `${url.pathname.replace(/\/$/, '')}/${bucket}`;
  else url.hostname = `${bucket}.${url.hostname}`;
  return url;
}

/** As RFC 3986 wants it: the signature is made over this form. */
function encodeKey(key: string): string {
  const encode = (part: string): string =>
    encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return key.split('/').map(encode).join('/');
}

/** Faults that may be gone at the next attempt. */
function isPassing({ status, reason }: S3Answer): boolean {
  if (status === 501) return false;
  return status >= 500 || status === 429 || status === 408 || (reason !== undefined && passing.has(reason));
}

const passing = new Set([
  'RequestTimeout',
  'SlowDown',
  'OperationAborted',
  'ConditionalRequestConflict',
  // Bytes changed on their way to the server, which kept none of them.
  'BadDigest',
  'IncompleteBody',
  'XAmzContentSHA256Mismatch',
]);

/** Only the fault's name: what else stands in the answer may repeat the signature. */
function reasonOf(response: Response, body: Uint8Array): string | undefined {
  if (response.ok || body.length === 0) return undefined;
  const { Error: fault } = (parseXml(body) ?? {}) as { Error?: { Code?: unknown } };
  const code = fault?.Code;
  return typeof code === 'string' && /^[A-Za-z0-9.]{1,64}$/.test(code) ? code : undefined;
}

function explain(status: number, reason: string | undefined): string {
  const hint = reason === undefined ? undefined : hints[reason];
  return [`status ${status}`, ...(reason === undefined ? [] : [reason]), ...(hint === undefined ? [] : [hint])].join(
    ', ',
  );
}

const hints: Readonly<Record<string, string>> = {
  NoSuchBucket: 'the bucket does not exist',
  AccessDenied: 'this key may not do that here',
  InvalidAccessKeyId: 'the server does not know the access key',
  SignatureDoesNotMatch: 'the secret key or the region is wrong',
  RequestTimeTooSkewed: 'the clock of this machine is wrong',
  PermanentRedirect: 'the bucket is in another region',
};

function label({ method, key }: S3Request): string {
  return `${method} ${key ?? 'bucket'}`;
}

function networkFault(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as NodeJS.ErrnoException).code;
    if (typeof code === 'string') return code;
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return 'timed out';
  }
  return 'the connection broke';
}

/** Full jitter: clients that failed together do not come back together. */
function delay(attempt: number): number {
  return Math.random() * Math.min(5_000, 100 * 2 ** attempt);
}

function waitFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function createTimer(
  timeout: number,
  size: number,
): { readonly signal: AbortSignal; readonly restart: (size: number) => void; readonly stop: () => void } {
  const controller = new AbortController();
  const arm = (travelling: number): NodeJS.Timeout =>
    setTimeout(
      () => {
        controller.abort(new DOMException('no answer', 'TimeoutError'));
      },
      timeout + travelling / 256,
    );
  let timer = arm(size);
  return {
    signal: controller.signal,
    restart: (next) => {
      clearTimeout(timer);
      timer = arm(next);
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}

/** Lets at most `width` pieces of work run at the same time, the others wait in the order they came. */
function createSlots(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = width;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
