import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { fileLimits } from '@chengmen/media';
import { sha256, type ItemId } from '@chengmen/model';
import { breathing } from '../breathe.ts';
import type { Mapping } from './mapping.ts';
import { addressesIn, addressKey, addressKeys } from './old-address.ts';
import { mayBeFile, oldFile, type OldFile } from './old-file.ts';
import { openSource } from './open-source.ts';
import { restoredItem } from './restored-item.ts';
import type { SourceMeans } from './source-means.ts';
import type { SourcePage } from './source-page.ts';
import { staysInside } from './stays-inside.ts';
import { warcFiles } from './warc-pages.ts';

/** What the sources hold, by its old addresses, before any of it is taken in: so that links can lead on to what comes later. */
export interface OldSite {
  readonly pages: number;
  /** Where the addresses of a page lead: `item:ID` or `media:ID`, by key. */
  readonly referencesOf: (page: SourcePage) => Promise<Readonly<Record<string, string>>>;
  /** The file of an item, where it stands alone; those of archives come by `archived`. */
  readonly file: (item: ItemId) => Promise<OldFile | undefined>;
  /** The files of archives among some items, each archive read once more. */
  readonly archived: (items: ReadonlySet<ItemId>) => AsyncGenerator<OldFile>;
}

/** Reads through all sources once. Memory grows by some hundred bytes a page. */
export async function openOldSite(
  operands: readonly string[],
  mapping: Mapping | undefined,
  progress: (count: number) => void,
  means?: SourceMeans,
): Promise<OldSite> {
  const [items, paths] = [new Map<string, ItemId>(), new Map<ItemId, string>()];
  const folders = operands.filter((operand) => statSync(operand, { throwIfNoEntry: false })?.isDirectory() === true);
  const archives = operands.filter((operand) => /\.warc(?:\.gz)?$/i.test(operand));
  let pages = 0;
  const breathe = breathing();
  for (const operand of operands) {
    // What cannot be read is told when it is to be taken in.
    for await (const entry of quietly(openSource(operand, mapping, means))) {
      progress(++pages);
      await breathe();
      if ('fault' in entry || entry.address === undefined) continue;
      const key = addressKey(entry.address);
      if (key !== undefined && !items.has(key)) items.set(key, restoredItem(sha256(entry.bytes)));
    }
  }
  for (const archive of archives)
    for await (const { address, file } of warcFiles(archive)) {
      const key = addressKey(address);
      if (key !== undefined) items.set(key, file.item);
    }
  const none = new Set<string>();
  const fileAt = async (key: string): Promise<ItemId | undefined> => {
    if (!mayBeFile(key) || none.has(key)) return undefined;
    for (const folder of folders) {
      const path = inside(folder, key);
      const file = path === undefined ? undefined : await readOldFile(path);
      if (path === undefined || file === undefined) continue;
      paths.set(file.item, path);
      items.set(key, file.item);
      return file.item;
    }
    none.add(key);
    return undefined;
  };
  return {
    pages,
    async referencesOf({ bytes, address }) {
      const own = ownAddress(bytes);
      const references: Record<string, string> = {};
      for (const given of addressesIn(bytes)) {
        for (const key of addressKeys(given, address, own)) {
          const item = items.get(key) ?? (await fileAt(key));
          if (item !== undefined) references[key] = `${item.startsWith('file-') ? 'media' : 'item'}:${item}`;
        }
      }
      return references;
    },
    async file(item) {
      const path = paths.get(item);
      return path === undefined ? undefined : readOldFile(path);
    },
    async *archived(wanted) {
      const left = new Set(wanted);
      for (const archive of archives) {
        if (left.size === 0) return;
        for await (const { file } of warcFiles(archive)) if (left.delete(file.item)) yield file;
      }
    },
  };
}

/** The address a page gives itself. */
export function ownAddress(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 20_000)).toString('latin1');
  return /<link[^>]{0,200}rel=["']?canonical["']?[^>]{0,200}href=["'](https?:[^"'<>\s]{1,1000})["']/i.exec(head)?.[1];
}

/** The path of a key in a folder; undefined for one that leads out of it. */
function inside(folder: string, key: string): string | undefined {
  const path = key.replace(/[?#].*$/, '');
  for (const name of [path, `www.${path}`]) {
    const found = resolve(join(folder, name));
    if (!found.startsWith(resolve(folder) + sep)) return undefined;
    if (isFileToTake(found) && staysInside(folder, found)) return found;
  }
  return undefined;
}

/** False for names no file can have as well: a zero byte, more than a folder takes. */
function isFileToTake(path: string): boolean {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true && stat.size <= fileLimits.size;
  } catch {
    return false;
  }
}

async function readOldFile(path: string): Promise<OldFile | undefined> {
  try {
    return oldFile(path, new Uint8Array(await readFile(path)));
  } catch {
    return undefined;
  }
}

async function* quietly<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch {
    // Told by whoever reads the source to take it in.
  }
}
