import { liveItemsOf } from '@chengmen/content';
import { figureItems, type DocumentFields } from '@chengmen/model';
import type { StandingOrder } from '@chengmen/revision';
import type { BackOffice } from '../back-office.ts';
import { figures, type Figure } from './figures.ts';

/**
 * The figures of a night, up to a day. Each keeps the date of its first publication: what is new of them is the span they count, and no
 * list of the site changes its order for them each night.
 */
export async function nightlyFigures(
  office: Pick<BackOffice, 'ledger' | 'site' | 'siteSettings' | 'today'>,
  { channel, department }: Pick<StandingOrder, 'channel' | 'department'>,
  upTo: string,
): Promise<readonly Figure[]> {
  const live = await liveItemsOf(office.ledger.db, office.site, Object.values(figureItems));
  const dates = new Map(live.map(({ id, fields }) => [id, (fields as DocumentFields).date]));
  return (await figures(office, { channel, department, upTo })).map(({ item, fields }) => ({
    item,
    fields: { ...fields, date: dates.get(item) ?? fields.date },
  }));
}
