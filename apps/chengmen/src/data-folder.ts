import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ChengmenError, type SiteId } from '@chengmen/model';
import { firstSite } from './site-id.ts';

/** Raised when the layout of the data folder changes in a way older programs cannot read. */
const layoutVersion = 1;

export interface DataFolder {
  /** All of one site stands below it but for the database, the releases and the secret of sessions. */
  readonly root: string;
  readonly database: string;
  /** Received bytes of taken-in pages, kept for ever, by SHA-256. */
  readonly received: string;
  /** Bytes of media items, by SHA-256. */
  readonly media: string;
  /** Files handed in to be taken in, a folder for each run. */
  readonly trays: string;
  readonly keys: string;
  readonly portal: string;
  /** The index of the search; made again from the releases when it is gone. */
  readonly search: string;
  /** Local socket of a running search process (a named pipe on Windows). */
  readonly searchSocket: string;
  /** Segments of counted views on their way to the totals. */
  readonly views: string;
  /** Local socket where views are counted (a named pipe on Windows). */
  readonly viewsSocket: string;
  /** Local socket of the running back office of all sites (a named pipe on Windows). */
  readonly socket: string;
  releases(site: SiteId): string;
}

/** Where the sites after the first have their folders. */
export function sitesFolder(data: string): string {
  return join(data, 'sites');
}

/** Names of everything a site has in a data folder; touches nothing. The first site's stands in the folder itself. */
export function dataFolder(data: string, site: SiteId = firstSite): DataFolder {
  const root = site === firstSite ? data : join(sitesFolder(data), site);
  return {
    root,
    database: data,
    received: join(root, 'received'),
    media: join(root, 'media'),
    trays: join(root, 'intake'),
    keys: join(root, 'keys'),
    portal: join(root, 'portal'),
    search: join(root, 'search'),
    searchSocket: socketName(root, 'search'),
    views: join(root, 'views'),
    viewsSocket: socketName(root, 'views'),
    socket: socketName(data, 'control'),
    releases: (of) => join(data, 'releases', of),
  };
}

/** A socket's name may hold about 100 bytes, so a deep folder gets one in the temporary folder's place. */
function socketName(root: string, name: string): string {
  const digest = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const own = name === 'control' ? digest : `${name}-${digest}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\chengmen-${own}`;
  const inside = name === 'control' ? join(root, 'control.sock') : join(root, name, 'socket');
  return Buffer.byteLength(inside) <= 100 ? inside : `/tmp/chengmen-${process.getuid?.() ?? 0}-${own}.sock`;
}

/**
 * Makes the folder where it is missing and checks that it can be written and that this program knows its layout.
 * Throws `folder-not-writable`, `database-version`, `data-damaged`.
 */
export function prepareDataFolder(folder: DataFolder): void {
  try {
    for (const path of [folder.root, folder.received, folder.media, folder.portal, folder.search, folder.views]) mkdirSync(path, { recursive: true });
    mkdirSync(folder.keys, { recursive: true, mode: 0o700 });
    accessSync(folder.root, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ChengmenError('folder-not-writable', { folder: folder.root, problem: reason(error) });
  }
  const marker = join(folder.root, 'layout.json');
  if (!existsSync(marker)) {
    writeFileSync(marker, `${JSON.stringify({ layout: layoutVersion })}\n`);
    return;
  }
  const layout = readLayout(marker);
  if (layout > layoutVersion) {
    throw new ChengmenError('database-version', { problem: `layout.json: ${layout} > ${layoutVersion}` });
  }
}

function readLayout(marker: string): number {
  try {
    const { layout } = JSON.parse(readFileSync(marker, 'utf8')) as { layout?: unknown };
    if (Number.isInteger(layout)) return layout as number;
    throw new TypeError('layout');
  } catch (error) {
    throw new ChengmenError('data-damaged', { what: marker, problem: reason(error) });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Where the file a key is pinned in stands. */
export function pinnedKeyFile(folder: DataFolder): string {
  return join(folder.keys, 'seal.vkey');
}
