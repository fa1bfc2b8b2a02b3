import { createHash, randomBytes } from 'node:crypto';
import { inParallel, ReleaseError, temporaryPrefix } from '@chengmen/release';
import { ObjectStoreError } from './object-store-error.ts';
import {
  createS3Client,
  parseXml,
  sha256,
  type S3Answer,
  type S3Client,
  type S3ClientOptions,
  type S3Request,
} from './s3-client.ts';
import { checkStoreName } from './store-name.ts';
import type { StoredFile, WriteStore } from './types.ts';

export interface S3StoreOptions extends S3ClientOptions {
  /** Folder in the bucket that holds the store; without it, the whole bucket. */
  readonly prefix?: string;
}

/** Objects written at the same time by one `put` or `remove`. */
const width = 16;

/**
 * A server may refuse a second object without reading it, and close: of a larger one we then see a broken connection, not the refusal.
 * So of these we ask first.
 */
const readAhead = 16_384;

/**
 * A store in a bucket of an S3-compatible server. An object is there whole or not at all, and durable once the server has said so.
 * Throws ReleaseError as every store does, `invalid` for options that cannot be; ObjectStoreError when the server cannot be used.
 * The key needs s3:GetObject, PutObject, DeleteObject and ListBucket: without the last, servers hide what is not there behind 403.
 */
export class S3Store implements WriteStore {
  readonly #client: S3Client;
  readonly #prefix: string;
  #conditional: Promise<boolean> | undefined;
  #bucket: Promise<unknown> | undefined;

