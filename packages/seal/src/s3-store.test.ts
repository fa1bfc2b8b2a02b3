import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { ObjectStoreError, S3Store, type S3StoreOptions } from './index.ts';
import { startObjectStore } from './testing/start-object-store.ts';

const server = await startObjectStore();
if ('stop' in server) after(server.stop);
const real = { skip: 'reason' in server ? server.reason : false };
let folders = 0;

type Fetch = NonNullable<S3StoreOptions['fetch']>;

/** A folder of its own on the real server. */
function options(changed: Partial<S3StoreOptions> = {}): S3StoreOptions & { readonly prefix: string } {
  assert.ok('options' in server);
  return { ...server.options, prefix: `s3-${folders++}`, wait: () => Promise.resolve(), ...changed };
}

const nowhere: S3StoreOptions = {
  endpoint: 'http://store.invalid',
  bucket: 'releases',
  accessKeyId: 'key-of-nobody',
  secretAccessKey: 'secret-of-nobody',
  wait: () => Promise.resolve(),
};

const fault = (code: string, status: number): Response =>
  new Response(`<Error><Code>${code}</Code></Error>`, { status });

/** A server in memory, as plain as they come: no conditions, no checksums in its answers. */
function plainServer(keep: (body: Uint8Array) => Uint8Array = (body) => body): {
  readonly fetch: Fetch;
  readonly objects: Map<string, Uint8Array>;
} {
  const objects = new Map<string, Uint8Array>();
  const fetch: Fetch = async (url, { method, body }) => {
    const key = new URL(url).pathname;
    if (method === 'PUT') {
      const bytes = keep(new Uint8Array(await new Response(body).arrayBuffer()));
      objects.set(key, bytes);
      return new Response(null, { headers: { etag: `"${createHash('md5').update(bytes).digest('hex')}"` } });
    }
    if (method === 'DELETE') return new Response(null, { status: objects.delete(key) ? 204 : 404 });
    const stands = objects.get(key);
    return stands ? new Response(Buffer.from(stands)) : fault('NoSuchKey', 404);
  };
  return { fetch, objects };
}

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

async function namesOf(store: S3Store, prefix = ''): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list(prefix)) names.push(name);
  return names.sort();
}

test('S3Store asks again after 503, and what it waits grows and is bounded', async () => {
  const waits: number[] = [];
  const answers = [503, 500, 429, 502, 200];
  const store = new S3Store({
    ...nowhere,
    fetch: () => Promise.resolve(new Response('one', { status: answers.shift() ?? 200 })),
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  assert.equal(text(await store.get('a')), 'one');
  assert.equal(answers.length, 0);
  assert.equal(waits.length, 4);
  for (const [at, wait] of waits.entries()) assert.ok(wait >= 0 && wait <= 200 * 2 ** at, `${wait}`);
});

test('S3Store gives up after the attempts it has, and says what it met', async () => {
  let asked = 0;
  const busy = new S3Store({
    ...nowhere,
    attempts: 3,
    fetch: () => {
      asked++;
      return Promise.resolve(fault('SlowDown', 503));
    },
  });
  await assert.rejects(busy.get('a'), { name: 'ObjectStoreError', status: 503, reason: 'SlowDown' });
  assert.equal(asked, 3);
  const dead = new S3Store({
    ...nowhere,
    attempts: 2,
    fetch: () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })),
  });
  await assert.rejects(dead.get('a'), ObjectStoreError);
  const silent = new S3Store({
    ...nowhere,
    attempts: 2,
    timeout: 1,
    fetch: (_, { signal }) =>
      new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error);
        }),
      ),
  });
  await assert.rejects(silent.get('a'), /no answer in 2 attempts: timed out/);
});

test('S3Store does not ask again after a refusal', async () => {
  let asked = 0;
  const fetch: Fetch = () => {
    asked++;
    return Promise.resolve(fault('AccessDenied', 403));
  };
  await assert.rejects(new S3Store({ ...nowhere, fetch }).get('a'), { status: 403, reason: 'AccessDenied' });
  assert.equal(asked, 1);
});

