import { printBands, printText, readContent, textPrint } from '@chengmen/checks';
import type { Ledger } from '@chengmen/ledger';
import { isDocument, kinds, type ItemId, type Kind, type SiteId } from '@chengmen/model';
import { liveRevisions, titleIn } from '@chengmen/revision';
import type { ProofreadingTables } from './tables.ts';

/** A text and what tells it from others of the same words. */
export interface TextToPrint {
  readonly item: ItemId;
  readonly number: number;
  readonly kind: Kind;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The words of a document that count when it is compared. */
export function comparedWords(kind: Kind, fields: Readonly<Record<string, unknown>>): string {
  const texts = readContent(kind, fields).texts.filter(({ field }) => field === 'body' || field === 'answer');
  return texts.map(({ words }) => words).join('\n');
}

/** Keeps the print of a text in the place of the item's earlier one. */
export async function keepPrint(db: Ledger['db'], site: SiteId, text: TextToPrint): Promise<void> {
  const { item, number, kind, fields } = text;
  const tables = db.withTables<ProofreadingTables>();
  const print = textPrint(comparedWords(kind, fields));
  const row = {
    number,
    date: String(fields['date'] ?? '').slice(0, 10),
    title: titleIn(fields, item),
    print: print ? printText(print) : '',
  };
  // Over the earlier one, not in its place: what is submitted meets `keepMissingPrints` here, and whoever is second waits for the row.
  await tables
    .insertInto('text_print')
    .values({ site, item, ...row })
    .onConflict((conflict) => conflict.columns(['site', 'item']).doUpdateSet(row))
    .execute();
  await tables.deleteFrom('text_band').where('site', '=', site).where('item', '=', item).execute();
  if (!print) return;
  const rows = [...new Set(printBands(print))].map((band) => ({ site, band, item }));
  await tables.insertInto('text_band').values(rows).execute();
}

const atOnce = 50;
const documents = (Object.keys(kinds) as Kind[]).filter(isDocument);

/**
 * Prints of live documents that have none: written before there were any, or published by an emergency. Some at a time, so that
 * nobody waits; answers how many. The table is derived, so this is no command.
 */
export async function keepMissingPrints(db: Ledger['db'], site: SiteId): Promise<number> {
  const tables = db.withTables<ProofreadingTables>();
  let count = 0;
  // Each time from where the last ended, so that many without a print are not looked for among those that have one by now.
  for (let after = ''; ;) {
    const rows = await liveRevisions(db, site)
      .select(['item.id as item', 'revision.number', 'item.kind', 'revision.fields'])
      .where('item.kind', 'in', documents)
      .where('item.state', '=', 'live')
      .where('item.id', '>', after)
      .where(({ not, exists, ref }) =>
        not(
          exists(
            tables
              .selectFrom('text_print')
              .select('text_print.item')
              .where('text_print.site', '=', ref('item.site'))
              .where('text_print.item', '=', ref('item.id')),
          ),
        ),
      )
      .orderBy('item.id')
      .limit(atOnce)
      .execute();
    for (const row of rows)
      await db
        .transaction()
        .execute((tx) => keepPrint(tx, site, { ...row, fields: JSON.parse(row.fields) as Record<string, unknown> }));
    count += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return count;
    after = last.item;
  }
}
