import { canonicalJson, type Actor, type ItemId, type RevisionId, type SiteId } from '@chengmen/model';
import { itemHistory } from '@chengmen/revision';
import type { BackOffice } from '../back-office.ts';
import { figures, type FiguresAsked } from './figures.ts';

/** Writes figures; approves nothing. */
export const figuresActor = (site: SiteId): Actor => ({
  ...{ account: 'system-statistics', name: '访问统计' },
  ...{ site, roles: ['writer'] },
});

export interface DraftedFigure {
  readonly item: ItemId;
  readonly title: string;
  readonly revision: RevisionId;
  /** False where the newest revision has these numbers already. */
  readonly fresh: boolean;
}

/** Hands the figures of the visit statistics to the reviewers. */
export async function draftFigures(office: BackOffice, asked: FiguresAsked): Promise<readonly DraftedFigure[]> {
  const { ledger, revisions, site } = office;
  const actor = figuresActor(site);
  const drafted: DraftedFigure[] = [];
  for (const { item, fields } of await figures(office, asked)) {
    const [newest] = await itemHistory(ledger.db, site, item);
    const same = newest !== undefined && canonicalJson(newest.fields) === canonicalJson(fields);
    if (same) drafted.push({ item, title: fields.title, revision: newest.revision, fresh: false });
    if (same && newest.state !== 'draft') continue;
    const { revision, hash } = same
      ? newest
      : await ledger.execute(revisions.saveDraft, actor, { item, kind: 'dataset', fields });
    await ledger.execute(revisions.submitRevision, actor, { revision, hash });
    if (!same) drafted.push({ item, title: fields.title, revision, fresh: true });
  }
  return drafted;
}
