import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, type DocumentFields, type FieldsOf, type ItemId } from '@chengmen/model';
import { liveRevisions } from '@chengmen/revision';
import type { ChannelTree } from './channel-tree.ts';
import { translationsOf } from './queries/translations-of.ts';

/** The main edition's language; the others say theirs. */
const mainLanguage = 'zh-Hans';

/** The language of what stands in a channel: that of the edition it is below. */
export function languageIn(tree: ChannelTree, channel: ItemId): string {
  const top = tree.line(channel).at(-1);
  return (top === undefined ? undefined : tree.fields(top)?.edition?.language) ?? mainLanguage;
}

/**
 * A translation names an original in another language that is no translation itself, and is the only one of it in its own.
 * An original that is not live yet may come later: the pages do without it.
 */
export async function checkTranslation(
  context: CommandContext,
  tree: ChannelTree,
  { item, fields }: { readonly item: ItemId; readonly fields: DocumentFields },
): Promise<void> {
  const { translates: original, channel } = fields;
  if (original === undefined) return;
  if (original === item) throw invalid('不能是自己的译文 (an item cannot translate itself)');
  const language = languageIn(tree, channel);
  const live = await liveFields(context, original);
  if (live?.translates !== undefined)
    throw invalid(`“${original}”本身是译文，请填原文“${live.translates}” (is a translation itself; name its original)`);
  if (live && languageIn(tree, live.channel) === language)
    throw invalid(`“${original}”与本文同为 ${language} (is in the same language)`);
  const [other] = (await translationsOf(context.tx, context.site, original)).filter(
    (one) => one.id !== item && languageIn(tree, one.fields.channel) === language,
  );
  if (other) throw invalid(`“${original}”已有 ${language} 译文“${other.id}” (has a translation in this language)`);
  const [own] = await translationsOf(context.tx, context.site, item);
  if (own) throw invalid(`“${own.id}”是本文的译文，本文不能又是译文 (has this item as its original)`);
}

async function liveFields({ tx, site }: CommandContext, id: ItemId): Promise<DocumentFields | undefined> {
  const row = await liveRevisions(tx, site)
    .select('revision.fields')
    .where('item.id', '=', id)
    .where('item.state', '=', 'live')
    .executeTakeFirst();
  return row && (JSON.parse(row.fields) as DocumentFields);
}

/** An edition stands at the top, once for each language; its channels may stand for channels of the main one. */
export function checkEdition(
  tree: ChannelTree,
  { item, fields }: { readonly item: ItemId; readonly fields: FieldsOf<'channel'> },
): void {
  const { edition, parent, translates } = fields;
  if (edition && parent !== null)
    throw invalid('外文版只能是一级栏目 (an edition in another language is a channel of the top level)', 'edition');
  const twin = tree
    .children(null)
    .find((id) => id !== item && edition && tree.fields(id)?.edition?.language === edition.language);
  if (twin !== undefined)
    throw invalid(`“${twin}”已是 ${edition?.language} 版 (is the edition in this language)`, 'edition');
  if (translates === undefined) return;
  const own = parent === null ? undefined : languageIn(tree, parent);
  if (
    own === undefined ||
    own === mainLanguage ||
    !tree.has(translates) ||
    languageIn(tree, translates) !== mainLanguage
  )
    throw invalid(
      '外文版的栏目可以对应一个中文栏目 (a channel of another edition may stand for one of the main edition)',
      'translates',
    );
}

function invalid(problem: string, where = 'translates'): ChengmenError {
  return new ChengmenError('invalid-input', { where, problem });
}
