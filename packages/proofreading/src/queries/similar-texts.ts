import { likeness, printBands, printFromText, textPrint, type SimilarText } from '@chengmen/checks';
import type { Ledger } from '@chengmen/ledger';
import type { ItemId, SiteId } from '@chengmen/model';
import type { ProofreadingTables } from '../tables.ts';

/** As many as are compared; where more share a name, it says little. */
const mostCompared = 100;
/** Less alike than this is not told at all. */
const least = 0.7;

/** Other items that say nearly the same as a text, on another day, the most alike first: found by index, whatever the site's size. */
export async function similarTexts(
  db: Ledger['db'],
  site: SiteId,
  { item, words, date }: { readonly item?: ItemId | undefined; readonly words: string; readonly date: string },
): Promise<SimilarText[]> {
  const print = textPrint(words);
  if (!print) return [];
  const rows = await db
    .withTables<ProofreadingTables>()
    .selectFrom('text_band')
    .innerJoin('text_print', (join) =>
      join.onRef('text_print.site', '=', 'text_band.site').onRef('text_print.item', '=', 'text_band.item'),
    )
    .select(['text_print.item', 'text_print.title', 'text_print.date', 'text_print.print'])
    .distinct()
    .where('text_band.site', '=', site)
    .where('text_band.band', 'in', printBands(print))
    .where('text_band.item', '!=', item ?? '')
    .where('text_print.date', '!=', date.slice(0, 10))
    .limit(mostCompared)
    .execute();
  return rows
    .map((row) => ({
      item: row.item,
      title: row.title,
      date: row.date,
      likeness: likeness(print, printFromText(row.print)),
    }))
    .filter((one) => one.likeness >= least)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 5);
}
