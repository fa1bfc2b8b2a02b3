/** Folder of an export that holds what is not the site: configuration, lists, pages that have no place in the tree. */
export const asideFolder = '.chengmen';

/** Longest file name written, so that `.gz` still fits where a name may have 255 bytes. */
const longestName = 240;

/** The file of a tree that stands for a path of a release, relative, with `/`. */
export function placeOf(path: string): string {
  return `${path.slice(1)}${path.endsWith('/') ? 'index.html' : ''}`;
}

/** Folders that must be there for the file of a path, each without its last slash: `/a/b/c` has `/a` and `/a/b`. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`);
}

/** Why a path alone, whatever else the release holds, cannot be a file of the tree; undefined where it can. */
export function unfitName(path: string): string | undefined {
  const [, first = '', ...rest] = path.split('/');
  if (rest.some((name) => name.startsWith('.')) || (first.startsWith('.') && first !== '.well-known'))
    return '以点开头的名字，静态主机不提供 (hosts do not serve names that begin with a dot)';
  if (path === '/.well-known' || path === '/.well-known/chengmen')
    return '校验地址需要这个文件夹 (the verification addresses need a folder there)';
  if ([first, ...rest].some((name) => name.length > longestName))
    return `名字超过 ${longestName} 字节 (a name longer than ${longestName} bytes)`;
  return undefined;
}

/** The path whose compressed form would have the name of this one's file; undefined where there is none. */
export function stemOf(path: string): string | undefined {
  const stem = /^(.+)\.(?:gz|br)$/.exec(path)?.[1];
  return stem?.endsWith('/') === true ? undefined : stem;
}

/** For a path that ends in `/index.html`, the folder it would be shown at as well. */
export function folderShown(path: string): string | undefined {
  return /^(.*\/)index\.html$/.exec(path)?.[1];
}
