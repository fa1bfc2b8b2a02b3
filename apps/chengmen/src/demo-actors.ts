import { ChengmenError } from '@chengmen/model';
import type { BackOffice } from './back-office.ts';
import { demoPeople } from './demo-people.ts';
import type { Reviewers } from './pass-reviews.ts';

/** The chain's people, and who writes channels and the site's settings. */
export interface DemoActors extends Reviewers {
  readonly channels: Reviewers['writer'];
}

/** The demonstration's writer and reviewers, with the roles their accounts hold now. Throws `not-found` where they have none. */
export async function demoActors({ identity, site }: Pick<BackOffice, 'identity' | 'site'>): Promise<DemoActors> {
  const accounts = await identity.accounts();
  const actor = (username: string): Reviewers['writer'] => {
    const account = accounts.find((each) => each.username === username);
    if (!account) throw new ChengmenError('not-found', { what: '演示账号 (demo account)', id: username });
    return { account: account.account, name: account.name, site, roles: account.roles, within: account.within };
  };
  return {
    writer: actor(demoPeople.writer.username),
    channels: actor(demoPeople.channels.username),
    first: actor(demoPeople.first.username),
    second: actor(demoPeople.second.username),
    final: actor(demoPeople.final.username),
  };
}
