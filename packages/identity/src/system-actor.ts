import type { Actor, SiteId } from '@chengmen/model';

/** No account can have this id: theirs are UUIDs. */
const system = 'system';

/** The operator's command line: whoever can run it on the data folder may make accounts. It cannot write or review. */
export function systemActor(site: SiteId): Actor {
  return { account: system, name: '命令行', site, roles: ['security-administrator'] };
}

export function isSystem({ account }: Actor): boolean {
  return account === system;
}
