import { lookup, type Entry, type MapRef, type PageReader } from '@chengmen/release';
import { extensionOf } from './survey.ts';
import { folderShown, foldersOf, stemOf, unfitName } from './place-of.ts';

/** Where the bytes of an entry go: the tree under its own name, aside under their hash, or nowhere. */
export type Where =
  | { readonly kind: 'tree' }
  /** `reason` is missing for what never stands in a tree, such as a redirect. */
  | { readonly kind: 'aside'; readonly reason?: string };

export interface Placing {
  readonly read: PageReader;
  readonly map: MapRef;
  /** Statuses whose page stands in the tree. */
  readonly inTree: ReadonlySet<number>;
  /** The type a host gives each extension; undefined where the host chooses by itself. */
  readonly types?: ReadonlyMap<string, string>;
}

/** Answers kept for folders already asked about. */
const rememberedFolders = 50_000;

/** Decides for each entry. The answer depends on the release alone, not on the order in which entries are asked about. */
export function createPlacing(options: Placing): (path: string, entry: Entry) => Promise<Where> {
  const { read, map, inTree, types } = options;
  const known = new Map<string, Promise<boolean>>();
  const standsInTree = async (path: string): Promise<boolean> => {
    const entry = await lookup(read, map, path);
    return entry !== undefined && inTree.has(entry.status);
  };
  const isFile = (folder: string): Promise<boolean> => {
    const found = known.get(folder) ?? standsInTree(folder);
    if (known.size >= rememberedFolders) known.clear();
    known.set(folder, found);
    return found;
  };
  const conflict = async (path: string, entry: Entry): Promise<string | undefined> => {
    const unfit = unfitName(path);
    if (unfit !== undefined) return unfit;
    for (const folder of foldersOf(path))
      if (await isFile(folder)) return `${folder} 既是文件又是文件夹 (${folder} is both a file and a folder)`;
    const stem = stemOf(path);
    if (stem !== undefined && (await standsInTree(folderShown(stem) ?? stem)))
      return `与 ${stem} 的压缩形式同名 (named like the compressed form of ${stem})`;
    const folder = folderShown(path);
    if (folder !== undefined && (types !== undefined || (await standsInTree(folder))))
      return `会与 ${folder} 占同一个文件 (it would be the file of ${folder})`;
    if (types !== undefined && types.get(extensionOf(path)) !== entry.type)
      return `类型 ${entry.type} 与同扩展名的其他文件不同 (its type is not that of its extension)`;
    return undefined;
  };
  return async (path, entry) => {
    if (!inTree.has(entry.status)) return { kind: 'aside' };
    const reason = await conflict(path, entry);
    return reason === undefined ? { kind: 'tree' } : { kind: 'aside', reason };
  };
}