test('S3Store takes a 503 from the way to a real server', real, async () => {
  let refused = 0;
  const once = new Set<string>();
  const store = new S3Store(
    options({
      fetch: (url, init) => {
        const request = `${init.method} ${url}`;
        if (once.has(request)) return fetch(url, init);
        once.add(request);
        refused++;
        return Promise.resolve(new Response(null, { status: 503 }));
      },
    }),
  );
  await store.put([['a/b', Buffer.from('one')]]);
  assert.equal(text(await store.get('a/b')), 'one');
  assert.deepEqual(await namesOf(store), ['a/b']);
  await store.remove(['a/b']);
  assert.equal(await store.has('a/b'), false);
  assert.ok(refused >= 5);
});

/** Passes bytes on to the server; a connection on which more than 300 000 have gone up is cut, `left` times. */
function cuttingProxy(port: number, cuts: { left: number }): Promise<Server> {
  const between = createServer((client) => {
    const up = connect(port, '127.0.0.1');
    let sent = 0;
    const end = (): void => {
      client.destroy();
      up.destroy();
    };
    client.on('data', (data) => {
      const room = Math.max(0, 300_000 - sent);
      sent += data.length;
      if (sent <= 300_000 || cuts.left === 0) {
        up.write(data);
        return;
      }
      cuts.left--;
      up.write(data.subarray(0, room), end);
      client.pause();
    });
    up.on('data', (data) => client.write(data));
    for (const socket of [client, up]) socket.on('error', end).on('close', end);
  });
  return new Promise((resolve) => between.listen(0, '127.0.0.1', () => resolve(between)));
}

test('S3Store: a connection cut in the middle of an upload leaves nothing under the name', real, async () => {
  assert.ok('folder' in server);
  const settings = options();
  const direct = new S3Store(settings);
  const cuts = { left: 2 };
  const between = await cuttingProxy(Number(new URL(settings.endpoint).port), cuts);
  try {
    const endpoint = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
    const store = new S3Store({ ...settings, endpoint, attempts: 2 });
    const bytes = Buffer.alloc(1_000_000, 'x');
    const cut = await store.put([['blob/aa/1', bytes]]).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(cut instanceof ObjectStoreError);
    assert.match(cut.message, /PUT .*blob\/aa\/1: no answer in 2 attempts/);
    assert.equal(cuts.left, 0);
    assert.equal(await direct.get('blob/aa/1'), undefined);
    assert.equal(await direct.has('blob/aa/1'), false);
    assert.deepEqual(await namesOf(direct, 'blob/'), []);
    const files = readdirSync(server.folder, { recursive: true, encoding: 'utf8' });
    assert.deepEqual(
      files.filter((one) => one.startsWith(join(settings.prefix, 'blob'))),
      [],
    );
    // Where only the first attempt is cut, and where none is, the same call ends well.
    cuts.left = 1;
    await store.replace(['blob/aa/1', bytes]);
    assert.equal(cuts.left, 0);
    await store.put([['blob/aa/1', bytes]]);
    assert.equal(Buffer.compare((await direct.get('blob/aa/1'))!, bytes), 0);
  } finally {
    between.close();
  }
});

test('S3Store does not send a large object that stands there already', real, async () => {
  const settings = options();
  const large = Buffer.alloc(20_000, 'x');
  await new S3Store(settings).put([['a', large]]);
  const sent: string[] = [];
  const store = new S3Store({
    ...settings,
    fetch: (url, init) => {
      if (url.endsWith('/a')) sent.push(`${init.method}`);
      return fetch(url, init);
    },
  });
  await store.put([['a', large]]);
  assert.deepEqual(sent, ['GET']);
  await assert.rejects(store.put([['a', Buffer.alloc(20_000, 'y')]]), { code: 'damaged' });
});