  constructor({ prefix = '', ...options }: S3StoreOptions) {
    const folder = prefix.replace(/\/$/, '');
    if (folder !== '') checkStoreName(folder);
    this.#prefix = folder === '' ? '' : `${folder}/`;
    this.#client = createS3Client(options);
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    const request = { method: 'GET', key: this.#key(name) } as const;
    const answer = await this.#client.send(request);
    if (answer.status === 200) return answer.body;
    await this.#checkAbsence(request, answer);
    return undefined;
  }

  async has(name: string): Promise<boolean> {
    const request = { method: 'HEAD', key: this.#key(name) } as const;
    const answer = await this.#client.send(request);
    if (answer.status === 200) return true;
    await this.#checkAbsence(request, answer);
    return false;
  }

  async *list(prefix: string): AsyncGenerator<string> {
    for await (const [name] of this.sizes(prefix)) yield name;
  }

  async *sizes(prefix: string): AsyncGenerator<readonly [string, number]> {
    for (let token: string | undefined; ;) {
      const page = await this.#page(prefix, token);
      for (const [at, key] of page.keys.entries())
        if (key.startsWith(this.#prefix + prefix)) yield [key.slice(this.#prefix.length), page.sizes[at] ?? 0];
      if (page.next === undefined) return;
      token = page.next;
    }
  }

  async put(files: Iterable<StoredFile>): Promise<void> {
    await inParallel(files, width, async ([name, bytes]) => {
      const before = await this.#putNew(name, bytes);
      if (before && Buffer.compare(before, bytes) !== 0)
        throw new ReleaseError('damaged', name, 'other bytes stand under this name already');
    });
  }

  async replace([name, bytes]: StoredFile): Promise<void> {
    await this.#upload(this.#key(name), bytes, false);
  }

  async remove(names: Iterable<string>): Promise<void> {
    // One by one: not every server takes a list, and little is ever removed.
    await inParallel(names, width, async (name) => {
      const request = { method: 'DELETE', key: this.#key(name) } as const;
      const answer = await this.#client.send(request);
      if (answer.status >= 300) await this.#checkAbsence(request, answer);
    });
  }

  /** The server's word for each object has been waited for already. */
  sync(): Promise<void> {
    return Promise.resolve();
  }

  takeTurn(): Promise<void> {
    return Promise.resolve();
  }

  /** Writes unless something stands there, and returns that. */
  async #putNew(name: string, bytes: Uint8Array): Promise<Uint8Array | undefined> {
    const key = this.#key(name);
    const conditional = await this.#refusesSecond();
    if (!conditional || bytes.length > readAhead) {
      const before = await this.get(name);
      if (before) return before;
    }
    try {
      return (await this.#upload(key, bytes, conditional)) ? undefined : await this.get(name);
    } catch (error) {
      // The answer to an attempt that succeeded may be lost, and the refusal of the next as well.
      const stands = error instanceof ObjectStoreError && error.status === undefined ? await this.get(name) : undefined;
      if (!stands) throw error;
      return stands;
    }
  }

  #refusesSecond(): Promise<boolean> {
    const asked = (this.#conditional ??= this.#isConditional());
    asked.catch(() => (this.#conditional = undefined));
    return asked;
  }

  /** False where `onlyNew` and an object stands there already. */
  async #upload(key: string, bytes: Uint8Array, onlyNew: boolean): Promise<boolean> {
    const checksum = sha256(bytes).toString('base64');
    const request = {
      method: 'PUT',
      key,
      body: bytes,
      headers: {
        'content-type': 'application/octet-stream',
        'x-amz-checksum-sha256': checksum,
        ...(onlyNew ? { 'if-none-match': '*' } : {}),
      },
    } as const;
    const answer = await this.#client.send(request);
    if (onlyNew && answer.status === 412) return false;
    if (answer.status !== 200) throw this.#client.refusal(request, answer);
    if (await this.#isKept(key, bytes, checksum, answer)) return true;
    // What the server holds is not what was sent: better nothing than that.
    await this.#client.send({ method: 'DELETE', key });
    throw new ObjectStoreError({ store: this.#client.address, problem: `PUT ${key}: the server kept other bytes` });
  }

  /** The server says what it kept; one that says nothing is asked for it. */
  async #isKept(key: string, bytes: Uint8Array, checksum: string, answer: S3Answer): Promise<boolean> {
    const told = answer.headers.get('x-amz-checksum-sha256');
    if (told !== null) return told === checksum;
    const tag = answer.headers.get('etag')?.replaceAll('"', '');
    if (tag === createHash('md5').update(bytes).digest('hex')) return true;
    const kept = await this.#client.send({ method: 'GET', key });
    return kept.status === 200 && Buffer.compare(kept.body, bytes) === 0;
  }

  /** Some servers ignore `If-None-Match` and overwrite; one that does is found out on an object of no value. */
  async #isConditional(): Promise<boolean> {
    const key = this.#key(`${temporaryPrefix}${randomBytes(8).toString('hex')}`);
    const ask = (body: Uint8Array): Promise<S3Answer> =>
      this.#client.send({ method: 'PUT', key, body, headers: { 'if-none-match': '*' } });
    const first = await ask(Buffer.from('1'));
    if (first.status !== 200 && first.status !== 501 && first.reason !== 'NotImplemented')
      throw this.#client.refusal({ method: 'PUT', key }, first);
    const second = first.status === 200 ? await ask(Buffer.from('2')) : first;
    await this.#client.send({ method: 'DELETE', key });
    return second.status === 412;
  }

  /**
   * Returns when there is no such object; throws for every other answer. 404 alone does not tell: servers say it of a bucket,
   * some of a key they do not know, and web servers of anything. A short answer is believed once the bucket has been seen.
   */
  async #checkAbsence(request: S3Request, answer: S3Answer): Promise<void> {
    const { status, reason, body } = answer;
    if (status === 404 && reason === 'NoSuchKey') return;
    if (status !== 404 || body.length > 0) throw this.#client.refusal(request, answer);
    const seen = (this.#bucket ??= this.#page('', undefined));
    seen.catch(() => (this.#bucket = undefined));
    await seen;
  }

  async #page(prefix: string, token: string | undefined): Promise<Page> {
    const request = {
      method: 'GET',
      query: {
        'list-type': '2',
        'encoding-type': 'url',
        prefix: this.#prefix + prefix,
        ...(token === undefined ? {} : { 'continuation-token': token }),
      },
    } as const;
    const answer = await this.#client.send(request);
    if (answer.status !== 200) throw this.#client.refusal(request, answer);
    const page = parsePage(answer.body);
    if (!page || (page.next !== undefined && page.next === token))
      throw new ObjectStoreError({ store: this.#client.address, problem: 'GET bucket: not a list of objects' });
    return page;
  }

  #key(name: string): string {
    checkStoreName(name);
    const key = this.#prefix + name;
    if (!key.isWellFormed() || Buffer.byteLength(key) > 1024)
      throw new ReleaseError('invalid', name, 'not a name an object can have');
    return key;
  }
}

interface Page {
  readonly keys: readonly string[];
  readonly sizes: readonly number[];
  readonly next?: string;
}

interface ListAnswer {
  readonly ListBucketResult?: {
    readonly IsTruncated?: unknown;
    readonly NextContinuationToken?: unknown;
    readonly EncodingType?: unknown;
    readonly Contents?: Listed | readonly Listed[];
  };
}

interface Listed {
  readonly Key?: unknown;
  readonly Size?: unknown;
}

/** One page of ListObjectsV2; undefined for what is none, so that half a list is never taken for a whole one. */
function parsePage(body: Uint8Array): Page | undefined {
  const result = (parseXml(body) as ListAnswer | undefined)?.ListBucketResult;
  if (typeof result !== 'object') return undefined;
  const { IsTruncated: truncated, NextContinuationToken: next, EncodingType: encoding, Contents = [] } = result;
  const listed = [Contents].flat();
  const keys = listed.map(({ Key: key }) => key);
  const sizes = listed.map(({ Size: size }) => Number(size) || 0);
  if (!keys.every((key) => typeof key === 'string')) return undefined;
  if (truncated !== 'true' && truncated !== 'false') return undefined;
  if (truncated === 'true' && (typeof next !== 'string' || next === '')) return undefined;
  const names = encoding === 'url' ? keys.map(decodeKey) : keys;
  if (!names.every((name) => name !== undefined)) return undefined;
  return truncated === 'true' && typeof next === 'string' ? { keys: names, sizes, next } : { keys: names, sizes };
}

function decodeKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
