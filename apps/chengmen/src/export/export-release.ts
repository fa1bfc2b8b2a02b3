import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { ChengmenError } from '@chengmen/model';
import {
  inParallel,
  isReleasePath,
  lookup,
  pageReader,
  pieceOf,
  proofPrefix,
  readHead,
  readPiece,
  type Coding,
  type Entry,
  type HashText,
  type PageReader,
  type Piece,
  type ReadStore,
  type ReleaseHead,
} from '@chengmen/release';
import { pruningsIn } from '@chengmen/seal';
import { notice } from '@chengmen/serve';
import { isNameable, nginxFiles, nginxFolder, noticeStatuses } from './nginx-config.ts';
import { isPlainType, mapSizes, routeLines, type Route } from './nginx-routes.ts';
import { asideFolder, placeOf } from './place-of.ts';
import { entriesOf, survey, type Survey } from './survey.ts';
import { createPlacing, type Where } from './where-to.ts';
import { writeProofs } from './write-proofs.ts';

export interface ExportOptions {
  readonly store: ReadStore;
  /** Verifier keys, one a line. */
  readonly key: string;
  /** An empty folder. */
  readonly folder: string;
  /** For nginx: where the tree will stand on the host, absolute. Without it, a tree for any host. */
  readonly nginxRoot?: string;
  /** Called after each path. */
  readonly onPath?: (done: number, all: number) => void;
  /** Paths under way at the same time; each holds its bytes in memory. Default 8. */
  readonly parallel?: number;
}

export interface Exported {
  /** Root of the map. */
  readonly root: HashText;
  /** Number of the release in the log. */
  readonly release: number;
  readonly paths: number;
  /** Files of pages, with their compressed forms. */
  readonly files: number;
  readonly bytes: number;
  readonly redirects: number;
  readonly gone: number;
  /** Pages that nginx finds by its map, because no file can have their name; none without nginx. */
  readonly aside: number;
}

/** File that tells what an export holds, and that the folder is one. */
export const exportNote = `${asideFolder}/export.json`;

/** A store, key and folder on their way; what is counted grows as files are written. */
interface Run {
  readonly options: ExportOptions;
  readonly head: ReleaseHead;
  readonly read: PageReader;
  readonly surveyed: Survey;
  readonly where: (path: string, entry: Entry) => Promise<Where>;
  readonly routes: Route[];
  readonly moved: string[];
  readonly gone: string[];
  readonly folders: Map<string, Promise<void>>;
  readonly pages: Map<HashText, Promise<void>>;
  readonly count: { paths: number; files: number; bytes: number; aside: number };
}

/** Statuses whose page stands in the tree: other hosts show a withdrawn page's reason there, nginx answers it with 410. */
const inTree = { plain: new Set([200, 404, 410]), nginx: new Set([200]) };

/**
 * Writes the newest release of a store as files, each checked on its way, with its compressed forms and its proofs.
 * Memory grows with the number of redirects and withdrawn pages, not with that of pages or bytes.
 * Throws as readHead does, `missing`, `damaged`; `export-impossible` for what files, or this host, cannot stand for.
 */
export async function exportRelease(options: ExportOptions): Promise<Exported> {
  const { store, key, folder, nginxRoot, parallel = 8 } = options;
  const head = await readHead(store, { key });
  const read = pageReader(store);
  const { map } = head.leaf;
  const surveyed = await survey(read, map);
  const run: Run = {
    options,
    head,
    read,
    surveyed,
    where: createPlacing({
      read,
      map,
      ...(nginxRoot === undefined ? { inTree: inTree.plain } : { inTree: inTree.nginx, types: surveyed.types }),
    }),
    routes: [],
    moved: [],
    gone: [],
    folders: new Map(),
    pages: new Map(),
    count: { paths: 0, files: 0, bytes: 0, aside: 0 },
  };
  await mkdir(join(folder, asideFolder), { recursive: true });
  await inParallel(entriesOf(read, map), parallel, async ({ path, entry }) => {
    await exportEntry(run, path, entry);
    run.count.paths++;
    options.onPath?.(run.count.paths, surveyed.paths);
  });
  const prunings = await pruningsIn(store, { key }, head);
  const write = (name: string, bytes: Uint8Array): Promise<void> =>
    writeInside(run, `${proofPrefix.slice(1)}${name}`, bytes);
  await writeProofs(head, read, write, { parallel, prunings });
  await writeInside(run, `${asideFolder}/redirects.map`, lines(run.moved.sort()));
  await writeInside(run, `${asideFolder}/gone.map`, lines(run.gone.sort()));
  if (nginxRoot !== undefined) await writeNginx(run, nginxRoot);
  const exported: Exported = {
    root: map.hash,
    release: head.checkpoint.size,
    ...run.count,
    redirects: run.moved.length,
    gone: run.gone.length,
  };
  await writeInside(run, exportNote, Buffer.from(`${JSON.stringify(exported)}\n`));
  return exported;
}

async function exportEntry(run: Run, path: string, entry: Entry): Promise<void> {
  if (!isReleasePath(path)) throw impossible(path, '不是发布版的地址 (not a path of a release)');
  if (entry.status === 301) run.moved.push(`${path} ${entry.location ?? '/'};`);
  if (entry.status === 410) run.gone.push(`${path} 1;`);
  const where = await run.where(path, entry);
  if (where.kind === 'tree') return writeForms(run, placeOf(path), entry);
  if (run.options.nginxRoot === undefined) {
    if (where.reason === undefined) return;
    throw impossible(path, where.reason);
  }
  await exportAside(run, path, entry, where.reason !== undefined);
}