test('S3Store: an upload whose answer was lost has succeeded', real, async () => {
  const settings = options({ attempts: 2 });
  const lossy = new S3Store({
    ...settings,
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      if (init.method === 'PUT' && url.endsWith('/a')) throw new TypeError('fetch failed');
      return answer;
    },
  });
  await lossy.put([['a', Buffer.from('one')]]);
  assert.equal(text(await lossy.get('a')), 'one');
  await assert.rejects(lossy.put([['a', Buffer.from('two')]]), { code: 'damaged' });
});

test('S3Store: an answer that breaks off is no object', async (t) => {
  const half = createHttpServer((_, response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('half');
    response.socket?.destroySoon();
  });
  t.after(() => half.close());
  await new Promise<void>((resolve) => half.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(half.address() as AddressInfo).port}`;
  await assert.rejects(new S3Store({ ...nowhere, endpoint, attempts: 2 }).get('a'), ObjectStoreError);
});

test('S3Store: bytes that change on their way up are refused by the server', real, async () => {
  const settings = options({ attempts: 2 });
  const store = new S3Store({
    ...settings,
    fetch: (url, init) =>
      fetch(url, init.method === 'PUT' && url.endsWith('/a') ? { ...init, body: Buffer.from('onf') } : init),
  });
  await assert.rejects(store.put([['a', Buffer.from('one')]]), ObjectStoreError);
  assert.equal(await new S3Store(settings).get('a'), undefined);
});

test('S3Store signs the hash of what it sends, and sends it as a checksum', async () => {
  const { fetch: keep } = plainServer();
  const told: (string | null)[] = [];
  const fetch: Fetch = (url, init) => {
    const headers = new Headers(init.headers);
    if (url.endsWith('/a')) told.push(headers.get('x-amz-content-sha256'), headers.get('x-amz-checksum-sha256'));
    return keep(url, init);
  };
  await new S3Store({ ...nowhere, fetch }).replace(['a', Buffer.from('one')]);
  const hash = createHash('sha256').update('one').digest();
  assert.deepEqual(told, [hash.toString('hex'), hash.toString('base64')]);
});

test('S3Store: a server that keeps other bytes is found out, and they do not stay', async () => {
  // By the checksum it tells, and without one by its tag and then by what it gives back.
  const flip = (body: Uint8Array): Uint8Array => body.map((byte, at) => (at === 0 ? byte ^ 1 : byte));
  for (const tells of [true, false]) {
    const { fetch: keep, objects } = plainServer(flip);
    const fetch: Fetch = async (url, init) => {
      const answer = await keep(url, init);
      const kept = objects.get(new URL(url).pathname);
      if (tells && kept)
        answer.headers.set('x-amz-checksum-sha256', createHash('sha256').update(kept).digest('base64'));
      return answer;
    };
    const store = new S3Store({ ...nowhere, fetch });
    await assert.rejects(store.put([['a', Buffer.from('one')]]), /the server kept other bytes/);
    await assert.rejects(store.replace(['a', Buffer.from('one')]), /the server kept other bytes/);
    assert.deepEqual([...objects.keys()], []);
  }
});

test('S3Store never overwrites on a server that ignores If-None-Match', async () => {
  const { fetch, objects } = plainServer();
  const store = new S3Store({ ...nowhere, fetch });
  await store.put([['a', Buffer.from('one')]]);
  await store.put([['a', Buffer.from('one')]]);
  await assert.rejects(store.put([['a', Buffer.from('two')]]), { code: 'damaged', where: 'a' });
  assert.deepEqual([...objects.keys()], ['/releases/a'], 'nothing is left of finding out');
  assert.equal(text(objects.get('/releases/a')), 'one');
});

test('S3Store asks a server once whether it keeps If-None-Match, and again after a failure', real, async () => {
  const sent: string[] = [];
  let broken = true;
  const store = new S3Store(
    options({
      attempts: 1,
      fetch: (url, init) => {
        if (broken) return Promise.reject(new Error('broken'));
        sent.push(`${init.method} ${new URL(url).pathname.split('/')[3]}`);
        return fetch(url, init);
      },
    }),
  );
  await assert.rejects(store.put([['a', Buffer.from('1')]]), ObjectStoreError);
  broken = false;
  await store.put([['a', Buffer.from('1')]]);
  await store.put([['b', Buffer.from('2')]]);
  assert.deepEqual(sent, ['PUT tmp', 'PUT tmp', 'DELETE tmp', 'PUT a', 'PUT b']);
});

test('S3Store lists more names than one answer holds, and names with every sign', real, async () => {
  let pages = 0;
  const store = new S3Store(
    options({
      fetch: (url, init) => {
        if (url.includes('list-type')) pages++;
        return fetch(url, init);
      },
    }),
  );
  const odd = ['odd/a b+c%20&<é>\'"!*()~', 'odd/城门/🏯', 'odd/a=b;c,d@e:f$g?h#i', 'odd/&#39;&amp;lt;'];
  const many = Array.from({ length: 1_005 }, (_, at) => `sign/it's <${at}> & "more"`);
  const names = [...odd, ...many].sort();
  await store.put(names.map((name) => [name, Buffer.from(name)]));
  assert.deepEqual(await namesOf(store), names);
  assert.equal(pages, 2);
  assert.deepEqual(await namesOf(store, 'odd/'), [...odd].sort());
  for (const name of odd) assert.equal(text(await store.get(name)), name);
  await store.remove(odd);
  assert.deepEqual(await namesOf(store), [...many].sort());
});

