import { canonicalJson, sha256, type Hash, type ItemId, type Kind, type SiteId } from '@chengmen/model';

/** The name reviewers put their names to: SHA-256 over the canonical JSON of where it stands and what it says. */
export function revisionHash(revision: {
  readonly site: SiteId;
  readonly item: ItemId;
  readonly kind: Kind;
  readonly fields: unknown;
}): Hash {
  const { site, item, kind, fields } = revision;
  return sha256(canonicalJson({ site, item, kind, fields }));
}
