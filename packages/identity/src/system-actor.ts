import type { Actor, SiteId } from '@chengmen/model';

/** No account can have this id: theirs are UUIDs. */
const system = 'system';

export const commandLine = { account: system, name: '命令行' } as const;

/** The operator's command line: whoever can run it on the data folder may make accounts. It cannot write or review. */
export function systemActor(site: SiteId): Actor {
  return { ...commandLine, site, roles: ['security-administrator'] };
}

export function isSystem({ account }: Actor): boolean {
  return account === system;
}
