import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FolderLock } from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import { ReleaseError, type ReadStore } from '@chengmen/release';
import { DirectoryStore, ObjectStoreError, S3Store, type WriteStore } from '@chengmen/seal';
import { folderStore } from '@chengmen/serve';
import { dataFolder } from './data-folder.ts';
import type { Settings } from './settings.ts';
import { firstSite } from './site-id.ts';

/** True for the address of a bucket: `s3://bucket/prefix`. */
export function isBucket(place: string): boolean {
  return place.startsWith('s3://');
}

const ownReleases = ({ data, site }: Settings): string => dataFolder(data).releases(site || firstSite);

/** Where this site seals: `s3://bucket/prefix`, or an absolute path. */
export function releasesPlace(settings: Settings): string {
  return settings.releases === '' ? ownReleases(settings) : settings.releases;
}

/** The folder its portal serves from: that place itself, or a mirror of the bucket. */
export function servedFolder(settings: Settings): string {
  const place = releasesPlace(settings);
  return isBucket(place) ? ownReleases(settings) : place;
}

/** Releases at a place, to be written. Throws `setting-invalid` for a bucket whose server or keys are not known. */
export function openPlace(place: string, settings: Settings): WriteStore {
  return isBucket(place) ? openBucket(place, settings) : new DirectoryStore(resolve(place));
}

/** Releases at a place, to be read only. Throws `setting-invalid`, and `file-unreadable` for a folder that is not there. */
export function readPlace(place: string, settings: Settings): ReadStore {
  if (isBucket(place)) return openBucket(place, settings);
  if (!existsSync(place)) throw new ChengmenError('file-unreadable', { file: place, problem: 'ENOENT' });
  return folderStore(place, { blocking: true });
}

/**
 * A folder of releases has one writer at a time; the lock stands beside it. A bucket cannot be locked: undefined.
 * Throws `folder-locked`, `folder-not-writable`.
 */
export async function lockPlace(place: string): Promise<FolderLock | undefined> {
  if (isBucket(place)) return undefined;
  const folder = `${resolve(place)}.lock`;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('folder-not-writable', { folder, problem });
  }
  const { lockFolder } = await import('@chengmen/ledger');
  return lockFolder(folder);
}

/** What a store or a release has thrown, in the words of the catalogue where it has some; `place`: where somebody sent us to look. */
export function catalogued(error: unknown, place?: string): unknown {
  if (error instanceof ObjectStoreError)
    return new ChengmenError(error.code, { ...error.parameters }, { cause: error });
  if (!(error instanceof ReleaseError)) return error;
  const { code, where, problem } = error;
  if (code === 'no-release')
    return place === undefined ? new ChengmenError('no-release') : new ChengmenError('no-release-at', { place });
  if (code === 'invalid') return new ChengmenError('arguments-invalid', { problem: `${where}: ${problem}` });
  return new ChengmenError('release-unverified', { where, problem }, { cause: error });
}

function openBucket(place: string, { s3 }: Settings): S3Store {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(place) ?? [];
  const account = { ...s3, ...s3.buckets?.[bucket] };
  const { endpoint, accessKeyId, secretAccessKey, region, pathStyle } = account;
  const missing = (name: string, variable: string): ChengmenError =>
    new ChengmenError('setting-invalid', {
      name: `s3.${name} / ${variable}`,
      value: '',
      problem: `${place} 需要它 (needed for ${place})`,
    });
  if (endpoint === undefined) throw missing('endpoint', 'CHENGMEN_S3_ENDPOINT');
  if (accessKeyId === undefined) throw missing('accessKeyId', 'CHENGMEN_S3_ACCESS_KEY_ID');
  if (secretAccessKey === undefined) throw missing('secretAccessKey', 'CHENGMEN_S3_SECRET_ACCESS_KEY');
  try {
    return new S3Store({
      endpoint,
      bucket,
      prefix,
      accessKeyId,
      secretAccessKey,
      ...(region === undefined ? {} : { region }),
      ...(pathStyle === undefined ? {} : { pathStyle }),
    });
  } catch (error) {
    throw catalogued(error);
  }
}