async function exportAside(run: Run, path: string, entry: Entry, counted: boolean): Promise<void> {
  if (!isPlainType(entry.type)) throw impossible(path, `类型 ${entry.type} (a type nginx cannot be told)`);
  if (counted) run.count.aside++;
  await writePage(run, entry);
  const { status, type, location } = entry;
  run.routes.push({ path, status, page: pagePlace(entry), type, ...(location === undefined ? {} : { location }) });
  const bare = path.slice(0, -1);
  if (!path.endsWith('/') || bare === '' || (await lookup(run.read, run.head.leaf.map, bare))) return;
  run.routes.push({ path: bare, status: 'folder', page: '-', type: '-' });
}

/** Pages aside are named by their hash, so that no two can be in each other's way; many addresses may share one. */
function writePage(run: Run, entry: Entry): Promise<void> {
  const forms = `${entry.hash}${entry.gz?.hash ?? ''}${entry.br?.hash ?? ''}`;
  const known = run.pages.get(forms) ?? writeForms(run, `${asideFolder}/pages/${pagePlace(entry)}`, entry);
  run.pages.set(forms, known);
  return known;
}

/** The forms are part of the name: the same bytes may have been compressed by two compressors. */
function pagePlace({ hash, gz, br }: Entry): string {
  return `${hash.slice(0, 2)}/${[hash, gz?.hash.slice(0, 16) ?? '', br?.hash.slice(0, 16) ?? ''].join('-')}`;
}

async function writeForms(run: Run, place: string, entry: Entry): Promise<void> {
  const codings: readonly (readonly [Coding | undefined, string])[] = [
    [undefined, ''],
    ['gzip', '.gz'],
    ['br', '.br'],
  ];
  for (const [coding, ending] of codings) {
    const piece = pieceOf(entry, coding);
    if (!piece) continue;
    const bytes = await readPiece(run.options.store, piece, coding);
    await writeInside(run, place + ending, bytes, piece);
    run.count.files++;
    run.count.bytes += bytes.length;
  }
}

/** Writes one new file below the folder. A file that is there already is another path's: the file system took two names for one. */
async function writeInside(run: Run, place: string, bytes: Uint8Array, piece?: Piece): Promise<void> {
  const root = resolve(run.options.folder);
  const file = resolve(root, place);
  if (!file.startsWith(root + sep)) throw impossible(place, '在文件夹之外 (outside the folder)');
  await makeFolder(run, dirname(file));
  try {
    await writeFile(file, bytes, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw impossible(place, '这个文件系统把两个地址当作同一个文件 (the file system takes two addresses for one file)');
  }
  if (piece && run.options.nginxRoot !== undefined) await utimes(file, timeOf(piece), timeOf(piece));
}

function makeFolder(run: Run, folder: string): Promise<void> {
  const known = run.folders.get(folder) ?? mkdir(folder, { recursive: true }).then(() => undefined);
  if (run.folders.size >= 10_000) run.folders.clear();
  run.folders.set(folder, known);
  return known;
}

/**
 * nginx makes its tag from time and size of a file, so the time is made from the hash: the same bytes have the same tag
 * after every export and on every mirror, and other bytes another. Seconds, 31 bits, never 0.
 */
function timeOf({ hash }: Piece): number {
  return Math.max(1, Number.parseInt(hash.slice(0, 8), 16) & 0x7fffffff);
}

async function writeNginx(run: Run, root: string): Promise<void> {
  if (!isNameable(root)) throw impossible(root, 'nginx 配置里写不了这个路径 (nginx cannot be told this path)');
  const { types } = run.surveyed;
  for (const [extension, type] of types)
    if (!isPlainType(type)) throw impossible(`*.${extension}`, `类型 ${type} (a type nginx cannot be told)`);
  const notFound = await lookup(run.read, run.head.leaf.map, '/404.html');
  const files = nginxFiles({
    root,
    types,
    sizes: mapSizes([...run.routes.map(({ path }) => path), ...types.keys()]),
    notFound:
      notFound?.status === 404
        ? {
            page: pagePlace(notFound),
            type: notFound.type,
            gz: notFound.gz !== undefined,
            br: notFound.br !== undefined,
            editions: editionsLike(notFound, run.surveyed.missing),
          }
        : undefined,
  });
  for (const [name, text] of Object.entries(files)) await writeInside(run, `${nginxFolder}/${name}`, Buffer.from(text));
  await writeInside(run, `${nginxFolder}/routes.map`, lines(routeLines(run.routes)));
  await writeInside(run, `${asideFolder}/pages/empty`, new Uint8Array());
  for (const status of noticeStatuses)
    await writeInside(run, `${asideFolder}/notices/${status}.html`, notice(status).body);
}

/** One location answers them all, so those that come in other forms are left to the page of the site. */
function editionsLike(notFound: Entry, missing: Survey['missing']): readonly (readonly [string, string])[] {
  const forms = ({ type, gz, br }: Entry): string => `${type} ${String(gz !== undefined)} ${String(br !== undefined)}`;
  return [...missing]
    .filter(([, entry]) => forms(entry) === forms(notFound))
    .map(([root, entry]) => [root, pagePlace(entry)] as const);
}

const lines = (all: readonly string[]): Buffer => Buffer.from(all.map((line) => `${line}\n`).join(''));

function impossible(path: string, problem: string): ChengmenError {
  return new ChengmenError('export-impossible', { path, problem });
}
