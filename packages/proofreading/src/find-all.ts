import {
  checkContent,
  checkOutside,
  linksOutOf,
  targetsOf,
  type CheckContext,
  type CheckedFile,
  type Finding,
  type OutsideFacts,
} from '@chengmen/checks';
import type { Ledger } from '@chengmen/ledger';
import { isDocument, isPictureType, type FieldsOf, type ItemId, type Kind, type SiteId } from '@chengmen/model';
import { namedItems } from './queries/targets.ts';
import { similarTexts } from './queries/similar-texts.ts';
import { comparedWords } from './text-prints.ts';

/** A text as it stands in an editor, and the item it will be saved in, where there is one. */
export interface TextToCheck {
  readonly kind: Kind;
  readonly item?: ItemId | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Reads the words of a kept file; undefined where there is none, or none that can be read. */
export type ReadFile = (file: Pick<FieldsOf<'media'>, 'hash' | 'type' | 'charset'>) => Promise<CheckedFile['words']>;

/** Files of one text that are read; an editor with more is told of the first. */
const mostFiles = 20;

/** What the database and the kept files say about a text. */
export async function factsOf(
  db: Ledger['db'],
  site: SiteId,
  { kind, item, fields }: TextToCheck,
  readFile: ReadFile,
): Promise<OutsideFacts> {
  if (kind === 'media') return filesOf(db, site, { kind, item, fields }, readFile);
  if (!isDocument(kind)) return {};
  const words = comparedWords(kind, fields);
  const similar = await similarTexts(db, site, { item, words, date: String(fields['date'] ?? '') });
  return { similar, ...(await filesOf(db, site, { kind, item, fields }, readFile)) };
}

/** The part of it that may take long: what stands in the files that a text points at, or in the one that it is. */
export async function filesOf(
  db: Ledger['db'],
  site: SiteId,
  { kind, item, fields }: TextToCheck,
  readFile: ReadFile,
): Promise<Pick<OutsideFacts, 'targets' | 'files'>> {
  if (kind === 'media') return { files: await ownFile(fields as FieldsOf<'media'>, item, readFile) };
  if (!isDocument(kind)) return {};
  const targets = await namedItems(db, site, targetsOf(kind, fields));
  const files: CheckedFile[] = [];
  for (const [id, target] of targets) {
    if (!target?.file || isPictureType(target.file.type) || files.length >= mostFiles) continue;
    files.push(...(await ownFile(target.file, id, readFile)));
  }
  return { targets, files };
}

async function ownFile(file: FieldsOf<'media'>, item: ItemId | undefined, readFile: ReadFile): Promise<CheckedFile[]> {
  const { hash, type, title, name } = file;
  // As it stands in an editor, nothing need be there.
  if (typeof hash !== 'string' || typeof type !== 'string' || isPictureType(type)) return [];
  return [{ item: item ?? '', name: name ?? title, hash, words: await readFile(file) }];
}

/**
 * The finding of this name that a text has, or could have: links that nobody has asked are taken for dead. The world, with its
 * files, is asked only where the text by itself has none.
 */
export async function findingNamed(
  db: Ledger['db'],
  site: SiteId,
  text: TextToCheck,
  { id, context, readFile }: { readonly id: string; readonly context: CheckContext; readonly readFile: ReadFile },
): Promise<Finding | undefined> {
  const { kind, fields } = text;
  const named = (one: Finding): boolean => one.id === id;
  const own = checkContent(kind, fields, context).find(named);
  if (own) return own;
  const facts = await factsOf(db, site, text, readFile);
  const links = new Map(linksOutOf(kind, fields, context).map((href) => [href, '打不开']));
  return checkOutside(kind, fields, { ...facts, links }, context).find(named);
}
