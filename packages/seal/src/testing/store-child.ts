/** Writes files named by their hash and then a checkpoint that counts them, over and over, until it is killed. Run by store.test.ts. */
import { blobName, hashOf } from '@chengmen/release';
import { DirectoryStore, S3Store, type WriteStore } from '../index.ts';
import type { S3StoreOptions } from '../s3-store.ts';

const place = JSON.parse(process.argv[2] ?? '') as string | S3StoreOptions;
const store: WriteStore = typeof place === 'string' ? new DirectoryStore(place) : new S3Store(place);
await store.takeTurn();
for (let round = 1; ; round++) {
  const files = [0, 1, 2].map((at): readonly [string, Uint8Array] => {
    const bytes = Buffer.from(`${round} ${at} `.repeat(at * 20_000 + 1));
    return [blobName({ hash: hashOf(bytes) }), bytes];
  });
  await store.put(files);
  await store.replace(['checkpoint', Buffer.from(`${round}`)]);
  process.stdout.write(`${round}\n`);
}
