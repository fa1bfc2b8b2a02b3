import type { Coding, Entry } from '@chengmen/release';
import type { Form } from './answer-entry.ts';
import { createByteCache } from './byte-cache.ts';

/** Forms of one release that can be answered with at once. A promotion begins with none, so nothing old can be found in it. */
export interface ReadyPages {
  /** `path` as it stands in the request, without query. */
  get(path: string): ReadyPage | undefined;
  keep(path: string, entry: Entry, coding: Coding | undefined, form: Form): void;
  /** Bytes held. */
  size(): number;
}

export interface ReadyPage {
  readonly entry: Entry;
  readonly forms: ReadonlyMap<Coding | undefined, Form>;
}

/** What an entry and its prepared headers take besides the bytes of the page, roughly. */
const overhead = 4096;

/** Keeps the forms used last, up to a number of bytes. */
export function createReadyPages(limit: number): ReadyPages {
  const held = createByteCache<ReadyPage>(limit);
  return {
    get: (path) => held.get(path),
    keep(path, entry, coding, form) {
      const forms = new Map(held.get(path)?.forms).set(coding, form);
      let bytes = 0;
      for (const { whole } of forms.values()) bytes += overhead + whole.body.length;
      held.set(path, { entry, forms }, bytes);
    },
    size: () => held.size(),
  };
}
