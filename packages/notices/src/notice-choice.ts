import type { Ledger } from '@chengmen/ledger';
import type { AccountId, SiteId } from '@chengmen/model';
import type { NoticeTables } from './tables.ts';

export interface NoticeChoice {
  readonly account: AccountId;
  /** Empty: not that way. */
  readonly mail: string;
  readonly webhook: string;
}

/** What one has chosen. */
export async function noticeChoice(db: Ledger['db'], site: SiteId, account: AccountId): Promise<NoticeChoice> {
  const row = await db
    .withTables<NoticeTables>()
    .selectFrom('notice_choice')
    .select(['account', 'mail', 'webhook'])
    .where('site', '=', site)
    .where('account', '=', account)
    .executeTakeFirst();
  return row ?? { account, mail: '', webhook: '' };
}
