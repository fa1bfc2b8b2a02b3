import { printBands, printText, readContent, textPrint } from '@chengmen/checks';
import type { Ledger } from '@chengmen/ledger';
import { isDocument, kinds, type ItemId, type Kind, type SiteId } from '@chengmen/model';
import { titleOf } from '@chengmen/revision';
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
  await tables.deleteFrom('text_print').where('site', '=', site).where('item', '=', item).execute();
  await tables
    .insertInto('text_print')
    .values({
      ...{ site, item, number },
      date: String(fields['date'] ?? '').slice(0, 10),
      title: titleOf({ item, fields: JSON.stringify(fields) }),
      print: print ? printText(print) : '',
    })
    .execute();
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
  let count = 0;
  for (;;) {
    const rows = await db
      .withTables<ProofreadingTables>()
      .selectFrom('item')
      .innerJoin('revision', (join) =>
        join
          .onRef('revision.site', '=', 'item.site')
          .onRef('revision.item', '=', 'item.id')
          .onRef('revision.number', '=', 'item.live_revision'),
      )
      .select(['item.id as item', 'revision.number', 'item.kind', 'revision.fields'])
      .where('item.site', '=', site)
      .where('item.kind', 'in', documents)
      .where('item.state', '=', 'live')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('text_print')
              .select('text_print.item')
              .whereRef('text_print.site', '=', 'item.site')
              .whereRef('text_print.item', '=', 'item.id'),
          ),
        ),
      )
      .limit(atOnce)
      .execute();
    for (const row of rows)
      await db
        .transaction()
        .execute((tx) => keepPrint(tx, site, { ...row, fields: JSON.parse(row.fields) as Record<string, unknown> }));
    count += rows.length;
    if (rows.length < atOnce) return count;
  }
}
