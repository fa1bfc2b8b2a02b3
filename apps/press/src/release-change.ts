import type { PageChange } from '@chengmen/press';
import type { ReleaseChange } from './releases.ts';

/** A page as a release takes it. */
export function releaseChange([path, page]: PageChange): ReleaseChange {
  if (!page) return { path, entry: null };
  const { status, type, body, location } = page.output;
  return {
    path,
    entry: {
      status,
      type,
      body: typeof body === 'string' ? Buffer.from(body) : body,
      ...(location === undefined ? {} : { location }),
      provenance: page.provenance,
    },
  };
}
