import { hostOf, type CheckedLeader } from '@chengmen/checks';
import type { Ledger } from '@chengmen/ledger';
import type { FieldsOf, SiteId } from '@chengmen/model';
import { liveRevisions } from '@chengmen/revision';

/** What the site publishes about itself, as far as the checks need it. */
export interface SiteFacts {
  readonly ownHosts: readonly string[];
  readonly leaders: readonly CheckedLeader[];
  readonly traditional: FieldsOf<'site'>['traditional'];
}

/** Reads the live site settings and leaders: some rows, by index. */
export async function siteFacts(db: Ledger['db'], site: SiteId): Promise<SiteFacts> {
  const rows = await liveRevisions(db, site)
    .select(['item.kind', 'revision.fields'])
    .where('item.kind', 'in', ['site', 'leader'])
    .where('item.state', '=', 'live')
    .execute();
  const of = <K extends 'site' | 'leader'>(kind: K): FieldsOf<K>[] =>
    rows.filter((row) => row.kind === kind).map(({ fields }) => JSON.parse(fields) as FieldsOf<K>);
  const [own] = of('site');
  const hosts = [own?.domain, hostOf(own?.origin ?? ''), hostOf(own?.counter ?? '')];
  return {
    ownHosts: hosts.filter((host): host is string => host !== undefined),
    leaders: of('leader').map(({ title, post }) => ({ name: title, titles: titlesOf(post) })),
    traditional: own?.traditional,
  };
}

/** 市委副书记、市长 are two. */
const titlesOf = (post: string): string[] => post.split(/[、，,；;\s]+/).filter((title) => title !== '');
