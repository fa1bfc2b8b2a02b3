import { ReleaseError } from '@chengmen/release';
import type { StoredFile, WriteStore } from './types.ts';

/** A store that lasts as long as the process. */
export class MemoryStore implements WriteStore {
  /** The files themselves, for tests that tamper with them. */
  readonly files = new Map<string, Uint8Array>();

  get(name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(name));
  }

  async *list(prefix: string): AsyncGenerator<string> {
    await Promise.resolve();
    yield* [...this.files.keys()].filter((name) => name.startsWith(prefix));
  }

  async *sizes(prefix: string): AsyncGenerator<readonly [string, number]> {
    for await (const name of this.list(prefix)) yield [name, this.files.get(name)?.length ?? 0];
  }

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.files.has(name));
  }

  async put(files: Iterable<StoredFile>): Promise<void> {
    for (const [name, bytes] of files) {
      const before = this.files.get(name);
      if (before && Buffer.compare(before, bytes) !== 0)
        throw new ReleaseError('damaged', name, 'other bytes stand under this name already');
      this.files.set(name, Uint8Array.from(bytes));
    }
  }

  sync(): Promise<void> {
    return Promise.resolve();
  }

  takeTurn(): Promise<void> {
    return Promise.resolve();
  }

  replace([name, bytes]: StoredFile): Promise<void> {
    this.files.set(name, Uint8Array.from(bytes));
    return Promise.resolve();
  }

  remove(names: Iterable<string>): Promise<void> {
    for (const name of names) this.files.delete(name);
    return Promise.resolve();
  }
}