test('S3Store never takes half a list for a whole one', async () => {
  const list = (inner: string): string => `<?xml version="1.0"?><ListBucketResult>${inner}</ListBucketResult>`;
  const one = '<Contents><Key>a&amp;b</Key></Contents>';
  const read = (body: string): Promise<string[]> =>
    namesOf(new S3Store({ ...nowhere, fetch: () => Promise.resolve(new Response(body)) }));
  assert.deepEqual(await read(list(`${one}<IsTruncated>false</IsTruncated>`)), ['a&b']);
  assert.deepEqual(await read(list('<IsTruncated>false</IsTruncated>')), []);
  for (const bad of [
    '',
    '<html>welcome</html>',
    list(one),
    list(`${one}<IsTruncated>true</IsTruncated>`),
    // For ever the same page.
    list(`${one}<IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken>`),
    list('<Contents></Contents><IsTruncated>false</IsTruncated>'),
    list('<EncodingType>url</EncodingType><Contents><Key>%zz</Key></Contents><IsTruncated>false</IsTruncated>'),
    list(`${one}<IsTruncated>false</IsTruncated>`).slice(0, 60),
  ])
    await assert.rejects(read(bad), ObjectStoreError, bad);
});

test('S3Store believes 404 only of an object', async () => {
  const answering = (answer: () => Response): S3Store =>
    new S3Store({ ...nowhere, fetch: () => Promise.resolve(answer()) });
  const absent = answering(() => fault('NoSuchKey', 404));
  assert.equal(await absent.get('a'), undefined);
  await absent.remove(['a']);
  for (const answer of [
    () => fault('NoSuchBucket', 404),
    () => fault('XAdminUserNotFound', 404),
    () => new Response('<html>not found</html>', { status: 404 }),
    () => new Response(null, { status: 404 }),
  ]) {
    const store = answering(answer);
    await assert.rejects(store.get('a'), ObjectStoreError);
    await assert.rejects(store.has('a'), ObjectStoreError);
    await assert.rejects(store.remove(['a']), ObjectStoreError);
  }
});

test('S3Store tells a missing bucket from a missing object', real, async () => {
  const store = new S3Store(options({ bucket: 'not-there' }));
  const refusal = { name: 'ObjectStoreError', reason: 'NoSuchBucket' };
  await assert.rejects(store.get('a'), refusal);
  await assert.rejects(store.has('a'), refusal);
  await assert.rejects(namesOf(store), refusal);
  await assert.rejects(store.put([['a', Buffer.from('one')]]), refusal);
  await assert.rejects(store.replace(['a', Buffer.from('one')]), refusal);
  await assert.rejects(store.remove(['a']), refusal);
});

test('S3Store: no error and no print of it holds a key or a signature', real, async () => {
  const secrets = /secret-of-nobody|key-of-nobody|Signature=|Credential=/;
  assert.ok('options' in server);
  const { endpoint } = server.options;
  const wrong = new S3Store({ ...nowhere, endpoint });
  const echo = new S3Store({
    ...nowhere,
    fetch: (_, { headers }) => {
      const said = new Headers(headers).get('authorization') ?? '';
      assert.match(said, secrets);
      return Promise.resolve(
        new Response(`<Error><Code>${said}</Code><Message>${said}</Message></Error>`, { status: 400 }),
      );
    },
  });
  assert.doesNotMatch(inspect(wrong, { depth: 9, showHidden: true }), secrets);
  for (const store of [wrong, echo]) {
    const works = [store.get('a'), store.has('a'), store.put([['a', Buffer.from('one')]]), namesOf(store)];
    for (const outcome of await Promise.allSettled(works)) {
      const error: unknown = outcome.status === 'rejected' ? outcome.reason : undefined;
      assert.ok(error instanceof ObjectStoreError);
      assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), secrets);
      assert.doesNotMatch(JSON.stringify(error), secrets);
    }
  }
});

test('S3Store does not carry its signature to where an answer points', async (t) => {
  let reached = 0;
  const elsewhere = createHttpServer((_, response) => {
    reached++;
    response.end('caught');
  });
  t.after(() => elsewhere.close());
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/releases/a`;
  const first = createHttpServer((_, response) => {
    response.writeHead(307, { location }).end();
  });
  t.after(() => first.close());
  await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(first.address() as AddressInfo).port}`;
  await assert.rejects(new S3Store({ ...nowhere, endpoint }).get('a'), { status: 307 });
  assert.equal(reached, 0);
});

test('S3Store has no more requests under way than it may', real, async () => {
  let under = 0;
  let most = 0;
  const store = new S3Store(
    options({
      parallel: 3,
      fetch: async (url, init) => {
        most = Math.max(most, ++under);
        try {
          return await fetch(url, init);
        } finally {
          under--;
        }
      },
    }),
  );
  const files = Array.from({ length: 40 }, (_, at) => [`a/${at}`, Buffer.from('x')] as const);
  await Promise.all([store.put(files), ...files.map(([name]) => store.get(`none/${name}`))]);
  assert.equal(most, 3);
});

test('S3Store keeps a large object', real, async () => {
  const store = new S3Store(options());
  const bytes = Buffer.alloc(20_000_000, 'chengmen');
  await store.put([['blob/large', bytes]]);
  assert.equal(Buffer.compare((await store.get('blob/large'))!, bytes), 0);
});

test('S3Store writes the bucket in the path or before the host name', async () => {
  const asked: string[] = [];
  const fetch: Fetch = (url) => {
    asked.push(url);
    return Promise.resolve(new Response('one'));
  };
  await new S3Store({ ...nowhere, fetch, endpoint: 'https://s3.example/base/' }).get('a/b c');
  await new S3Store({ ...nowhere, fetch, prefix: 'in/it/', pathStyle: false }).get('a');
  assert.deepEqual(asked, ['https://s3.example/base/releases/a/b%20c', 'http://releases.store.invalid/in/it/a']);
});

test('S3Store refuses settings that cannot be, and repeats no password', () => {
  const invalid = { code: 'invalid' };
  assert.throws(() => new S3Store({ ...nowhere, endpoint: 's3.example' }), invalid);
  assert.throws(() => new S3Store({ ...nowhere, endpoint: 'ftp://s3.example' }), invalid);
  assert.throws(() => new S3Store({ ...nowhere, bucket: '../other' }), invalid);
  assert.throws(() => new S3Store({ ...nowhere, prefix: '../other' }), invalid);
  assert.throws(
    () => new S3Store({ ...nowhere, endpoint: 'https://me:hunter2@s3.example' }),
    (error: unknown) => !inspect(error).includes('hunter2'),
  );
});
